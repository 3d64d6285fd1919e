import type { Locale } from '../../../base/locale.ts'
import { nameOfLanguage } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import type { TaughtRow } from '../../evidence/index.ts'
import { articlePath } from '../../self-help/index.ts'
import type { Found } from '../../self-help/index.ts'
import { words } from '../messages/words.ts'

type Props = {
  visit: Visit
  question: string
  language: Locale
  q: string
  found: readonly Found[]
  taught: readonly TaughtRow[]
}

/** Which article answers a question that people did not find answered. */
export function TeachPage({ visit, question, language, q, found, taught }: Props) {
  const { locale } = visit
  const say = words(locale)
  const isTaught = (id: string) => taught.some((one) => one.articleId === id && one.phrase === question)
  return (
    <Shell visit={visit} title={say('teachTitle')} current="queue">
      <h1>{say('teachTitle')}</h1>
      <p>{say('teachText')}</p>
      <p class="lead">
        <span lang={language}>{question}</span> <small>({nameOfLanguage(language, locale)})</small>
      </p>
      <form class="search" method="get" action={visit.link('/agent/answers/teach')} role="search">
        <div class="field">
          <label for="q">{say('findArticle')}</label>
          <input id="q" name="q" type="search" maxlength={200} value={q || undefined} />
        </div>
        <input type="hidden" name="question" value={question} />
        <input type="hidden" name="language" value={language} />
        <button>{say('find')}</button>
      </form>
      <h2>{say('candidates')}</h2>
      {found.length === 0 ? <p>{say('noCandidates')}</p> : null}
      <ul class="cards">
        {found.map(({ id, title, passage }) => (
          <li lang={language === locale ? undefined : language}>
            <h3>
              <a href={visit.link(articlePath(id))}>{title}</a>
            </h3>
            <p>{passage}</p>
            {isTaught(id) ? (
              <p lang={locale}>
                <strong>{say('isTaught')}</strong>
              </p>
            ) : (
              <TeachButton visit={visit} act="teach" of={{ question, phrase: '', language, article: id, title }} />
            )}
          </li>
        ))}
      </ul>
      <h2>{say('taught')}</h2>
      {taught.length === 0 ? <p>{say('nothingTaught')}</p> : null}
      <ul>
        {taught.map(({ phrase, articleId }) => (
          <li>
            <span lang={language}>{phrase}</span> → <a href={visit.link(articlePath(articleId))}>{articleId}</a>{' '}
            <TeachButton
              visit={visit}
              act="withdraw"
              of={{ question, phrase, language, article: articleId, title: phrase }}
            />
          </li>
        ))}
      </ul>
      <p>
        <a href={visit.link(`/agent/answers?language=${language}`)}>{say('toAnswers')}</a>
      </p>
    </Shell>
  )
}

function TeachButton({
  visit,
  act,
  of: { question, phrase, language, article, title },
}: {
  visit: Visit
  act: 'teach' | 'withdraw'
  of: {
    readonly question: string
    readonly phrase: string
    readonly language: Locale
    readonly article: string
    readonly title: string
  }
}) {
  const say = words(visit.locale)
  return (
    <form class="inline" method="post" action={visit.link('/agent/answers/teach')} lang={visit.locale}>
      <input type="hidden" name="question" value={question} />
      <input type="hidden" name="phrase" value={phrase} />
      <input type="hidden" name="language" value={language} />
      <input type="hidden" name="article" value={article} />
      <button
        class={act === 'withdraw' ? 'quiet' : undefined}
        name="act"
        value={act}
        aria-label={say(act === 'teach' ? 'teachIt' : 'withdrawIt', { title })}
      >
        {say(act === 'teach' ? 'teachThis' : 'withdraw')}
      </button>
    </form>
  )
}
