/**
 * `$filter` of OData 4, as far as clients of service communications and of support requests use it: comparisons, `and`, `or`,
 * `not`, parentheses, `any`. Pure: text in, a tree out; what the names mean is asked by `checkFilter`.
 */
export type Filter =
  | { readonly kind: 'compare'; readonly path: Path; readonly operator: Operator; readonly value: Literal }
  /** A name by itself: true when its value is. */
  | { readonly kind: 'holds'; readonly path: Path }
  | { readonly kind: 'both' | 'either'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'not'; readonly of: Filter }
  /** Whether an element of a list holds; without a condition, whether there is one. */
  | { readonly kind: 'any'; readonly path: Path; readonly each?: { readonly name: string; readonly of: Filter } }

/** Names from the outermost to the innermost, as `a/b/c`; empty for the element of a list itself. `of` names whose element. */
export type Path = { readonly names: readonly string[]; readonly of?: string; readonly at: number }

export const OPERATORS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const
export type Operator = (typeof OPERATORS)[number]

/** A moment is kept as it was written: bare, it is one; quoted, it is a string until it is compared with one. */
export type Literal =
  | { readonly type: 'string' | 'moment'; readonly value: string; readonly at: number }
  | { readonly type: 'number'; readonly value: number; readonly at: number }
  | { readonly type: 'boolean'; readonly value: boolean; readonly at: number }
  | { readonly type: 'null'; readonly value: null; readonly at: number }

/** What is wrong with an OData query, in words for who writes the client: in English, like the protocol. */
export class ODataError extends Error {
  /** The option it is about, such as `$filter`. */
  readonly option: string
  /** Characters of the option's value before the place, after it was decoded. */
  readonly at: number

  constructor(option: string, at: number, what: string) {
    super(`${option}, character ${at + 1}: ${what}`)
    this.name = 'ODataError'
    this.option = option
    this.at = at
  }
}

const LENGTH_LIMIT = 2000
const DEPTH_LIMIT = 16
const OPTION = '$filter'

/** Reads the value of `$filter`, decoded. Throws an `ODataError` that names the place. */
export function parseFilter(text: string): Filter {
  if (text.length > LENGTH_LIMIT) throw wrong(LENGTH_LIMIT, `at most ${LENGTH_LIMIT} characters are read.`)
  const reader: Reader = { tokens: tokensOf(text), next: 0, end: text.length, elements: [], depth: 0 }
  const filter = either(reader)
  const rest = peek(reader)
  if (rest) throw wrong(rest.at, `"and", "or" or the end was expected, not "${rest.text}".`)
  return filter
}

// ---- Words

type Token = { readonly kind: 'word' | 'text' | 'mark'; readonly text: string; readonly at: number }

/** Words hold names, numbers and moments: what is what is known by where it stands. */
const TOKEN = /\s+|('(?:[^']|'')*')|([(),/]|:(?!\d))|([\p{L}_@$\d.+-](?:[\p{L}\p{N}_.@$+-]|:\d)*)/uy
const SHOWN = 20

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length;) {
    const at = TOKEN.lastIndex
    const match = TOKEN.exec(text)
    if (!match) {
      const what = text[at] === "'" ? 'the string has no end.' : `"${text.slice(at, at + SHOWN)}" is not understood.`
      throw wrong(at, what)
    }
    const [, quoted, mark, word] = match
    if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.slice(1, -1).replaceAll("''", "'"), at })
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark, at })
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, at })
  }
  return tokens
}

// ---- Sentences: either = both or both ..., both = one and one ..., one = not one | (either) | comparison

type Reader = {
  readonly tokens: readonly Token[]
  next: number
  readonly end: number
  /** Names of list elements that may be used here, the innermost last. */
  readonly elements: string[]
  depth: number
}

function either(reader: Reader): Filter {
  let left = both(reader)
  while (takeWord(reader, 'or')) left = { kind: 'either', left, right: both(reader) }
  return left
}

function both(reader: Reader): Filter {
  let left = one(reader)
  while (takeWord(reader, 'and')) left = { kind: 'both', left, right: one(reader) }
  return left
}

function one(reader: Reader): Filter {
  const first = peek(reader)
  if (++reader.depth > DEPTH_LIMIT) throw wrong(first?.at ?? reader.end, `at most ${DEPTH_LIMIT} levels are read.`)
  try {
    if (takeWord(reader, 'not')) return { kind: 'not', of: one(reader) }
    if (!takeMark(reader, '(')) return comparison(reader)
    const inner = either(reader)
    expectMark(reader, ')')
    return inner
  } finally {
    reader.depth--
  }
}

function comparison(reader: Reader): Filter {
  const { path, isList } = pathOf(reader)
  if (isList) return anyOf(reader, path)
  const operator = OPERATORS.find((name) => takeWord(reader, name))
  if (operator) return { kind: 'compare', path, operator, value: literalOf(reader) }
  const after = peek(reader)
  if (after && after.kind !== 'mark' && !/^(and|or)$/i.test(after.text))
    throw wrong(after.at, `one of ${OPERATORS.join(' ')} was expected, not "${after.text.slice(0, SHOWN)}".`)
  return { kind: 'holds', path }
}

function anyOf(reader: Reader, path: Path): Filter {
  expectMark(reader, '(')
  if (takeMark(reader, ')')) return { kind: 'any', path }
  const { text: name, at } = takeName(reader)
  if (reader.elements.includes(name)) throw wrong(at, `"${name}" stands for an element already.`)
  expectMark(reader, ':')
  reader.elements.push(name)
  const of = either(reader)
  reader.elements.pop()
  expectMark(reader, ')')
  return { kind: 'any', path, each: { name, of } }
}

/** A name, or several divided by slashes; `isList` when the last one was `any`, which is no name. */
function pathOf(reader: Reader): { readonly path: Path; readonly isList: boolean } {
  const first = takeName(reader)
  const names = [first.text]
  let isList = false
  while (!isList && takeMark(reader, '/')) {
    const { text } = takeName(reader)
    isList = text === 'any' && peek(reader)?.text === '('
    if (!isList) names.push(text)
  }
  const { at } = first
  const isElement = reader.elements.includes(first.text)
  return { path: isElement ? { names: names.slice(1), of: first.text, at } : { names, at }, isList }
}

const NAME = /^[\p{L}_@][\p{L}\p{N}_.@]*$/u
const RESERVED = /^(and|or|not|eq|ne|gt|ge|lt|le|null|true|false)$/i

function takeName(reader: Reader): Token {
  const token = peek(reader)
  if (token?.kind !== 'word' || !NAME.test(token.text) || RESERVED.test(token.text)) throw expected(reader, 'a name')
  reader.next++
  return token
}

const NUMBER = /^-?\d{1,15}(\.\d{1,6})?$/
const MOMENT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/i

function literalOf(reader: Reader): Literal {
  const token = peek(reader)
  if (!token || token.kind === 'mark') throw expected(reader, 'a value')
  reader.next++
  const { kind, text, at } = token
  if (kind === 'text') return { type: 'string', value: text, at }
  if (/^(true|false)$/i.test(text)) return { type: 'boolean', value: text.toLowerCase() === 'true', at }
  if (/^null$/i.test(text)) return { type: 'null', value: null, at }
  if (NUMBER.test(text)) return { type: 'number', value: Number(text) + 0, at }
  if (MOMENT.test(text) && instantIn(text)) return { type: 'moment', value: text, at }
  throw wrong(at, `"${text.slice(0, SHOWN)}" is no value: strings stand between ' and '.`)
}

/** A moment as OData writes it; a date is its beginning in UTC. Undefined when it is none. */
export function instantIn(text: string): Temporal.Instant | undefined {
  if (!MOMENT.test(text)) return undefined
  try {
    return Temporal.Instant.from(text.length === 10 ? `${text}T00:00Z` : text)
  } catch {
    return undefined
  }
}

function peek({ tokens, next }: Reader): Token | undefined {
  return tokens[next]
}

function takeWord(reader: Reader, word: string): boolean {
  const token = peek(reader)
  const found = token?.kind === 'word' && token.text.toLowerCase() === word
  if (found) reader.next++
  return found
}

function takeMark(reader: Reader, mark: string): boolean {
  const token = peek(reader)
  const found = token?.kind === 'mark' && token.text === mark
  if (found) reader.next++
  return found
}

function expectMark(reader: Reader, mark: string): void {
  if (!takeMark(reader, mark)) throw expected(reader, `"${mark}"`)
}

function expected(reader: Reader, what: string): ODataError {
  const token = peek(reader)
  return wrong(
    token?.at ?? reader.end,
    `${what} was expected, not ${token ? `"${token.text.slice(0, SHOWN)}"` : 'the end'}.`,
  )
}

function wrong(at: number, what: string): ODataError {
  return new ODataError(OPTION, at, what)
}

// ---- Written again

/** A filter as text that reads as the same filter. */
export function filterText(filter: Filter): string {
  switch (filter.kind) {
    case 'compare':
      return `${pathText(filter.path)} ${filter.operator} ${literalText(filter.value)}`
    case 'holds':
      return pathText(filter.path)
    case 'both':
      return `${grouped(filter.left, ['either'])} and ${grouped(filter.right, ['either', 'both'])}`
    case 'either':
      return `${filterText(filter.left)} or ${grouped(filter.right, ['either'])}`
    case 'not':
      return `not ${grouped(filter.of, ['both', 'either'])}`
    case 'any':
      return `${pathText(filter.path)}/any(${filter.each ? `${filter.each.name}:${filterText(filter.each.of)}` : ''})`
  }
}

function grouped(filter: Filter, kinds: readonly Filter['kind'][]): string {
  return kinds.includes(filter.kind) ? `(${filterText(filter)})` : filterText(filter)
}

function pathText({ names, of }: Path): string {
  return [...(of === undefined ? [] : [of]), ...names].join('/')
}

function literalText({ type, value }: Literal): string {
  return type === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)
}
