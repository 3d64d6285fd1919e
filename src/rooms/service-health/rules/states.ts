/** The states of the Graph service communications model, by its names. */
export const STATES = [
  'serviceOperational',
  'investigating',
  'restoringService',
  'verifyingService',
  'serviceRestored',
  'postIncidentReviewPublished',
  'serviceDegradation',
  'serviceInterruption',
  'extendedRecovery',
  'falsePositive',
  'investigationSuspended',
] as const
export type State = (typeof STATES)[number]

export const KINDS = ['incident', 'advisory', 'maintenance'] as const
export type Kind = (typeof KINDS)[number]

/** What an incident, an advisory and a planned maintenance may begin as. */
export const BEGINNINGS: Readonly<Record<Kind, readonly State[]>> = {
  incident: ['investigating', 'serviceDegradation', 'serviceInterruption'],
  advisory: ['investigating', 'serviceDegradation'],
  maintenance: ['serviceOperational'],
}

/** Where each state may go. Final reviews come with their post, so nobody chooses that state by itself. */
const NEXT: Readonly<Record<State, readonly State[]>> = {
  investigating: [
    'serviceDegradation',
    'serviceInterruption',
    'restoringService',
    'verifyingService',
    'serviceRestored',
    'falsePositive',
    'investigationSuspended',
  ],
  investigationSuspended: ['investigating', 'serviceRestored', 'falsePositive'],
  serviceDegradation: [
    'serviceInterruption',
    'investigating',
    'restoringService',
    'extendedRecovery',
    'verifyingService',
    'serviceRestored',
    'falsePositive',
  ],
  serviceInterruption: [
    'serviceDegradation',
    'investigating',
    'restoringService',
    'extendedRecovery',
    'verifyingService',
    'serviceRestored',
    'falsePositive',
  ],
  restoringService: [
    'extendedRecovery',
    'verifyingService',
    'serviceRestored',
    'serviceDegradation',
    'serviceInterruption',
  ],
  extendedRecovery: [
    'restoringService',
    'verifyingService',
    'serviceRestored',
    'serviceDegradation',
    'serviceInterruption',
  ],
  verifyingService: ['serviceRestored', 'restoringService', 'serviceDegradation', 'serviceInterruption'],
  serviceRestored: ['investigating', 'serviceDegradation', 'serviceInterruption'],
  falsePositive: ['investigating'],
  serviceOperational: [],
  postIncidentReviewPublished: [],
}

/** Maintenance is planned, under way, and over; or it is called off. */
const NEXT_OF_MAINTENANCE: Readonly<Partial<Record<State, readonly State[]>>> = {
  serviceOperational: ['serviceDegradation', 'serviceInterruption', 'serviceRestored', 'falsePositive'],
  serviceDegradation: ['serviceInterruption', 'extendedRecovery', 'verifyingService', 'serviceRestored'],
  serviceInterruption: ['serviceDegradation', 'extendedRecovery', 'verifyingService', 'serviceRestored'],
  extendedRecovery: ['serviceDegradation', 'serviceInterruption', 'verifyingService', 'serviceRestored'],
  verifyingService: ['serviceDegradation', 'serviceInterruption', 'serviceRestored'],
}

/** The states that may follow one, best for a list to choose from; none at an end. */
export function statesAfter(kind: Kind, state: State): readonly State[] {
  return (kind === 'maintenance' ? NEXT_OF_MAINTENANCE[state] : NEXT[state]) ?? []
}

const OVER: ReadonlySet<State> = new Set(['serviceRestored', 'falsePositive', 'postIncidentReviewPublished'])

/** Whether it is over in this state. A maintenance that has not begun is not. */
export function isOver(state: State): boolean {
  return OVER.has(state)
}

export type Step = { readonly state: State; readonly at: Temporal.Instant }

export type Stepped =
  | { readonly ok: true }
  | { readonly ok: false; readonly why: 'state-jump' | 'in-the-future' | 'too-early' }

/** Whether an incident whose last step is known may take another: in a sensible order, not ahead of time, not before the last. */
export function mayStep(kind: Kind, last: Step, next: Step, now: Temporal.Instant): Stepped {
  if (!statesAfter(kind, last.state).includes(next.state)) return { ok: false, why: 'state-jump' }
  if (Temporal.Instant.compare(next.at, now) > 0) return { ok: false, why: 'in-the-future' }
  // What is only planned begins when it begins, if earlier than meant.
  const planned = kind === 'maintenance' && last.state === 'serviceOperational'
  if (!planned && Temporal.Instant.compare(next.at, last.at) < 0) return { ok: false, why: 'too-early' }
  return { ok: true }
}

/** Whether an incident may begin so: only what is planned may lie ahead. */
export function mayBegin(kind: Kind, first: Step, now: Temporal.Instant): Stepped {
  if (!BEGINNINGS[kind].includes(first.state)) return { ok: false, why: 'state-jump' }
  const ahead = Temporal.Instant.compare(first.at, now) > 0
  return ahead && kind !== 'maintenance' ? { ok: false, why: 'in-the-future' } : { ok: true }
}

/** A final review is of what is over, and there is one. */
export function mayReview(state: State): boolean {
  return state === 'serviceRestored' || state === 'falsePositive'
}
