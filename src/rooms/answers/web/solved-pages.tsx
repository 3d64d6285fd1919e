import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import { optionalText, read } from '../../../api/read.ts'
import { isLocale } from '../../../base/locale.ts'
import { EMPTY, TextField } from '../../../ui/fields.tsx'
import { readForm } from '../../../ui/forms.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Env, Visit } from '../../../ui/visit.ts'
import { idFrom, noteVerdict, noting } from '../../evidence/index.ts'
import { articleFor, articlePath } from '../../self-help/index.ts'
import { words } from '../messages/words.ts'

const MISSING = 300

const saidSchema = z.object({
  article: z.string().min(1).max(300),
  language: z.string().refine(isLocale),
  asked: z.string().max(40).optional(),
  solved: z.enum(['yes', 'no']).optional(),
  missing: optionalText(MISSING),
})

/** "Did this solve it?": the answer to the form below every article, and what follows it. Open to everybody. */
export function solvedPages(): Hono<Env> {
  return new Hono<Env>().post('/help/solved', keepVerdict).get('/help/solved', thank)
}

async function keepVerdict(context: Context<Env>): Promise<Response> {
  const visit = context.get('visit')
  const { operatorId, actor, database } = visit
  const { article: id, language, asked, solved, missing } = read(saidSchema, (await readForm(context)).values)
  const questionId = idFrom(asked)
  const article = await noting(database, actor, async (work, note) => {
    const found = await articleFor(work, operatorId, id, language)
    const about = { operatorId, articleId: found.id, language: found.language, questionId }
    if (solved !== undefined || missing !== '')
      note(() => noteVerdict(work, { ...about, solved: solved && solved === 'yes', missing }))
    return found
  })
  const query = new URLSearchParams({
    article: article.id,
    language: article.language,
    ...(questionId ? { asked: questionId } : {}),
    said: missing === '' ? (solved ?? 'no') : 'missing',
  })
  return context.redirect(visit.link(`/help/solved?${query}`), 303)
}

const thanksSchema = z.object({
  article: z.string().max(300).default(''),
  language: z
    .string()
    .max(35)
    .default('')
    .transform((tag) => (isLocale(tag) ? tag : undefined)),
  asked: z.string().max(40).optional(),
  said: z.enum(['yes', 'no', 'missing']).catch('yes'),
})

async function thank(context: Context<Env>): Promise<Response> {
  const visit = context.get('visit')
  const { operatorId, actor, database, locale } = visit
  const { article: id, language = locale, asked, said } = read(thanksSchema, context.req.query())
  const article = await database.workAtOnce(actor, (work) => articleFor(work, operatorId, id, language))
  return context.html(<Thanks visit={visit} article={article} asked={idFrom(asked)} said={said} />)
}

type Props = {
  visit: Visit
  article: { readonly id: string; readonly title: string; readonly language: Visit['locale'] }
  asked: string | undefined
  said: 'yes' | 'no' | 'missing'
}

function Thanks({ visit, article, asked, said }: Props) {
  const say = words(visit.locale)
  const title = say(said === 'yes' ? 'solved.thanks' : 'solved.sorry')
  const contact = new URLSearchParams({ article: article.title, ...(asked ? { asked } : {}) })
  return (
    <Shell visit={visit} title={title} current="help">
      <div class="narrow">
        <h1>{title}</h1>
        <p>{say(`solved.${said}Text`)}</p>
        {said === 'no' ? <Missing visit={visit} article={article} asked={asked} /> : null}
        <p class="actions">
          {said === 'yes' ? null : (
            <a class="button primary" href={visit.link(`/contact?${contact}`)}>
              {say('solved.contact')}
            </a>
          )}
          <a class="button" href={visit.link(articlePath(article.id))}>
            {say('solved.back')}
          </a>
          <a class="button" href={visit.link('/help')}>
            {say('solved.search')}
          </a>
        </p>
      </div>
    </Shell>
  )
}

function Missing({ visit, article, asked }: Pick<Props, 'visit' | 'article' | 'asked'>) {
  const say = words(visit.locale)
  return (
    <form class="paper" method="post" action={visit.link('/help/solved')}>
      <input type="hidden" name="article" value={article.id} />
      <input type="hidden" name="language" value={article.language} />
      {asked ? <input type="hidden" name="asked" value={asked} /> : null}
      <TextField
        locale={visit.locale}
        form={EMPTY}
        name="missing"
        label={say('solved.missing')}
        hint={say('solved.missingHint')}
        max={MISSING}
      />
      <button>{say('solved.send')}</button>
    </form>
  )
}
