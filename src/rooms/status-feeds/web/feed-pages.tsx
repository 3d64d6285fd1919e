import { Hono } from 'hono'
import type { Context } from 'hono'
import { isId } from '../../../base/ids.ts'
import { Refused } from '../../../base/refused.ts'
import type { Member } from '../../../database/actor.ts'
import { readForm } from '../../../ui/forms.ts'
import { isMember } from '../../../ui/visit.ts'
import type { Env, Visit } from '../../../ui/visit.ts'
import type { FeedParts } from '../feed-site.ts'
import { makeAddress, ownAddress, renewAddress, withdrawAddress } from '../own-address.ts'
import { OwnFeedsPage } from './own-feeds-page.tsx'

const PATH = '/health/feeds'

/** Where who gives rights makes, renews and takes back the private address of his organization's health. */
export function feedPages(parts: Pick<FeedParts, 'privateAddresses' | 'siteOf'>): Hono<Env> {
  return new Hono<Env>()
    .get(PATH, async (context) => {
      const visit = memberVisit(context)
      const address = await visit.database.work(visit.actor, ownAddress)
      const site = await parts.siteOf(context)
      if (!site) throw new Refused('not-found')
      const word = address && parts.privateAddresses.wordFor(address.addressId)
      const said = context.req.query('said')
      return context.html(<OwnFeedsPage visit={visit} site={site} address={address} word={word} said={said} />)
    })
    .post(PATH, async (context) => {
      const visit = memberVisit(context)
      const { act, address = '' } = (await readForm(context)).values
      return context.redirect(visit.link(`${PATH}?said=${await changed(visit, act, address)}`), 303)
    })
}

/** What was done, as the page then says it. */
async function changed(visit: MemberVisit, act: string | undefined, address: string): Promise<string> {
  const { database, actor } = visit
  if (act === 'make') {
    await database.work(actor, makeAddress)
    return 'made'
  }
  if ((act !== 'renew' && act !== 'withdraw') || !isId(address)) throw new Refused('not-found')
  await database.work(actor, (work) => (act === 'renew' ? renewAddress : withdrawAddress)(work, address))
  return act === 'renew' ? 'renewed' : 'withdrawn'
}

type MemberVisit = Visit & { readonly actor: Member }

function memberVisit(context: Context<Env>): MemberVisit {
  const visit = context.get('visit')
  if (visit.actor.kind === 'visitor') throw new Refused('not-signed-in')
  if (!isMember(visit.actor)) throw new Refused('not-an-administrator')
  return { ...visit, actor: visit.actor }
}
