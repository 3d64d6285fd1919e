import { Hono } from 'hono'
import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import { z } from 'zod'
import { read } from '../../../api/read.ts'
import type { Locale } from '../../../base/locale.ts'
import type { Work } from '../../../database/work.ts'
import { HealthLine, KnownProblems } from '../../../ui/health-line.tsx'
import type { HealthItem } from '../../../ui/health-line.tsx'
import { dateText } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Env, Visit } from '../../../ui/visit.ts'
import { charterInForce } from '../../entitlements/index.ts'
import type { Charter } from '../../entitlements/index.ts'
import { idFrom, isReader, newSlip, noteQuestion, noting, questionIdOf, referring } from '../../evidence/index.ts'
import type { Place, Reference } from '../../evidence/index.ts'
import { ChecklistsInShort, checklistsInShort } from '../../onboarding/index.ts'
import { requireLead } from '../../people/index.ts'
import {
  articlePath,
  groupingWords,
  isNear,
  markHits,
  pointsOf,
  productName,
  searchAll,
  suggest,
  tellingWords,
} from '../../self-help/index.ts'
import type { Found, FoundAll } from '../../self-help/index.ts'
import { currentHealth, healthItems, knownIncidents } from '../../service-health/index.ts'
import type { Incident } from '../../service-health/index.ts'
import { words } from '../messages/words.ts'
import { SearchForm } from './search-form.tsx'

/** On the first page; the next shows all there are. */
const RESULTS = 10
const MORE_RESULTS = 20
const SUGGESTIONS = 6

/** Longer questions are cut, not refused: what was pasted is still worth searching for. */
const asked = z.object({
  q: z
    .string()
    .default('')
    .transform((q) => q.slice(0, 200).trim()),
  product: z.string().max(80).optional(),
  audience: z.string().max(80).optional(),
  more: z.string().optional(),
  explain: z.string().optional(),
})

/** Help & support: what is not well, a question, its answers, and always the way to a person. Open to everybody. */
export function helpPages(): Hono<Env> {
  return new Hono<Env>().get('/help', show).get('/help/suggest', async (context) => {
    const visit = context.get('visit')
    const wanted = question(context, SUGGESTIONS)
    const settled = idFrom(context.req.query('settled'))
    const reference = settled ?? questionIdOf(newSlip(), wanted.language, wanted.q)
    const { found, known } = await noting(visit.database, visit.actor, async (work, note) => {
      const list = await suggest(work, wanted)
      if (settled) note(() => noteAsked(context, work, { ...wanted, reference, place: 'suggestion', list }))
      return { found: list, known: await knownItems(work, visit, { q: wanted.q, typing: true }) }
    })
    const say = words(visit.locale)
    return context.json({
      reference,
      results: [
        ...known.map(({ incidentId, service, title, impact, language }) => ({
          id: incidentId,
          title: `${say('pane.known')}: ${title}`,
          language,
          passage: `${service}. ${impact}`.slice(0, 200),
          url: visit.link(`/health/incidents/${incidentId}`),
        })),
        ...found.map(({ id, title, language, passage, anchor, score }, at) => ({
          id,
          title,
          language,
          passage,
          score,
          url: visit.link(referring(articlePath(id, anchor), { asked: reference, place: at + 1 })),
        })),
      ],
    })
  })
}

/** Open incidents the question may be about, as the reader gets them. */
async function knownItems(
  work: Work,
  visit: Visit,
  { q, typing = false }: { readonly q: string; readonly typing?: boolean },
): Promise<readonly HealthItem[]> {
  const { operatorId, locale: language } = visit
  const known = await knownIncidents(work, { operatorId, language, q, typing })
  if (known.length === 0) return []
  const { charter } = await charterInForce(work, operatorId)
  return healthItems(visit, charter.services, known)
}

function question(context: Context<Env>, limit: number) {
  const { operatorId, locale } = context.get('visit')
  const { q, product, audience } = read(asked, context.req.query())
  return { operatorId, language: locale, q, limit, product, audience }
}

/** Notes the question with what it was answered; called by `noting` only. */
function noteAsked(
  context: Context<Env>,
  work: Work,
  of: {
    readonly operatorId: string
    readonly language: Locale
    readonly q: string
    readonly reference: string
    readonly place: Place
    readonly list: readonly Found[]
  },
): void {
  if (!isReader(context.req)) return
  const { operatorId, language, q, reference, place, list } = of
  noteQuestion(work, {
    operatorId,
    questionId: reference,
    visitId: idFrom(context.req.query('visit')) ?? reference,
    language,
    text: q,
    place,
    found: list.length,
    shown: list.map(({ id }) => id),
    wordsOf: (text) => groupingWords(text, language),
  })
}

async function show(context: Context<Env>): Promise<Response> {
  const visit = context.get('visit')
  if (context.req.query('part') === 'health') return showHealth(context)
  const { q, product, audience, more, explain } = read(asked, context.req.query())
  const slip = idFrom(context.req.query('slip')) ?? newSlip()
  const shown = more === undefined ? RESULTS : MORE_RESULTS
  const wanted = question(context, shown + 1)
  const reference = questionIdOf(slip, wanted.language, wanted.q)
  const [{ charter }, incidents, all, , known, checklists] = await noting(
    visit.database,
    visit.actor,
    async (work, note) => {
      const asking = await Promise.all([
        charterInForce(work, visit.operatorId),
        currentHealth(work, visit.operatorId),
        searchAll(work, wanted),
        explain === undefined ? undefined : requireLead(work, visit.operatorId),
        knownItems(work, visit, { q }),
        q === '' ? checklistsInShort(work) : [],
      ])
      const list = asking[2].found.slice(0, RESULTS)
      // Narrowed it is the same question.
      if (q && shown === RESULTS && product === undefined && audience === undefined)
        note(() => noteAsked(context, work, { ...wanted, reference, place: 'page', list }))
      return asking
    },
  )
  return context.html(
    <HelpPage
      visit={visit}
      charter={charter}
      incidents={incidents}
      known={known}
      checklists={checklists}
      q={q}
      product={product}
      audience={audience}
      all={{ ...all, found: all.found.slice(0, shown) }}
      more={shown === RESULTS && all.found.length > shown}
      explain={explain !== undefined}
      slip={slip}
      reference={reference}
      visitId={idFrom(context.req.query('visit')) ?? reference}
    />,
  )
}

/** The part of the page that changes by itself. */
async function showHealth(context: Context<Env>): Promise<Response> {
  const visit = context.get('visit')
  const { charter, incidents } = await visit.database.work(visit.actor, async (work) => ({
    charter: (await charterInForce(work, visit.operatorId)).charter,
    incidents: await currentHealth(work, visit.operatorId),
  }))
  return context.html(<HealthLine visit={visit} items={healthItems(visit, charter.services, incidents)} />)
}

type Props = {
  visit: Visit
  charter: Charter
  incidents: readonly Incident[]
  /** Of these, what the question may be about. */
  known: readonly HealthItem[]
  /** Those of the reader's organization, where he has not asked anything yet. */
  checklists: Awaited<ReturnType<typeof checklistsInShort>>
  q: string
  product: string | undefined
  audience: string | undefined
  all: FoundAll
  /** Whether there are more answers than are shown. */
  more: boolean
  /** Whether each answer says what put it where it is. */
  explain: boolean
  /** Which form the question came from, what links from its answers carry, and the first question of the visit. */
  slip: string
  reference: string
  visitId: string
}

function HelpPage(props: Props) {
  const { visit, charter, incidents, known, checklists, q, slip, reference, visitId } = props
  const say = words(visit.locale)
  const contact = `/contact?question=${encodeURIComponent(q)}&asked=${reference}`
  return (
    <Shell visit={visit} title={q ? say('help.titleFor', { q }) : say('help.title')} current="help">
      <h1>{say('help.title')}</h1>
      {visit.person ? (
        <live-queue
          changes={visit.link('/health/changes')}
          src={visit.link('/help?part=health')}
          changed={say('help.healthChanged')}
          spread="800"
        >
          <HealthLine visit={visit} items={healthItems(visit, charter.services, incidents)} told={known} />
        </live-queue>
      ) : (
        <HealthLine visit={visit} items={healthItems(visit, charter.services, incidents)} told={known} />
      )}
      <SearchForm visit={visit} q={q} main={{ slip, visit: q ? visitId : undefined }} />
      <KnownProblems visit={visit} items={known} goOn={<a href={visit.link(contact)}>{say('help.knownGoOn')}</a>} />
      {q ? <Answers {...props} /> : null}
      <ChecklistsInShort visit={visit} lists={checklists} />
      <section class="paper" aria-labelledby="still-stuck">
        <h2 id="still-stuck">{say('help.stuckTitle')}</h2>
        <p>{say('help.stuckText')}</p>
        <p>
          <a class="button primary" href={visit.link(q ? contact : '/contact')}>
            {say('contactTitle')}
          </a>
        </p>
      </section>
    </Shell>
  )
}

/** Shown of answers that do not seem to be any. */
const NEAREST = 3

function Answers(props: Props) {
  const { visit, q, product, audience, all, more, explain } = props
  const { corrections } = all
  const say = words(visit.locale)
  const [first] = all.found
  const far = first !== undefined && !isNear(first.score)
  const found = far ? all.found.slice(0, NEAREST) : all.found
  const other = found.find(({ language }) => language !== visit.locale)?.language
  const telling = new Set([
    ...tellingWords(q, other ?? visit.locale),
    ...corrections.flatMap(({ meant }) => [...tellingWords(meant, other ?? visit.locale)]),
  ])
  return (
    <section aria-labelledby="answers">
      <h2 id="answers">{far ? say('help.far', { q }) : say('help.found', { count: found.length, q })}</h2>
      {other ? <p class="notice">{say('help.otherLanguage', { language: nameOf(other, visit.locale) })}</p> : null}
      {corrections.map(({ typed, meant }) => (
        <p>{say('help.corrected', { typed, meant })}</p>
      ))}
      {far ? (
        <>
          <NothingFound visit={visit} />
          <p>{say('help.nearest')}</p>
        </>
      ) : (
        <>
          <Narrow {...props} by="product" />
          <Narrow {...props} by="audience" />
        </>
      )}
      {found.length > 0 ? null : product || audience ? (
        <p>{say('help.nothingNarrowed')}</p>
      ) : (
        <NothingFound visit={visit} />
      )}
      <ol class="results">
        {found.map((one, at) => (
          <Answer props={props} telling={telling} found={one} place={{ asked: props.reference, place: at + 1 }}>
            {explain ? <Because visit={visit} found={one} /> : null}
          </Answer>
        ))}
      </ol>
      {more && !far ? (
        <p>
          <a href={visit.link(pathFor({ q, product, audience, slip: props.slip, more: 'yes' }))}>{say('help.more')}</a>
        </p>
      ) : null}
    </section>
  )
}

/** The products the answers are about, or the readers they are written for, to see those of one only. */
function Narrow(props: Props & { by: 'product' | 'audience' }) {
  const { visit, q, product, audience, all, by } = props
  const say = words(visit.locale)
  const chosen = props[by]
  const offered = [...new Set(all.found.flatMap((one) => (by === 'product' ? one.products : one.audiences)))].slice(
    0,
    8,
  )
  if (chosen === undefined && offered.length < 2) return null
  return (
    <nav aria-label={say(`help.by.${by}`)}>
      <ul class="tabs">
        {[undefined, ...(chosen === undefined ? offered : [chosen])].map((one) => (
          <li>
            <a
              href={visit.link(pathFor({ q, product, audience, [by]: one }))}
              aria-current={one === chosen ? 'page' : undefined}
            >
              {one === undefined
                ? say(`help.all.${by}`)
                : by === 'product'
                  ? productName(props.charter.services, one, visit.locale)
                  : audienceName(visit, one)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** What vendors call their readers, in the language of this one; else as the article says it. */
function audienceName({ locale }: Visit, audience: string): string {
  const say = words(locale)
  switch (audience) {
    case 'admin':
      return say('help.audience.admin')
    case 'itpro':
      return say('help.audience.itpro')
    case 'end-user':
      return say('help.audience.end-user')
    case 'partner':
      return say('help.audience.partner')
    default:
      return audience
  }
}

function pathFor(query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  return `/help?${new URLSearchParams(given)}`
}

/** What put an answer where it is. */
function Because({ visit, found }: { visit: Visit; found: Found }) {
  const say = words(visit.locale)
  const number = new Intl.NumberFormat(visit.locale, { maximumFractionDigits: 3 })
  return (
    <details>
      <summary>{say('help.because')}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('help.part')}</th>
            <th scope="col">{say('help.value')}</th>
            <th scope="col">{say('help.weight')}</th>
            <th scope="col">{say('help.points')}</th>
          </tr>
        </thead>
        <tbody>
          {pointsOf(found.features).map(({ feature, value, weight, points }) => (
            <tr>
              <th scope="row">{say(`help.feature.${feature}`)}</th>
              <td>{number.format(value)}</td>
              <td>{number.format(weight)}</td>
              <td>{number.format(points)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

function NothingFound({ visit }: { visit: Visit }) {
  const say = words(visit.locale)
  return (
    <ul>
      <li>{say('help.tipSpelling')}</li>
      <li>{say('help.tipFewer')}</li>
      <li>{say('help.tipCode')}</li>
    </ul>
  )
}

function Answer({
  props,
  telling,
  found,
  place,
  children,
}: {
  props: Props
  telling: ReadonlySet<string>
  found: Found
  place: Reference
  children?: Child
}) {
  const { visit } = props
  const { locale } = visit
  const { id, anchor, title, heading, passage, products, updatedOn, language } = found
  const say = words(locale)
  const lang = language === locale ? undefined : language
  const facts = [
    ...(lang ? [say('help.inLanguage', { language: nameOf(language, locale) })] : []),
    ...products.map((product) => productName(props.charter.services, product, locale)),
    ...(updatedOn ? [say('help.updated', { date: dateText(updatedOn, locale) })] : []),
  ]
  return (
    <li>
      <h3 lang={lang}>
        <a href={visit.link(referring(articlePath(id, anchor), place))}>
          <Marked text={anchor && heading ? `${title} · ${heading}` : title} telling={telling} language={language} />
        </a>
      </h3>
      <p lang={lang}>
        <Marked text={passage} telling={telling} language={language} />
      </p>
      {facts.length ? <small>{facts.join(' · ')}</small> : null}
      {children}
    </li>
  )
}

function Marked({ text, telling, language }: { text: string; telling: ReadonlySet<string>; language: Locale }) {
  return <>{markHits(text, telling, language).map((part) => (part.hit ? <mark>{part.text}</mark> : part.text))}</>
}

/** A language's name in the middle of a sentence of another. */
function nameOf(language: Locale, inLanguage: Locale): string {
  return new Intl.DisplayNames([inLanguage], { type: 'language' }).of(language) ?? language
}
