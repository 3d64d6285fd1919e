import type { Filled } from '../../../ui/fields.tsx'
import { fieldText } from '../../../ui/refusals.ts'
import type { Visit } from '../../../ui/visit.ts'
import { words } from '../messages/words.ts'

/** Somebody says that he can be reached on the number above. */
export function CallConfirm({ visit: { locale }, form }: { visit: Visit; form: Filled }) {
  const problem = form.problems['callConfirmed']
  return (
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
        {words(locale)('call.confirm')}
      </label>
    </div>
  )
}
