import type { Charter, Severity } from '../../entitlements/rules/charter.ts'
import { assessSeverity, grantSeverity } from '../../entitlements/rules/severity.ts'
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
}

export type Opening =
  | {
      readonly ok: true
      readonly severity: Severity
      readonly cappedFrom: Severity | undefined
      readonly because: readonly Because[]
      readonly initialResponse: InitialResponse
    }
  | { readonly ok: false; readonly why: 'contact-details-missing' | 'calendar-never-opens' | 'not-offered' }

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
