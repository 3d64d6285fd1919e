import { shortMoment } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import { ownBase, ownFilesBase } from '../bases.ts'
import type { FeedSite } from '../feed-site.ts'
import { words } from '../messages/words.ts'
import type { Address } from '../own-address.ts'

type Props = {
  visit: Visit
  site: FeedSite
  address: Address | undefined
  word: string | undefined
  said: string | undefined
}

const SAID = ['made', 'renewed', 'withdrawn'] as const

/** The private address of an organization's health: what it leads to, who has it, and how it ends. */
export function OwnFeedsPage({ visit, site, address, word, said }: Props) {
  const { locale } = visit
  const say = words(locale)
  // What was said is true only as long as it is seen.
  const done = SAID.find((one) => one === said && (one === 'withdrawn') === (address === undefined))
  return (
    <Shell visit={visit} title={say('own.title')} current="health">
      <p class="hint">
        <a href={visit.link('/health/subscriptions')}>{say('own.back')}</a>
      </p>
      <h1>{say('own.title')}</h1>
      {done ? (
        <p class="notice" role="status">
          {say(`own.said.${done}`)}
        </p>
      ) : null}
      <p>{say('own.intro')}</p>
      {address && word ? (
        <>
          <p>
            <strong>{say('own.whoever')}</strong> {say('own.leaving')}
          </p>
          <Addresses visit={visit} site={site} address={address} word={word} />
          <Endings visit={visit} address={address} />
        </>
      ) : (
        <form method="post" action={visit.link('/health/feeds')} class="paper">
          <p>{say('own.none')}</p>
          <p>
            <strong>{say('own.whoever')}</strong> {say('own.leaving')}
          </p>
          <button class="primary" name="act" value="make">
            {say('own.make')}
          </button>
        </form>
      )}
    </Shell>
  )
}

const DOCUMENTS = [
  ['own.page', 'index.html'],
  ['atom', 'feed.atom'],
  ['rss', 'feed.rss'],
  ['own.calendar', 'maintenance.ics'],
  ['own.json', 'api/v2/summary.json'],
] as const

function Addresses({ visit, site, address, word }: Omit<Props, 'said'> & { address: Address; word: string }) {
  const { locale, zone } = visit
  const say = words(locale)
  const live = ownBase(site, word)
  const files = ownFilesBase(site, word)
  return (
    <section class="paper" aria-labelledby="addresses">
      <h2 id="addresses">{say('own.addresses')}</h2>
      <p class="hint">
        {say('own.since', { moment: shortMoment(address.madeAt, locale, zone), name: address.madeBy })}{' '}
        {say('own.languages')}
      </p>
      <List visit={visit} base={live} />
      {files === live ? null : (
        <>
          <h3>{say('own.down')}</h3>
          <p class="hint">{say('own.downHint')}</p>
          <List visit={visit} base={files} />
        </>
      )}
    </section>
  )
}

function List({ visit: { locale }, base }: { visit: Visit; base: string }) {
  const say = words(locale)
  return (
    <dl>
      {DOCUMENTS.map(([name, path]) => (
        <>
          <dt>{say(name)}</dt>
          <dd class="text">
            <a href={`${base}/${locale}/${path}`} rel="noreferrer">
              <code>{`${base}/${locale}/${path}`}</code>
            </a>
          </dd>
        </>
      ))}
    </dl>
  )
}

/** Each names the address that was seen, so that nobody ends one he has not seen. */
function Endings({ visit, address }: { visit: Visit; address: Address }) {
  const say = words(visit.locale)
  return (
    <section class="paper" aria-labelledby="endings">
      <h2 id="endings">{say('own.endings')}</h2>
      {(['renew', 'withdraw'] as const).map((act) => (
        <form method="post" action={visit.link('/health/feeds')}>
          <input type="hidden" name="address" value={address.addressId} />
          <p id={`${act}-hint`}>{say(`own.${act}Hint`)}</p>
          <button name="act" value={act} aria-describedby={`${act}-hint`}>
            {say(`own.${act}`)}
          </button>
        </form>
      ))}
    </section>
  )
}
