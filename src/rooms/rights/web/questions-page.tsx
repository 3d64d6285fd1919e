import { ProblemList, TextArea } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { momentText } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import type { PersonRow } from '../../people/index.ts'
import type { ColleagueQuestion } from '../colleagues.ts'
import { words } from '../messages/words.ts'
import { ToChecklists, Ways } from './people-page.tsx'

type Props = {
  visit: Visit
  form: Filled
  said: string | undefined
  person: PersonRow
  questions: readonly ColleagueQuestion[]
  checklists: boolean
}

/** What colleagues wanted to ask us: for administrators to send or decline; for everybody else, what became of their own. */
export function QuestionsPage({ visit, form, said, person, questions, checklists }: Props) {
  const say = words(visit.locale)
  const decides = person.roles.length > 0 && person.partnerId === null
  return (
    <Shell visit={visit} title={say(decides ? 'questions' : 'ownQuestions')}>
      <div class="narrow">
        <h1>{say(decides ? 'questions' : 'ownQuestions')}</h1>
        <Ways visit={visit} current="questions" />
        <ToChecklists visit={visit} checklists={checklists} />
        {said === 'asked' || said === 'declined' ? (
          <p class="notice" role="status">
            {say(`said.${said}`)}
          </p>
        ) : null}
        {questions.length === 0 ? <p>{say(decides ? 'questionsNone' : 'ownQuestionsNone')}</p> : null}
        <ul class="people">
          {questions.map((question) => (
            <li class="paper">
              <Question visit={visit} form={form} question={question} decides={decides} />
            </li>
          ))}
        </ul>
      </div>
    </Shell>
  )
}

function Question({
  visit,
  form,
  question,
  decides,
}: {
  visit: Visit
  form: Filled
  question: ColleagueQuestion
  decides: boolean
}) {
  const { locale, zone } = visit
  const say = words(locale)
  const { questionId, title, description, askedByName, askedAt, decision, word, caseNumber } = question
  return (
    <>
      <h2>{title}</h2>
      <p class="hint">{say('askedBy', { name: askedByName, at: momentText(askedAt, locale, zone) })}</p>
      <div class="text">{description}</div>
      {decision === 'sent' ? (
        <p>
          <strong>{say('wasSent')}</strong>{' '}
          {decides && caseNumber ? <a href={visit.link(`/cases/${caseNumber}`)}>{caseNumber}</a> : caseNumber}
        </p>
      ) : null}
      {decision === 'declined' ? (
        <p>
          <strong>{say('wasDeclined')}</strong> {word}
        </p>
      ) : null}
      {decision === null && decides ? (
        <>
          <p>
            <a class="button primary" href={visit.link(`/contact?draft=${questionId}`)}>
              {say('sendQuestion')}
            </a>
          </p>
          <Declining visit={visit} form={form} questionId={questionId} />
        </>
      ) : null}
      {decision === null && !decides ? <p>{say('waits')}</p> : null}
    </>
  )
}

function Declining({ visit, form, questionId }: { visit: Visit; form: Filled; questionId: string }) {
  const { locale } = visit
  const say = words(locale)
  const mine: Filled = form.values['question'] === questionId ? form : { values: {}, problems: {} }
  return (
    <details open={Object.keys(mine.problems).length > 0}>
      <summary>{say('decline')}</summary>
      <form method="post" action={visit.link('/organization/questions/decline')} novalidate>
        <ProblemList locale={locale} form={mine} labels={{ word: say('word') }} />
        <input type="hidden" name="question" value={questionId} />
        <TextArea
          locale={locale}
          form={mine}
          name="word"
          label={say('word')}
          hint={say('wordHint')}
          rows={3}
          required
          max={2000}
        />
        <button>{say('declineNow')}</button>
      </form>
    </details>
  )
}
