import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import { newId } from '../../../base/ids.ts'
import { optionalText, read } from '../../../api/read.ts'
import { statusOf } from '../../../api/problem.ts'
import type { Status } from '../../../api/problem.ts'
import { isLocale } from '../../../base/locale.ts'
import { Refused } from '../../../base/refused.ts'
import type { RefusalCode } from '../../../base/refused.ts'
import { EMPTY } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { readForm } from '../../../ui/forms.ts'
import { refusalText } from '../../../ui/refusals.ts'
import { agentVisit } from '../../../ui/visit.ts'
import type { AgentVisit, Env } from '../../../ui/visit.ts'
import { requireLead } from '../../people/index.ts'
import { articlePath } from '../../self-help/index.ts'
import { actOnDraft, reviewOf } from '../decide-draft.ts'
import { listArticles } from '../list-articles.ts'
import { openEditor } from '../open-editor.ts'
import type { Editor } from '../open-editor.ts'
import { previewOf } from '../preview.ts'
import { createArticle, saveDraft } from '../save-draft.ts'
import type { Saved } from '../save-draft.ts'
import { copyHere, historyOf, restoreArticle, retireArticle, rollBack } from '../versions.ts'
import { ArticlesPage } from './articles-page.tsx'
import { EditPage } from './edit-page.tsx'
import { LIMITS, placeSchema, readWritten } from './form.ts'
import { ReviewPage } from './review-page.tsx'
import { VersionsPage } from './versions-page.tsx'

const PAGE = 50

/** The editor of help articles, below the agents' workplace. For support leads only. */
export function editingPages(): Hono<Env> {
  return new Hono<Env>()
    .get('/', list)
    .get('/new', begin)
    .get('/edit', edit)
    .post('/edit', write)
    .post('/preview', preview)
    .get('/review', review)
    .post('/review', decideReview)
    .get('/versions', versions)
    .post('/versions', goBack)
    .post('/state', setState)
}

const listSchema = z.object({
  q: z
    .string()
    .max(200)
    .default('')
    .transform((q) => q.trim()),
  place: z.enum(['here', 'folders']).catch('here'),
  after: z.string().max(300).default(''),
})

async function list(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const wanted = read(listSchema, context.req.query())
  const found = await visit.database.work(visit.actor, (work) =>
    listArticles(work, visit.operatorId, { ...wanted, limit: PAGE }),
  )
  return context.html(<ArticlesPage visit={visit} wanted={wanted} list={found} />)
}

async function begin(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  await visit.database.work(visit.actor, (work) => requireLead(work, visit.operatorId))
  const { title = '', language = '' } = context.req.query()
  const known = isLocale(language) && visit.languages.includes(language) ? language : visit.locale
  const values = { title: title.slice(0, LIMITS.title), language: known, key: newId() }
  return context.html(<EditPage visit={visit} form={{ ...EMPTY, values }} />)
}

async function edit(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const { article: articleId, language } = read(placeSchema, context.req.query())
  const editor = await editorOf(visit, { article: articleId, language })
  return context.html(
    <EditPage visit={visit} editor={editor} form={{ ...EMPTY, values: valuesOf(editor) }} saved={savedIn(context)} />,
  )
}

function savedIn(context: Context<Env>): boolean {
  return context.req.query('saved') !== undefined
}

function editorOf(visit: AgentVisit, { article, language }: z.output<typeof placeSchema>): Promise<Editor> {
  const place = { operatorId: visit.operatorId, articleId: article, language }
  return visit.database.work(visit.actor, (work) => openEditor(work, place))
}

/** What the fields begin with: my draft, else what readers see, else nothing. */
function valuesOf({ article, language, mine, current, source }: Editor): Filled['values'] {
  const text = mine ?? current
  return {
    article: article.articleId,
    language,
    title: text?.title ?? '',
    description: text?.description ?? '',
    products: (text ?? source)?.products.join(', ') ?? '',
    body: text?.body ?? '',
    revision: String(mine?.revision ?? 0),
    // Whoever saves the form has seen what it shows.
    basedOn: String(current?.version ?? 0),
    translatedFrom: source ? String(source.version) : '',
  }
}

async function write(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const { values } = await readForm(context)
  const act = values['act'] ?? 'save'
  try {
    if (act === 'preview') return await showForm(context, visit, values, { status: 200, preview: true })
    // What was typed came through a sign-in, and is looked at once more.
    if (values['review']) return await showForm(context, visit, values, { status: 200 })
    if (act === 'withdraw' || act === 'discard') return await actOnMine(context, visit, values, act)
    return await keep(context, visit, values, act)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    if (!KEEPS_TEXT.has(error.code)) throw error
    return showForm(context, visit, values, { status: statusOf(error.code), refused: error })
  }
}

/** After these the form comes back with what was typed. */
const KEEPS_TEXT: ReadonlySet<RefusalCode> = new Set(['invalid-input', 'draft-outdated', 'draft-not-open'])

/** Saves, and goes on to submit or to publish where that was asked for. */
async function keep(
  context: Context<Env>,
  visit: AgentVisit,
  values: Filled['values'],
  act: string,
): Promise<Response> {
  const { article, language, ...written } = readWritten(values)
  const { operatorId, actor, database } = visit
  const { articleId, saved } = await database.work(actor, async (work) => {
    if (article === '') return createArticle(work, { operatorId, language, key: values['key'] ?? '' }, written)
    const outcome = await saveDraft(work, { operatorId, articleId: article, language }, written)
    return { articleId: article, saved: outcome }
  })
  if (!saved.ok) return showForm(context, visit, { ...values, article: articleId }, { status: 409, conflict: saved })
  const address = `/agent/articles/edit?${new URLSearchParams({ article: articleId, language })}`
  if (act !== 'submit' && act !== 'publish') return context.redirect(visit.link(`${address}&saved=yes`), 303)
  // A transaction of its own: the text is kept, whatever is said to this.
  await database.work(actor, (work) => actOnDraft(work, operatorId, { act, note: '', articleId, language }))
  return context.redirect(visit.link(address), 303)
}

async function actOnMine(
  context: Context<Env>,
  visit: AgentVisit,
  values: Filled['values'],
  act: 'withdraw' | 'discard',
): Promise<Response> {
  const { article: articleId, language } = read(placeSchema, values)
  const { operatorId } = visit
  await visit.database.work(visit.actor, (work) => actOnDraft(work, operatorId, { act, note: '', articleId, language }))
  const edited = `/agent/articles/edit?${new URLSearchParams({ article: articleId, language })}`
  return context.redirect(visit.link(act === 'withdraw' ? edited : '/agent/articles'), 303)
}

type Shown = {
  readonly status: 200 | Status
  readonly preview?: boolean
  readonly refused?: Refused
  readonly conflict?: Extract<Saved, { ok: false }>
}

/** The form once more with what was typed: for a preview, with problems, or beside another text. */
async function showForm(
  context: Context<Env>,
  visit: AgentVisit,
  values: Filled['values'],
  { status, preview: isPreview = false, refused, conflict }: Shown,
): Promise<Response> {
  const { language = '', article = '', body = '' } = values
  const known = isLocale(language) && visit.languages.includes(language) ? language : undefined
  const editor = article && known ? await editorOf(visit, { article, language: known }) : undefined
  const html = isPreview ? await previewIn(visit, { language: known ?? visit.locale, body }) : undefined
  // What was saved or published meanwhile is shown beside, so saving again knows of it.
  const seen = editor && {
    revision: String(editor.mine?.revision ?? 0),
    basedOn: String(editor.current?.version ?? 0),
  }
  const form = { values: isPreview ? values : { ...values, ...seen }, problems: refused?.fields ?? {} }
  const outdated = status !== 200 && editor !== undefined && values['basedOn'] !== seen?.basedOn
  return context.html(
    <EditPage
      visit={visit}
      editor={editor}
      form={form}
      preview={html}
      meanwhile={conflict?.kept ?? (outdated ? editor.current : undefined)}
      refused={refused?.code === 'draft-not-open' ? refusalText(refused.code, visit.locale) : undefined}
      typed
    />,
    status,
  )
}

function previewIn(
  visit: AgentVisit,
  of: { readonly language: AgentVisit['locale']; readonly body: string },
): Promise<string> {
  const addressOf = (articleId: string) => visit.link(articlePath(articleId))
  const body = of.body.slice(0, LIMITS.body)
  return visit.database.work(visit.actor, (work) => previewOf(work, visit.operatorId, { ...of, body, addressOf }))
}

/** The preview alone, for the page that shows it while somebody types. */
async function preview(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const { language = '', body = '' } = (await readForm(context)).values
  return context.body(await previewIn(visit, { language: isLocale(language) ? language : visit.locale, body }), 200, {
    'content-type': 'text/html; charset=utf-8',
  })
}

const draftSchema = z.object({ draft: z.string().max(40) })

async function review(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const { draft: draftId } = read(draftSchema, context.req.query())
  const reviewed = await visit.database.work(visit.actor, (work) => reviewOf(work, visit.operatorId, draftId))
  const html = await previewIn(visit, reviewed.draft)
  return context.html(<ReviewPage visit={visit} reviewed={reviewed} preview={html} />)
}

const reviewSchema = draftSchema.extend({ act: z.enum(['approve', 'send-back']), note: optionalText(2000) })

async function decideReview(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const { draft: draftId, act, note } = read(reviewSchema, (await readForm(context)).values)
  const draft = await visit.database.work(visit.actor, (work) =>
    actOnDraft(work, visit.operatorId, { act, note, draftId }),
  )
  const { articleId: article, language } = draft
  const next =
    act === 'approve' ? `/agent/articles/versions?${new URLSearchParams({ article, language })}` : '/agent/articles'
  return context.redirect(visit.link(next), 303)
}

const version = z.coerce.number().int().min(1).max(1_000_000)
const compareSchema = placeSchema.extend({
  from: version.optional().catch(undefined),
  to: version.optional().catch(undefined),
})

async function versions(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const { article: articleId, language, from, to } = read(compareSchema, context.req.query())
  const place = { operatorId: visit.operatorId, articleId, language }
  const history = await visit.database.work(visit.actor, (work) => historyOf(work, place))
  return context.html(<VersionsPage visit={visit} language={language} history={history} from={from} to={to} />)
}

const rollBackSchema = placeSchema.extend({ version })

async function goBack(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const { article: articleId, language, version: to } = read(rollBackSchema, (await readForm(context)).values)
  const place = { operatorId: visit.operatorId, articleId, language }
  await visit.database.work(visit.actor, (work) => rollBack(work, place, to))
  const query = new URLSearchParams({ article: articleId, language })
  return context.redirect(visit.link(`/agent/articles/versions?${query}`), 303)
}

const stateSchema = placeSchema.extend({ act: z.enum(['retire', 'restore', 'copy']) })

async function setState(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const { article: articleId, language, act } = read(stateSchema, (await readForm(context)).values)
  const { operatorId, actor, database } = visit
  const to = await database.work(actor, async (work) => {
    if (act === 'copy') return copyHere(work, { operatorId, articleId, language })
    await (act === 'retire' ? retireArticle : restoreArticle)(work, operatorId, articleId)
    return { articleId, language }
  })
  const query = new URLSearchParams({ article: to.articleId, language: to.language })
  return context.redirect(visit.link(`/agent/articles/edit?${query}`), 303)
}
