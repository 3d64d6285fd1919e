import type { Context } from 'hono'
import type { Locale } from '../base/locale.ts'
import { Refused } from '../base/refused.ts'
import type { Actor, Agent, Member, Visitor } from '../database/actor.ts'
import type { Database } from '../database/work.ts'

/** One request for a page: where, in which language, for whom. Put together by `app/visits.ts` before any page runs. */
export type Visit = {
  readonly database: Database
  readonly actor: Member | Agent | Visitor
  readonly operatorId: string
  /** The operator's name in addresses. */
  readonly operator: string
  readonly brand: { readonly name: string; readonly shortName: string }
  readonly locale: Locale
  readonly languages: readonly Locale[]
  /** IANA zone the viewer's moments are told in: his own, else the operator's. */
  readonly zone: string
  readonly person:
    | {
        readonly name: string
        readonly email: string
        readonly administrator: boolean
        readonly agent: boolean
        /** Whom he acts for; empty for agents. */
        readonly organization: string
        /** The partner on whose behalf he acts for it; null for its own people. */
        readonly partner: string | null
        /** All organizations he may choose among. */
        readonly organizations: readonly {
          readonly organizationId: string
          readonly name: string
          readonly partner: string | null
          readonly active: boolean
          readonly chosen: boolean
        }[]
      }
    | undefined
  /** A path of this operator: `/cases` becomes `/microsoft/cases`, or stays where the operator has a host of its own. */
  readonly link: (path: string) => string
  /** This page's own path with its query, for the language switch and the way back from signing in. */
  readonly here: string
  /** Whether this is the demonstration, which has a mailbox and people to become. */
  readonly demonstration: boolean
}

export type Env = { Variables: { visit: Visit; requestId: string } }

/** True where the actor is a person of a customer. */
export function isMember(actor: Actor): actor is Member {
  return actor.kind === 'member'
}

export type AgentVisit = Visit & { readonly actor: Agent }

/** The visit of somebody who answers for an operator; refused with `not-an-agent` to everybody else. */
export function agentVisit(context: Context<Env>): AgentVisit {
  const visit = context.get('visit')
  if (visit.actor.kind !== 'agent') throw new Refused('not-an-agent')
  return { ...visit, actor: visit.actor }
}
