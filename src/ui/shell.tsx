import type { Child } from 'hono/jsx'
import { raw } from 'hono/html'
import type { Locale } from '../base/locale.ts'
import { asset } from './assets.ts'
import { words } from './messages/words.ts'
import type { Visit } from './visit.ts'

const OWN_NAME: Record<Locale, string> = { en: 'English', da: 'Dansk', 'zh-Hans': '简体中文' }

type Current =
  | 'organization'
  | 'health'
  | 'support'
  | 'help'
  | 'contact'
  | 'cases'
  | 'queue'
  | 'calls'
  | 'sign-in'
  | 'none'

/** Every page: one `h1` in `main`, the operator's name, the way around, the language, and two live regions. */
export function Shell({
  visit,
  title,
  current = 'none',
  renewSeconds,
  children,
}: {
  visit: Visit
  title: string
  current?: Current
  /** Where no script renews the page, it is loaded anew after so many seconds. */
  renewSeconds?: number
  children: Child
}) {
  const say = words(visit.locale)
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={visit.locale} dir="ltr">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>{`${title} - ${visit.brand.shortName}`}</title>
          <link rel="stylesheet" href={asset('svar.css')} />
          <link rel="stylesheet" href={visit.link('/brand.css')} />
          <link rel="icon" href="/icon.svg" type="image/svg+xml" />
          {renewSeconds === undefined ? null : (
            <noscript>
              <meta http-equiv="refresh" content={String(renewSeconds)} />
            </noscript>
          )}
          <script src={asset('svar.js')} type="module"></script>
        </head>
        <body>
          <a class="skip" href="#content">
            {say('skip')}
          </a>
          <header class="top">
            <a class="brand" href={visit.link('/')}>
              {visit.brand.name}
            </a>
            <Ways visit={visit} current={current} />
            <Whoami visit={visit} />
          </header>
          {visit.demonstration ? <p class="demonstration">{say('demonstration')}</p> : null}
          <OnBehalf visit={visit} />
          <main id="content" tabindex={-1}>
            {children}
          </main>
          <footer>
            <Languages visit={visit} />
            {visit.demonstration ? (
              <p>
                <a href={visit.link('/demonstration/mailbox')}>{say('mailbox')}</a>{' '}
                <a href={visit.link('/demonstration/people')}>{say('people')}</a>{' '}
                <a href={visit.link('/demonstration/portal')}>{say('portal')}</a>
              </p>
            ) : null}
          </footer>
          <div role="status" id="status" class="visually-hidden"></div>
          <div role="alert" id="alert" class="visually-hidden"></div>
        </body>
      </html>
    </>
  )
}

function Ways({ visit, current }: { visit: Visit; current: Current }) {
  const say = words(visit.locale)
  const asAgent = visit.person?.agent
    ? ([
        ['queue', '/agent', say('queue')],
        ['calls', '/agent/calls', say('calls')],
      ] as const)
    : []
  const asCustomer = [['cases', '/cases', say('myCases')]] as const
  const asMember = [
    visit.person?.administrator
      ? (['organization', '/organization', say('organization')] as const)
      : (['organization', '/organization/questions', say('ownQuestions')] as const),
  ]
  const ways = [
    ['support', '/', say('getSupport')],
    ['help', '/help', say('help')],
    ['health', '/health', say('health')],
    ['contact', '/contact', say('contact')],
    ...(visit.person?.agent ? asAgent : asCustomer),
    ...(visit.person && !visit.person.agent ? asMember : []),
  ] as const
  return (
    <nav aria-label={say('menu')}>
      <ul>
        {ways.map(([name, path, text]) => (
          <li>
            <a href={visit.link(path)} aria-current={name === current ? 'page' : undefined}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Whoami({ visit }: { visit: Visit }) {
  const say = words(visit.locale)
  if (!visit.person) {
    return (
      <p class="whoami">
        <a href={visit.link(`/sign-in?back=${encodeURIComponent(visit.here)}`)}>{say('signIn')}</a>
      </p>
    )
  }
  return (
    <form class="whoami" method="post" action={visit.link('/sign-out')}>
      <a href={visit.link('/account')} aria-label={say('signedInAs', { name: visit.person.name })}>
        {visit.person.name}
      </a>
      <button class="quiet">{say('signOut')}</button>
    </form>
  )
}

/** Whoever acts for somebody else, or has a choice, sees for whom at the head of every page. */
function OnBehalf({ visit }: { visit: Visit }) {
  const { person } = visit
  const say = words(visit.locale)
  if (!person || person.agent || (person.partner === null && person.organizations.length < 2)) return null
  const { organization, partner } = person
  return (
    <p class="on-behalf">
      {partner === null ? say('actingFor', { organization }) : say('onBehalf', { organization, partner })}{' '}
      <a href={visit.link('/organizations')}>{say('changeOrganization')}</a>
    </p>
  )
}

function Languages({ visit }: { visit: Visit }) {
  const say = words(visit.locale)
  return (
    <nav aria-label={say('language')}>
      <ul class="languages">
        {visit.languages.map((language) => (
          <li>
            <a
              href={visit.link(`/language/${language}?back=${encodeURIComponent(visit.here)}`)}
              lang={language}
              hreflang={language}
              aria-current={language === visit.locale ? 'true' : undefined}
            >
              {OWN_NAME[language]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
