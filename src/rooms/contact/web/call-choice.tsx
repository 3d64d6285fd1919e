import { Choice } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { fieldText } from '../../../ui/refusals.ts'
import type { Visit } from '../../../ui/visit.ts'
import { callWords, promisedText, waitText } from '../../callbacks/index.ts'
import type { CallOffer } from '../../callbacks/index.ts'
import { words } from '../messages/words.ts'

type Props = { visit: Visit; offers: readonly CallOffer[]; form: Filled }

/** Whether we shall call, with the wait of each kind of request before anything is chosen. Nothing where no calls are offered. */
export function CallChoice({ visit, offers, form }: Props) {
  const { locale } = visit
  const say = words(locale)
  const problem = form.problems['callConfirmed']
  if (offers.length === 0) return null
  return (
    <>
      <Choice
        locale={locale}
        form={form}
        name="call"
        label={say('call')}
        value="none"
        options={[
          { value: 'none', text: say('call.none') },
          { value: 'now', text: say('call.now') },
          { value: 'at', text: say('call.at') },
        ]}
      />
      <div class="field">
        {problem ? (
          <p class="problem" id="callConfirmed-problem">
            {fieldText(problem, locale)}
          </p>
        ) : null}
        <label class="choice">
          <input
            type="checkbox"
            id="callConfirmed"
            name="callConfirmed"
            value="yes"
            checked={form.values['callConfirmed'] === 'yes'}
            aria-describedby={problem ? 'callConfirmed-problem' : undefined}
          />{' '}
          {say('call.confirm')}
        </label>
      </div>
    </>
  )
}

/** How long it would take until we call, by kind of request and severity, and the first time that is free. */
export function CallWaits({ visit, offers }: Omit<Props, 'form'>) {
  const { locale, zone } = visit
  const say = callWords(locale)
  if (offers.length === 0) return null
  return (
    <>
      <h2>{say('offers.title')}</h2>
      <dl>
        {offers.map(({ type, waits, first }) => (
          <>
            <dt>{type.name[locale]}</dt>
            {waitLines(waits, visit).map((line) => (
              <dd>{line}</dd>
            ))}
            <dd class="hint">
              {first === undefined
                ? say('offers.noTimes')
                : say('offers.first', { moment: promisedText(first, locale, zone) })}
            </dd>
          </>
        ))}
      </dl>
    </>
  )
}

/** One line where every severity waits alike, else one for each. */
function waitLines(waits: CallOffer['waits'], { locale, zone }: Visit): readonly string[] {
  const texts = waits.map(({ told }) => waitText(told, locale, zone))
  if (new Set(texts).size <= 1) return [texts[0] ?? waitText({ kind: 'unknown' }, locale, zone)]
  return waits.map(({ severity }, i) => callWords(locale)('offers.severity', { severity, wait: texts[i] ?? '' }))
}
