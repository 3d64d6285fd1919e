import { z } from 'zod'
import type { Context } from 'hono'
import { newId } from '../../../base/ids.ts'
import { optionalText, read } from '../../../api/read.ts'
import { Refused } from '../../../base/refused.ts'
import { readForm } from '../../../ui/forms.ts'
import type { Env } from '../../../ui/visit.ts'
import { WORD_LIMIT } from '../limits.ts'
import type { Said } from '../mark-step.ts'
import { MARKS } from '../rules/marking.ts'
import { anchorOf } from './checklists.tsx'
import type { StepForm } from './checklists.tsx'

const saidSchema = z.object({
  step: z.string().max(40).default(''),
  mark: z.enum(MARKS),
  word: optionalText(WORD_LIMIT),
  key: z.string().max(60).default(''),
})

/**
 * Reads what was sent about a step of a checklist and has it said; answers what was said, or the form with what is wrong with it. A refusal that is
 * not about this step is thrown on.
 */
export async function saying(
  context: Context<Env>,
  checklist: string,
  say: (said: Said) => Promise<void>,
): Promise<
  | { readonly said: Said; readonly values: StepForm['values'] }
  | { readonly form: StepForm; readonly status: 403 | 409 | 422 }
> {
  const { values } = await readForm(context)
  try {
    const { step, mark, word, key } = read(saidSchema, values)
    const said = { checklistId: checklist, stepId: step, mark, word, key: key || newId() }
    await say(said)
    return { said, values }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const form = { checklist, step: values['step'] ?? '', values, problems: error.fields }
    if (Object.keys(error.fields).length > 0) return { form: { ...form, refused: undefined }, status: 422 }
    if (error.code === 'step-gone') return { form: { ...form, refused: error }, status: 409 }
    if (error.code === 'step-not-yours' || error.code === 'add-on-missing')
      return { form: { ...form, refused: error }, status: 403 }
    throw error
  }
}

/** The rest of the address of the page that says what was said. */
export function saidPath({ mark, checklistId, stepId }: Said): string {
  const query = new URLSearchParams({ said: mark, list: checklistId, step: stepId })
  return `?${query}#${anchorOf(checklistId, stepId)}`
}
