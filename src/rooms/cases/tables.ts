import type { Severity } from '../entitlements/index.ts'
import type { ClockKind } from '../entitlements/index.ts'
import type { Because } from '../entitlements/index.ts'

/** The tables this room writes. */
export const TABLES = [
  'support_case',
  'case_number',
  'message',
  'attachment',
  'event',
  'queue_counter',
  'escalation',
  'case_view',
  'inquiry',
  'incident_case',
  'case_not_about',
  'idempotency_key',
] as const

export type CaseRow = {
  readonly organizationId: string
  readonly operatorId: string
  readonly caseId: string
  readonly number: string
  readonly charterVersion: number
  readonly title: string
  readonly supportType: string
  readonly topic: string
  readonly severity: Severity
  readonly cappedFrom: Severity | null
  readonly because: readonly Because[]
  readonly businessImpact: string
  /** Answers to its support type's own questions, by question. */
  readonly answers: Readonly<Record<string, string>>
  /** Which thing out of scope it is, and why the requester says that it is in scope; null where nothing was contested. */
  readonly contested: { readonly scope: string; readonly because: string } | null
  readonly subscriptionId: string | null
  readonly subscriptionName: string | null
  readonly requesterId: string
  /** The partner who asked on behalf of the organization; null where it asked itself. */
  readonly requesterPartner: string | null
  readonly requesterName: string
  readonly organizationName: string
  readonly contactMethod: 'phone' | 'email'
  readonly contactPhone: string | null
  readonly contactEmail: string
  readonly language: string
  readonly assignedTo: string | null
  readonly assignedName: string | null
  readonly waitingFor: 'operator' | 'customer'
  readonly openedAt: Temporal.Instant
  readonly closedAt: Temporal.Instant | null
  /** What the operator owes next, and when; null for nothing. */
  readonly dueAt: Temporal.Instant | null
  readonly dueKind: ClockKind | null
  readonly due: InitialResponseRow
}

/** The initial response of a case, as its clock has it. */
export type InitialResponseRow = {
  readonly startedAt: Temporal.Instant
  readonly dueAt: Temporal.Instant
  readonly metAt: Temporal.Instant | null
  readonly breachedAt: Temporal.Instant | null
  readonly calendar: string
  readonly target: string
}

export type MessageRow = {
  readonly messageId: string
  readonly authorKind: 'member' | 'partner' | 'agent' | 'system'
  readonly authorName: string
  readonly visibility: 'public' | 'internal'
  readonly body: string
  readonly writtenAt: Temporal.Instant
  readonly attachments: readonly AttachmentRow[]
}

export type AttachmentRow = {
  readonly attachmentId: string
  readonly fileName: string
  readonly mediaType: string
  readonly byteCount: number
}

export type EventRow = {
  readonly sequence: number
  readonly kind: string
  readonly actorKind: string
  readonly payload: Readonly<Record<string, string>>
  readonly recordedAt: Temporal.Instant
}

/** A line of a list: narrow, so that a page of fifty is one index walk. */
export type CaseLine = {
  readonly caseId: string
  readonly number: string
  readonly title: string
  readonly severity: Severity
  readonly supportType: string
  readonly topic: string
  readonly waitingFor: 'operator' | 'customer'
  readonly organizationName: string
  readonly assignedName: string | null
  readonly openedAt: Temporal.Instant
  readonly closedAt: Temporal.Instant | null
  /** What the operator owes next, and when; null for nothing. */
  readonly dueAt: Temporal.Instant | null
  readonly dueKind: ClockKind | null
}
