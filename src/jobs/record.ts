import type { NewJob } from './enqueue.ts'

/** The reactions of an event kind by name, as `app/reactions.ts` declares them. */
let reactionsByKind: Readonly<Record<string, readonly string[]>> | undefined

/** Says who answers which event; called once, when the app is put together. */
export function declareReactions(byKind: Readonly<Record<string, readonly string[]>>): void {
  reactionsByKind = byKind
}

export type EventSubject = { readonly organizationId: string; readonly operatorId: string; readonly caseId: string }

/** One job for each reaction to an event, to be written in the event's own transaction. */
export function jobsFor(kind: string, subject: EventSubject, eventId: string): readonly NewJob[] {
  const reactions = reactionsByKind?.[kind]
  if (!reactions) throw new Error(`nobody declared who answers ${kind}`)
  return reactions.map((reaction) => ({ queue: 'reactions', data: { reaction, eventId, ...subject } }))
}
