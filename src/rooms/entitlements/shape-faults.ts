import { z } from 'zod'
import type { Fault } from './rules/fault.ts'

type RawIssue = Parameters<z.core.$ZodErrorMap>[0]

/** What a shape should have been, for somebody who writes YAML; undefined where the schema says it in its own words. */
export function inPlainWords(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return `is missing; give it ${nameOf(issue.expected)}`
      return `${nameOf(issue.expected)} expected, and this is ${nameOf(kindOf(issue.input))}${isUnquoted(issue) ? '; put it in quotes' : ''}`
    case 'invalid_value':
      if (issue.input === undefined) return `is missing; it is one of ${issue.values.join(', ')}`
      return `${written(issue.input)} is not one of ${issue.values.join(', ')}`
    case 'invalid_union':
      return issue.input === undefined
        ? 'is missing'
        : `${written(issue.input)} is not understood; ${alternatives(issue)}`
    case 'too_big':
      return `${sizeOf(issue)} too ${issue.origin === 'number' || issue.origin === 'int' ? 'large' : 'long'}: at most ${issue.maximum}${unitOf(issue)}`
    case 'too_small':
      return `${sizeOf(issue)} too ${issue.origin === 'number' || issue.origin === 'int' ? 'small' : 'short'}: at least ${issue.minimum}${unitOf(issue)}`
    case 'invalid_format':
      return `${written(issue.input)} is not ${FORMATS[issue.format] ?? 'written as it should be'}`
    case 'unrecognized_keys':
      return issue.inst instanceof z.ZodObject
        ? `the keys here are ${Object.keys(issue.inst.shape).join(', ')}`
        : undefined
    default:
      return undefined
  }
}

/**
 * Issues as faults; a key that is not known is at its own place, with the keys there are. Of what is not even of its kind, the
 * length does not matter.
 */
export function asFaults(error: z.ZodError): readonly Fault[] {
  const ofWrongKind = new Set(
    error.issues.filter(({ code }) => code === 'invalid_type').map(({ path }) => path.join('.')),
  )
  const issues = error.issues.filter(({ code, path }) => !isLength(code) || !ofWrongKind.has(path.join('.')))
  return issues.flatMap((issue): readonly Fault[] => {
    const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)))
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ path: [...path, key], message: `there is no key "${key}"; ${issue.message}` }))
    if (issue.code === 'invalid_key')
      return issue.issues.map(({ message }) => ({ path, message: `${written(path.at(-1))}: ${message}` }))
    return [{ path, message: issue.message }]
  })
}

function isLength(code: string): boolean {
  return code === 'too_big' || code === 'too_small'
}

const FORMATS: Readonly<Record<string, string>> = {
  date: 'a date such as 2026-12-24',
  email: 'an e-mail address',
  url: 'an address such as https://example.com/help',
  regex: 'written as it should be',
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'keys and values',
  record: 'keys and values',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  null: 'nothing',
}

function nameOf(kind: string): string {
  return KINDS[kind] ?? kind
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
}

/** YAML reads 123 and true as they look; text that looks so is quoted. */
function isUnquoted({ expected, input }: { readonly expected: string; readonly input?: unknown }): boolean {
  return expected === 'string' && (typeof input === 'number' || typeof input === 'boolean')
}

function written(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

function alternatives({ errors }: { readonly errors: readonly (readonly { readonly message: string }[])[] }): string {
  return errors.flatMap((ways) => ways.slice(0, 1).map(({ message }) => message)).join(', or ')
}

function sizeOf({ input }: RawIssue): string {
  return typeof input === 'number' ? `${input} is` : 'it is'
}

function unitOf({ origin }: { readonly origin: string }): string {
  return origin === 'string' ? ' in characters' : origin === 'array' ? ' in the list' : ''
}
