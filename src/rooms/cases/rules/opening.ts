import type { FieldProblem, FieldProblems } from '../../../base/refused.ts'
import type { Charter, Severity, SupportType } from '../../entitlements/rules/charter.ts'
import { assessSeverity, grantSeverity, supportTypeOf } from '../../entitlements/rules/severity.ts'
import { targetFor } from '../../entitlements/rules/targets.ts'
import type { Because } from '../../entitlements/rules/severity.ts'
import { writtenTarget } from '../../entitlements/rules/terms.ts'
import { initialResponseDue } from '../../response-targets/rules/due.ts'

/** What an administrator submits, read and limited at the door. */
export type ServiceRequest = {
  readonly title: string
  readonly description: string
  readonly supportType: string
  readonly topic: string
  /** Answers to the charter's impact questions, by question. */
  readonly impact: Readonly<Record<string, string>>
  /** Named outright by API clients; absent, the impact answers decide. */
  readonly requestedSeverity?: Severity | undefined
  readonly businessImpact: string
  readonly contact: { readonly method: 'phone' | 'email'; readonly phone: string; readonly email: string }
  readonly language: string
  /** Answers to the support type's own questions, by question. */
  readonly answers?: Readonly<Record<string, string>> | undefined
  /** Which of the things out of scope it is, as the requester says. */
  readonly scope?: string | undefined
  /** Why it is about the service nevertheless. */
  readonly contest?: string | undefined
  /** The subscription it is about. */
  readonly subscriptionId?: string | undefined
}

/** How long the answer to a question of a support type may be, and the reason why something is in scope, in characters. */
export const ANSWER_LIMIT = 500
export const CONTEST_LIMIT = 2000

export type Opening =
  | {
      readonly ok: true
      readonly severity: Severity
      readonly cappedFrom: Severity | undefined
      readonly because: readonly Because[]
      readonly initialResponse: InitialResponse
    }
  | {
      readonly ok: false
      readonly why: 'contact-details-missing' | 'calendar-never-opens' | 'not-offered' | 'out-of-scope'
    }
  | { readonly ok: false; readonly why: 'invalid-input'; readonly fields: FieldProblems }

export type InitialResponse = {
  readonly due: Temporal.Instant
  readonly calendar: string
  readonly zone: string
  /** As the charter writes it: "1 working day". */
  readonly target: string
}

/**
 * Whether and how a service request becomes a case: its severity, why, and when the initial response is due.
 * Source: model page, "Technical support case handling" and "initial response times".
 */
export function decideOpening(
  request: ServiceRequest,
  { charter, contract }: { readonly charter: Charter; readonly contract: string | null },
  now: Temporal.Instant,
): Opening {
  const chosen = request.contact.method === 'phone' ? request.contact.phone : request.contact.email
  if (chosen === '') return { ok: false, why: 'contact-details-missing' }
  const topic = charter.topics.find(({ id }) => id === request.topic)
  if (topic?.supportType !== request.supportType) return { ok: false, why: 'not-offered' }

  const type = supportTypeOf(charter, request.supportType)
  const fields = answerProblems(type, request)
  if (Object.keys(fields).length > 0) return { ok: false, why: 'invalid-input', fields }
  if (request.scope && !request.contest) return { ok: false, why: 'out-of-scope' }

  const asked = request.requestedSeverity ?? assessSeverity(charter, request.impact)
  const reason: Because = { code: request.requestedSeverity ? 'requested' : 'assessed', severity: asked }
  const granted = grantSeverity(charter, { severity: asked, supportType: request.supportType, contract })
  const initialResponse = promise(
    charter,
    { severity: granted.severity, supportType: request.supportType, contract },
    now,
  )
  if (!initialResponse) return { ok: false, why: 'calendar-never-opens' }

  return { ok: true, ...granted, because: [reason, ...granted.because], initialResponse }
}

/** What is wrong with the answers to a support type's own questions, by field. */
function answerProblems(
  type: SupportType | undefined,
  { answers = {}, scope }: Pick<ServiceRequest, 'answers' | 'scope'>,
): FieldProblems {
  const questions = type?.questions ?? []
  const unknown = Object.keys(answers).filter((id) => !questions.some((question) => question.id === id))
  const wrong = questions.flatMap(({ id, required, options }): readonly (readonly [string, FieldProblem])[] => {
    const answer = answers[id] ?? ''
    if (answer === '') return required ? [[`answers.${id}`, { code: 'missing' }]] : []
    return options.length > 0 && !options.some((option) => option.id === answer)
      ? [[`answers.${id}`, { code: 'not-an-option' }]]
      : []
  })
  const outside = scope !== undefined && !type?.scope.some(({ id }) => id === scope)
  return {
    ...Object.fromEntries(unknown.map((id) => [`answers.${id}`, { code: 'unknown-field' }] as const)),
    ...Object.fromEntries(wrong),
    ...(outside ? { scope: { code: 'not-an-option' } as const } : {}),
  }
}

/** The initial response promised to a request received now; undefined when none is, or its calendar never opens. */
export function promise(
  charter: Charter,
  asked: { readonly severity: Severity; readonly supportType: string; readonly contract: string | null },
  now: Temporal.Instant,
): InitialResponse | undefined {
  const agreed = targetFor(charter, { clock: 'initial-response', ...asked })
  if (!agreed) return undefined
  const { target, calendar } = agreed
  const due = initialResponseDue(now, { target, calendar, workingDay: charter.workingDay })
  return due && { due, calendar: calendar.id, zone: calendar.zone, target: writtenTarget(target) }
}
