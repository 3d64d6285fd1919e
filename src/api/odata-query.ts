import { checkFilter, matches, orderOf } from './odata-match.ts'
import type { Members } from './odata-match.ts'
import { ODataError, parseFilter } from './odata-filter.ts'
import type { Filter } from './odata-filter.ts'

/** What a list of objects is asked for, by the query of its address. */
export type ODataQuery = {
  readonly filter: Filter | undefined
  readonly orderBy: readonly { readonly names: readonly string[]; readonly descending: boolean }[]
  /** Members to answer with; undefined for all. */
  readonly select: readonly string[] | undefined
  readonly expand: readonly string[]
  readonly top: number | undefined
  readonly skip: number
  readonly skipToken: string | undefined
  readonly count: boolean
}

export type Askable = {
  /** What may be filtered and sorted by. */
  readonly shape: Members
  /** What may be asked for in addition. */
  readonly expandable?: readonly string[]
}

const OPTIONS = ['$filter', '$orderby', '$select', '$expand', '$top', '$skip', '$skiptoken', '$count'] as const
type Option = (typeof OPTIONS)[number]

const QUERY_LIMIT = 8000
const VALUE_LIMIT = 2000
const NAMES_LIMIT = 50

/**
 * Reads the query of an address, with or without its `?`: `$` or `%24`, blanks as `+` or `%20`. Options without `$` are somebody
 * else's. Throws an `ODataError` that names option and place, also for options that are not known here.
 */
export function readODataQuery(query: string, { shape, expandable = [] }: Askable): ODataQuery {
  const options = optionsIn(query.replace(/^\?/, ''))
  const filter = options.has('$filter') ? parseFilter(options.get('$filter') ?? '') : undefined
  if (filter) checkFilter(filter, shape)
  return {
    filter,
    orderBy: namesIn('$orderby', options).map((one) => orderIn(one, shape)),
    select: options.has('$select') ? selected(namesIn('$select', options)) : undefined,
    expand: namesIn('$expand', options).map(({ text, at }) => {
      if (!expandable.includes(text)) throw new ODataError('$expand', at, `"${text}" cannot be expanded.`)
      return text
    }),
    top: numberIn('$top', options),
    skip: numberIn('$skip', options) ?? 0,
    skipToken: options.get('$skiptoken'),
    count: booleanIn('$count', options),
  }
}

function optionsIn(query: string): ReadonlyMap<Option, string> {
  if (query.length > QUERY_LIMIT)
    throw new ODataError('query', QUERY_LIMIT, `at most ${QUERY_LIMIT} characters are read.`)
  const options = new Map<Option, string>()
  for (const part of query.split('&').filter(Boolean)) {
    const [, written = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(part) ?? []
    const name = decoded(written, 'query')
    if (!name.startsWith('$')) continue
    const option = OPTIONS.find((one) => one === name.toLowerCase())
    if (!option) throw new ODataError(name.slice(0, 40), 0, 'this option is not known here.')
    if (options.has(option)) throw new ODataError(option, 0, 'it is there twice.')
    const text = decoded(value, option)
    if (text.length > VALUE_LIMIT)
      throw new ODataError(option, VALUE_LIMIT, `at most ${VALUE_LIMIT} characters are read.`)
    options.set(option, text)
  }
  return options
}

function decoded(written: string, option: string): string {
  try {
    return decodeURIComponent(written.replaceAll('+', ' '))
  } catch {
    throw new ODataError(option, 0, 'it is not encoded as an address is.')
  }
}

type Named = { readonly text: string; readonly at: number }

/** What stands between the commas, without blanks around. */
function namesIn(option: Option, options: ReadonlyMap<Option, string>): readonly Named[] {
  const value = options.get(option)
  if (value === undefined) return []
  const parts = value.split(',')
  if (parts.length > NAMES_LIMIT) throw new ODataError(option, 0, `at most ${NAMES_LIMIT} names are read.`)
  let start = 0
  return parts.map((part) => {
    const at = start + part.length - part.trimStart().length
    start += part.length + 1
    if (part.trim() === '') throw new ODataError(option, at, 'a name was expected.')
    return { text: part.trim(), at }
  })
}

function orderIn({ text, at }: Named, shape: Members): ODataQuery['orderBy'][number] {
  const [, path = '', direction = 'asc'] = /^(\S+)(?:\s+(asc|desc))?$/i.exec(text) ?? []
  const names = path.split('/')
  let found: Members[`members`][string] | undefined = shape
  for (const name of names)
    found =
      typeof found === 'object' && 'members' in found && Object.hasOwn(found.members, name)
        ? found.members[name]
        : undefined
  if (typeof found !== 'string') throw new ODataError('$orderby', at, `"${text.slice(0, 40)}" cannot be sorted by.`)
  return { names, descending: direction.toLowerCase() === 'desc' }
}

const MEMBER = /^[\p{L}_@][\p{L}\p{N}_.@]*$/u

function selected(names: readonly Named[]): readonly string[] | undefined {
  for (const { text, at } of names)
    if (text !== '*' && !MEMBER.test(text)) throw new ODataError('$select', at, `"${text.slice(0, 40)}" is no name.`)
  return names.some(({ text }) => text === '*') ? undefined : names.map(({ text }) => text)
}

function numberIn(option: Option, options: ReadonlyMap<Option, string>): number | undefined {
  const text = options.get(option)
  if (text === undefined) return undefined
  if (!/^\d{1,9}$/.test(text)) throw new ODataError(option, 0, 'a whole number, 0 or above, was expected.')
  return Number(text)
}

function booleanIn(option: Option, options: ReadonlyMap<Option, string>): boolean {
  const text = options.get(option)
  if (text !== undefined && !/^(true|false)$/i.test(text))
    throw new ODataError(option, 0, 'true or false was expected.')
  return text?.toLowerCase() === 'true'
}

export type ODataPage<T> = {
  readonly value: readonly Partial<T>[]
  /** How many there are without pages, when that was asked. */
  readonly count: number | undefined
  /** The query of the next page, without `?`; undefined on the last one. */
  readonly next: string | undefined
}

/**
 * One page of a list that is at hand as a whole: filtered, sorted (by itself where nothing is said), cut and narrowed. `$top` is
 * what the caller wants in all, `pageSize` what he gets at once.
 */
export function pageOf<T extends object>(
  all: readonly T[],
  { asked, query, pageSize }: { readonly asked: ODataQuery; readonly query: string; readonly pageSize: number },
): ODataPage<T> {
  const { filter, orderBy, skip, top, select } = asked
  const found = filter ? all.filter((one) => matches(filter, one)) : all
  const wanted = sorted(found, orderBy).slice(skip, top === undefined ? undefined : skip + top)
  const shown = wanted.slice(0, pageSize)
  return {
    value: select ? shown.map((one) => narrowed(one, select)) : shown,
    count: asked.count ? found.length : undefined,
    next: wanted.length > pageSize ? nextQuery(query, asked, pageSize) : undefined,
  }
}

function sorted<T extends object>(list: readonly T[], orderBy: ODataQuery['orderBy']): readonly T[] {
  if (orderBy.length === 0) return list
  return list.toSorted((one, other) => {
    for (const { names, descending } of orderBy) {
      const [left, right] = [valueAt(one, names), valueAt(other, names)]
      const order =
        left === null || right === null ? Number(left !== null) - Number(right !== null) : orderOf(left, right)
      if (order) return descending ? -order : order
    }
    return 0
  })
}

function valueAt(object: unknown, names: readonly string[]): unknown {
  return (
    names.reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined,
      object,
    ) ?? null
  )
}

function narrowed<T extends object>(object: T, select: readonly string[]): Partial<T> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => select.includes(name))) as Partial<T>
}

/** The same query further on: what was skipped, and what is left of what was wanted. */
function nextQuery(query: string, { skip, top }: ODataQuery, pageSize: number): string {
  const kept = query
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => part !== '' && !/^(\$|%24)(skip|top)=/i.test(part))
  const left = top === undefined ? [] : [`$top=${top - pageSize}`]
  return [...kept, ...left, `$skip=${skip + pageSize}`].join('&')
}

const MOST_A_PAGE = 1000

/** How many a page: what the header `Prefer: odata.maxpagesize=…` asks for, up to a thousand, else the usual. */
export function pageSizeIn(prefer: string | undefined, usual: number): number {
  const wanted = Number(/(?:^|[,;\s])odata\.maxpagesize\s*=\s*"?(\d{1,9})/i.exec(prefer ?? '')?.[1] ?? usual)
  return wanted === 0 ? usual : Math.min(wanted, MOST_A_PAGE)
}
