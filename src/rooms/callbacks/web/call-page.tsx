import { Choice, ProblemList, Select, TextField } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { zoneText } from '../../../ui/moments.ts'
import { fieldText } from '../../../ui/refusals.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import { spokenNumber } from '../../cases/index.ts'
import { words } from '../messages/words.ts'
import type { CallChoice } from '../promise-call.ts'
import { spokenPhone } from '../../../ui/phone.ts'
import { slotGroups, waitText } from './wait-text.ts'

/** Asking for a call, or for another time or number. */
export function CallPage({ visit, form, choice }: { visit: Visit; form: Filled; choice: CallChoice }) {
  const { locale, zone } = visit
  const { found, call, offered, slots, forecast, charter, now } = choice
  const say = words(locale)
  const wait = waitText(forecast?.said ?? { kind: 'unknown' }, locale, zone)
  const phone = spokenPhone(call?.phone ?? found.contactPhone ?? '')
  const back = visit.link(`/cases/${found.number}`)
  const groups = slotGroups(slots, locale, zone)
  return (
    <Shell visit={visit} title={say('ask.title')} current="cases">
      <div class="narrow">
        <p class="hint">
          <a href={back}>{say('ask.back')}</a> · {spokenNumber(found.number)}
        </p>
        <h1>{say('ask.title')}</h1>
        {offered ? (
          <form method="post" action={visit.link(`/cases/${found.number}/call`)} novalidate class="paper">
            <ProblemList
              locale={locale}
              form={form}
              labels={{
                when: say('ask.when'),
                slot: say('ask.slot'),
                phone: say('ask.phone'),
                confirmed: say('ask.confirm'),
              }}
            />
            <Choice
              locale={locale}
              form={form}
              name="when"
              label={say('ask.when')}
              required
              value={groups.length > 0 ? 'at' : 'now'}
              options={[
                { value: 'now', text: say('ask.now', { wait }) },
                { value: 'at', text: say('ask.at') },
              ]}
            />
            {groups.length > 0 ? (
              <Select
                locale={locale}
                form={form}
                name="slot"
                label={say('ask.slot')}
                hint={say('ask.slotHint', { zone: zoneText(now, locale, zone), minutes: charter.calls.slotMinutes })}
                empty={say('ask.chooseSlot')}
                groups={groups}
              />
            ) : (
              <p class="hint" id="slot">
                {say('ask.noSlots')}
              </p>
            )}
            <TextField
              locale={locale}
              form={form}
              name="phone"
              label={say('ask.phone')}
              hint={say('ask.phoneHint')}
              type="tel"
              autocomplete="tel"
              required
              value={phone}
              max={40}
            />
            <Confirm visit={visit} form={form} label={say('ask.confirm')} />
            <button class="primary">{say('ask.send')}</button>
          </form>
        ) : (
          <p class="notice">{say('ask.notOffered')}</p>
        )}
      </div>
    </Shell>
  )
}

/** Somebody says that he can be reached there. */
function Confirm({ visit, form, label }: { visit: Visit; form: Filled; label: string }) {
  const problem = form.problems['confirmed']
  return (
    <div class="field">
      {problem ? (
        <p class="problem" id="confirmed-problem">
          {fieldText(problem, visit.locale)}
        </p>
      ) : null}
      <label class="choice">
        <input
          type="checkbox"
          id="confirmed"
          name="confirmed"
          value="yes"
          checked={form.values['confirmed'] === 'yes'}
          aria-describedby={problem ? 'confirmed-problem' : undefined}
        />{' '}
        {label}
      </label>
      {/* Of two with a name the first counts: without the tick this one is sent. */}
      <input type="hidden" name="confirmed" value="no" />
    </div>
  )
}
