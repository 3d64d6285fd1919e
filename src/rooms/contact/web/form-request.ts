import type { FieldProblems } from '../../../base/refused.ts'
import type { Filled } from '../../../ui/fields.tsx'
import type { Visit } from '../../../ui/visit.ts'
import type { Charter } from '../../entitlements/index.ts'

/** The form's flat fields as the request both doors read: the topic names its support type, answers are prefixed. */
export function requestFrom(values: Readonly<Record<string, string>>, charter: Charter, visit: Visit): unknown {
  const answers = charter.impactQuestions.flatMap(({ id }) =>
    values[`impact-${id}`] ? [[id, values[`impact-${id}`]]] : [],
  )
  const supportType = typeIn(values, charter)
  const prefix = `answer-${supportType}-`
  const own = Object.entries(values).filter(([name, answer]) => name.startsWith(prefix) && answer !== '')
  return {
    title: values['title'],
    description: values['description'],
    supportType: supportType || undefined,
    answers: Object.fromEntries(own.map(([name, answer]) => [name.slice(prefix.length), answer])),
    scope: values[`scope-${supportType}`] || undefined,
    contest: values[`contest-${supportType}`] ?? '',
    subscriptionId: values['subscription'] || undefined,
    topic: values['topic'],
    impact: Object.fromEntries(answers) as unknown,
    businessImpact: values['businessImpact'] ?? '',
    contact: {
      method: wantsCall(values) ? 'phone' : values['method'],
      phone: values['phone'] ?? '',
      email: values['email'],
    },
    language: visit.locale,
  }
}

/** Problems under the names the form's fields have. */
export function formProblems(fields: FieldProblems, type: string): FieldProblems {
  const renamed: Record<string, FieldProblems[string]> = {}
  for (const [path, problem] of Object.entries(fields)) {
    const name = path
      .replace(/^contact\./, '')
      .replace(/^impact\./, 'impact-')
      .replace(/^answers\./, `answer-${type}-`)
      .replace(/^(scope|contest)$/, `$1-${type}`)
      .replace(/^subscriptionId$/, 'subscription')
      .replace(/^supportType$/, 'topic')
    renamed[name] ??= problem
  }
  return renamed
}

/** Whether the form asks for a call, and not only for an answer by phone. */
export function wantsCall({ method }: Filled['values']): boolean {
  return method === 'now' || method === 'at'
}

/** The support type a form is about: that of its topic. */
export function typeIn(values: Filled['values'], charter: Charter): string {
  return charter.topics.find(({ id }) => id === values['topic'])?.supportType ?? ''
}
