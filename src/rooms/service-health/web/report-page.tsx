import { ProblemList, Select, TextArea, TextField } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import type { Service } from '../../entitlements/index.ts'
import { LIMITS } from '../limits.ts'
import { words } from '../messages/words.ts'
import { writtenMoment } from '../read-moment.ts'

type Props = { visit: Visit; form: Filled; services: readonly Service[]; now: Temporal.Instant }

/** What somebody noticed and found listed nowhere: the symptom, since when, how many. */
export function ReportPage({ visit, form, services, now }: Props) {
  const { locale, zone } = visit
  const say = words(locale)
  const labels = { service: say('service'), symptom: say('symptom'), since: say('since'), people: say('people') }
  return (
    <Shell visit={visit} title={say('reportTitle')} current="health">
      <p class="hint">
        <a href={visit.link('/health')}>{say('title')}</a>
      </p>
      <h1>{say('reportTitle')}</h1>
      <p>{say('reportIntro')}</p>
      <form method="post" action={visit.link('/health/report')} novalidate class="paper">
        <ProblemList locale={locale} form={form} labels={labels} />
        <Select
          locale={locale}
          form={form}
          name="service"
          label={labels.service}
          required
          empty={say('choose')}
          groups={[
            { label: labels.service, options: services.map(({ id, name }) => ({ value: id, text: name[locale] })) },
          ]}
        />
        <TextArea
          locale={locale}
          form={form}
          name="symptom"
          label={labels.symptom}
          hint={say('symptomHint')}
          rows={4}
          required
          max={LIMITS.symptom}
        />
        <TextField
          locale={locale}
          form={form}
          name="since"
          label={labels.since}
          type="datetime-local"
          value={writtenMoment(now, zone)}
          required
        />
        <TextField locale={locale} form={form} name="people" label={labels.people} type="number" value="1" required />
        <button class="primary">{say('reportSend')}</button>
      </form>
      <p>
        <a href={visit.link('/contact')}>{say('contactInstead')}</a>
      </p>
    </Shell>
  )
}
