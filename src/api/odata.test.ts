import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { filterText, instantIn, ODataError, OPERATORS, parseFilter } from './odata-filter.ts'
import type { Filter, Literal, Operator } from './odata-filter.ts'
import { checkFilter, matches } from './odata-match.ts'
import type { Members } from './odata-match.ts'
import { pageOf, pageSizeIn, readODataQuery } from './odata-query.ts'
import type { ODataPage } from './odata-query.ts'

const SHAPE: Members = {
  members: {
    id: 'string',
    title: 'string',
    status: 'word',
    number: 'number',
    isResolved: 'boolean',
    startDateTime: 'moment',
    services: { list: 'string' },
    posts: { list: { members: { kind: 'word', createdDateTime: 'moment' } } },
    viewPoint: { members: { isRead: 'boolean' } },
  },
}

const faultOf = (act: () => unknown): { option: string; at: number; message: string } => {
  try {
    act()
  } catch (error) {
    if (error instanceof ODataError) return error
    throw error
  }
  return assert.fail('nothing was refused')
}

// ---- The wire, as it was seen from clients

test('what clients were seen to send is understood', () => {
  for (const query of [
    '?$filter=status%20ne%20%27serviceOperational%27&$top=5',
    "%24filter=services/any(c:c+eq+'Exchange+Online')",
    '$filter=startDateTime ge 2026-01-01T00:00:00Z and isResolved eq false',
    "$filter=startDateTime+gt+'2026-01-01T00:00:00.000Z'",
    '$filter=(isResolved)or(not (status eq null))&$orderby=startDateTime%20desc,title&$count=true&$skip=10',
    "$filter=posts/any(p:p/kind eq 'regular' and p/createdDateTime lt 2026-06-15)&$select=id,title&$expand=posts",
    '$filter=viewPoint/isRead eq false&$skiptoken=abc&api-version=2020-04-01',
  ])
    readODataQuery(query, { shape: SHAPE, expandable: ['posts'] })
})

test('a name may be called like a word of the language inside another, and words are written in any case', () => {
  assert.deepEqual(parseFilter('android EQ 1 AND NOT notes eq 2'), {
    kind: 'both',
    left: {
      kind: 'compare',
      path: { names: ['android'], at: 0 },
      operator: 'eq',
      value: { type: 'number', value: 1, at: 11 },
    },
    right: {
      kind: 'not',
      of: {
        kind: 'compare',
        path: { names: ['notes'], at: 21 },
        operator: 'eq',
        value: { type: 'number', value: 2, at: 30 },
      },
    },
  })
})

test('and binds more than or, not binds most', () => {
  const grouped = (text: string) => filterText(parseFilter(text))
  assert.equal(grouped('a or b and c'), 'a or b and c')
  assert.equal(grouped('(a or b) and c'), '(a or b) and c')
  assert.equal(grouped('(a or (b)) or (c)'), 'a or b or c')
  assert.equal(grouped('a or (b or c)'), 'a or (b or c)')
  assert.equal(grouped('not a and b'), 'not a and b')
  assert.equal(grouped('not (a and b)'), 'not (a and b)')
})

test('each mistake names the option and the character', () => {
  const at = (filter: string) => faultOf(() => checkFilter(parseFilter(filter), SHAPE)).at
  assert.equal(at("title eq 'x"), 9)
  assert.equal(at("title is 'x'"), 6)
  assert.equal(at("title eq 'x' title"), 13)
  assert.equal(at('title eq x'), 9)
  assert.equal(at('(title eq 1'), 11)
  assert.equal(at(''), 0)
  assert.equal(at("nothing eq 'x'"), 0)
  assert.equal(at('title eq 1'), 9)
  assert.equal(at("number eq 2 and startDateTime gt 'soon'"), 33)
  assert.equal(at("number eq 2 and status gt 'x'"), 16)
  assert.equal(at('title'), 0)
  assert.equal(at("services eq 'x'"), 0)
  assert.equal(at("title/any(x:x eq 'x')"), 0)
  assert.equal(at("services/any(x:x/y eq 'x')"), 15)
  assert.equal(at("services/any(x:x eq 'x'"), 23)
  assert.equal(at("services/any(x:posts/any(x:x/kind eq 'x'))"), 25)
  assert.equal(at("contains(title,'x')"), 8)
  assert.equal(at('startDateTime gt 2026-02-30T00:00:00Z'), 17)
  assert.equal(at("constructor eq 'x'"), 0)
  assert.equal(at('viewPoint eq null'), 0)
  assert.equal(at(`number eq 1 ${'or number eq 1 '.repeat(200)}`), 2000)
  assert.equal(faultOf(() => parseFilter(`${'('.repeat(17)}a${')'.repeat(17)}`)).at, 16)
  assert.equal(faultOf(() => parseFilter(`${'not '.repeat(17)}a`)).at, 64)
  const query = (text: string) => faultOf(() => readODataQuery(text, { shape: SHAPE })).message
  assert.match(query('$top=-1'), /^\$top, character 1: a whole number/)
  assert.match(query('$top=1&%24top=2'), /^\$top, character 1: it is there twice/)
  assert.match(query('$search=x'), /^\$search, character 1: this option is not known/)
  assert.match(query('$orderby=title, services desc'), /^\$orderby, character 8: "services desc" cannot be sorted/)
  assert.match(query('$expand=posts'), /^\$expand, character 1: "posts" cannot be expanded/)
  assert.match(query('$select=id,,title'), /^\$select, character 4: a name was expected/)
  assert.match(query('$filter=%zz'), /^\$filter, character 1: it is not encoded/)
  assert.match(query('$count=1'), /true or false/)
  assert.match(query(`$select=${'a,'.repeat(60)}a`), /at most 50 names/)
  assert.match(query(`x=${'a'.repeat(9000)}`), /at most 8000 characters/)
})

// ---- Properties: whatever is written again reads as the same; the evaluator agrees with a plainer one

const name = fc.constantFrom('id', 'title', 'number', 'isResolved', 'a', 'Österreich', '名称')
const moment = fc
  .integer({ min: 0, max: 4_000_000_000 })
  .map((seconds) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toString())
const literal: fc.Arbitrary<Literal> = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }).map((value) => ({ type: 'string', value, at: 0 }) as const),
  moment.map((value) => ({ type: 'moment', value, at: 0 }) as const),
  fc
    .integer({ min: -1_000_000, max: 1_000_000 })
    .map((value) => ({ type: 'number', value: value / 1000 + 0, at: 0 }) as const),
  fc.boolean().map((value) => ({ type: 'boolean', value, at: 0 }) as const),
  fc.constant({ type: 'null', value: null, at: 0 } as const),
)

function filterOf(elements: readonly string[], depth: number): fc.Arbitrary<Filter> {
  const plain = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => ({ names, at: 0 }))
  const ofElement = fc.tuple(fc.constantFrom(...elements, ''), fc.array(name, { maxLength: 2 }))
  const path =
    elements.length === 0
      ? plain
      : fc.oneof(
          plain,
          ofElement.filter(([of]) => of !== '').map(([of, names]) => ({ names, of, at: 0 })),
        )
  const compare = fc.record({
    kind: fc.constant('compare' as const),
    path,
    operator: fc.constantFrom(...OPERATORS),
    value: literal,
  })
  const simple = fc.oneof(
    compare,
    path.map((one) => ({ kind: 'holds' as const, path: one })),
  )
  if (depth === 0) return simple
  const inner = filterOf(elements, depth - 1)
  const element = `x${depth}`
  return fc.oneof(
    simple,
    fc.record({ kind: fc.constantFrom('both' as const, 'either' as const), left: inner, right: inner }),
    inner.map((of) => ({ kind: 'not' as const, of })),
    path.map((one) => ({ kind: 'any' as const, path: one })),
    fc
      .tuple(path, filterOf([...elements, element], depth - 1))
      .map(([one, of]) => ({ kind: 'any' as const, path: one, each: { name: element, of } })),
  )
}

/** Where something stood is not what it says. */
function withoutPlaces(filter: Filter): unknown {
  return JSON.parse(JSON.stringify(filter, (key, value: unknown) => (key === 'at' ? undefined : value)))
}

const filters = filterOf([], 3)

test('a filter written as text reads as the same filter', () => {
  fc.assert(
    fc.property(filters, (filter) => {
      const text = filterText(filter)
      fc.pre(text.length <= 2000)
      assert.deepEqual(withoutPlaces(parseFilter(text)), withoutPlaces(filter))
      assert.equal(filterText(parseFilter(`  ${text}\t`)), text)
    }),
    { numRuns: 500 },
  )
})

test('any text at all is a filter or is refused with a place in it', () => {
  const words = fc.constantFrom('(', ')', ' ', 'and', 'or', 'not', 'eq', "'", 'any', '/', 'x:', 'title', '1', 'T10:00')
  const noise = fc.oneof(
    fc.string(),
    fc.array(words, { maxLength: 30 }).map((parts) => parts.join(' ')),
  )
  fc.assert(
    fc.property(noise, (text) => {
      try {
        parseFilter(text)
        readODataQuery(text, { shape: SHAPE })
      } catch (error) {
        assert.ok(error instanceof ODataError, String(error))
        assert.ok(error.at >= 0 && error.at <= Math.max(text.length, 0))
      }
    }),
    { numRuns: 500 },
  )
})

/** An evaluator as the standard reads: three values, each list written out, moments as their milliseconds. */
function reference(filter: Filter, object: unknown, elements: Readonly<Record<string, unknown>>): boolean {
  const value = (path: { names: readonly string[]; of?: string }) => {
    let at = path.of === undefined ? object : elements[path.of]
    for (const one of path.names)
      at = at === null || typeof at !== 'object' ? undefined : (at as Record<string, unknown>)[one]
    return at ?? null
  }
  switch (filter.kind) {
    case 'both':
      return [filter.left, filter.right].every((one) => reference(one, object, elements))
    case 'either':
      return [filter.left, filter.right].some((one) => reference(one, object, elements))
    case 'not':
      return !reference(filter.of, object, elements)
    case 'holds':
      return value(filter.path) === true
    case 'any': {
      const list = value(filter.path)
      const { each } = filter
      return (
        Array.isArray(list) &&
        list.filter((one) => !each || reference(each.of, object, { ...elements, [each.name]: one })).length > 0
      )
    }
    case 'compare': {
      const momentOf = (one: unknown) =>
        one instanceof Temporal.Instant ? one : typeof one === 'string' ? instantIn(one) : undefined
      const one = value(filter.path)
      const other = filter.value.value
      if (one === null || other === null)
        return filter.operator === 'ne' ? one !== other : filter.operator === 'eq' && one === other
      // Two moments are compared as moments, everything else as what it is.
      const moments = [momentOf(one), momentOf(other)].map((at) => at?.epochMilliseconds)
      const plain = [one, other].map((each) => (typeof each === 'string' ? each.toLowerCase() : each))
      const [left = 0, right = 0] = (moments.includes(undefined) ? plain : moments) as number[]
      const [kind, otherKind] = [typeof left, typeof right]
      if (kind !== otherKind || kind === 'object') return filter.operator === 'ne'
      const meant: Record<Operator, boolean> = {
        eq: left === right,
        ne: left !== right,
        gt: left > right,
        ge: left >= right,
        lt: left < right,
        le: left <= right,
      }
      return meant[filter.operator]
    }
  }
}

const value = fc.oneof(
  literal.map((one) => one.value),
  moment.map((one) => Temporal.Instant.from(one)),
  fc.constant(undefined),
)
const objects = fc.dictionary(
  name,
  fc.oneof(value, fc.array(fc.oneof(value, fc.dictionary(name, value)), { maxLength: 3 }), fc.dictionary(name, value)),
)

test('the evaluator agrees with a plainer one on every filter and object', () => {
  fc.assert(
    fc.property(filters, objects, (filter, object) => {
      assert.equal(matches(filter, object), reference(filter, object, {}))
    }),
    { numRuns: 2000 },
  )
})

test('a text that happens to be a moment is compared with any other text as a text', () => {
  assert.ok(matches(parseFilter("title lt '2'"), { title: '1970-01-01T00:00:00Z' }))
})

test('moments are compared as moments, however they are written; words in any case', () => {
  const object = { startDateTime: '2026-06-15T10:00:00+02:00', status: 'serviceDegradation', services: ['Mail'] }
  const is = (filter: string) => matches(parseFilter(filter), object)
  assert.ok(is('startDateTime eq 2026-06-15T08:00:00Z'))
  assert.ok(is("startDateTime le '2026-06-15T08:00:00.000Z'"))
  assert.ok(is('startDateTime gt 2026-06-15'))
  assert.ok(is("status eq 'ServiceDegradation' and services/any(s:s eq 'mail')"))
  assert.ok(is('endDateTime eq null and not (endDateTime ge null) and endDateTime ne 2026-06-15'))
})

// ---- Pages

const LIST = Array.from({ length: 25 }, (_, at) => ({
  id: `MO${String(at).padStart(2, '0')}`,
  number: at % 5,
  isResolved: at % 2 === 0,
}))

/** Follows the links of a list to its end. */
function walked(query: string, pageSize: number) {
  const pages: ODataPage<(typeof LIST)[number]>[] = []
  for (let next: string | undefined = query; next !== undefined;) {
    const page: ODataPage<(typeof LIST)[number]> = pageOf(LIST, {
      asked: readODataQuery(next, { shape: SHAPE }),
      query: next,
      pageSize,
    })
    pages.push(page)
    next = page.next
  }
  return pages
}

test('following the links gives everything once, in order, whatever the pages', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
      fc.integer({ min: 0, max: 30 }),
      fc.boolean(),
      (pageSize, top, skip, descending) => {
        const order = `$orderby=number+${descending ? 'desc' : 'asc'},id`
        const query = [
          order,
          '%24filter=isResolved%20eq%20true',
          `$skip=${skip}`,
          ...(top === undefined ? [] : [`$top=${top}`]),
        ].join('&')
        const expected = LIST.filter(({ isResolved }) => isResolved)
          .toSorted((one, other) => (descending ? -1 : 1) * (one.number - other.number) || (one.id < other.id ? -1 : 1))
          .slice(skip, top === undefined ? undefined : skip + top)
        const pages = walked(query, pageSize)
        assert.deepEqual(
          pages.flatMap(({ value: shown }) => shown),
          expected,
        )
        assert.ok(pages.every(({ value: shown }) => shown.length <= pageSize))
      },
    ),
  )
})

test('$count counts what the filter leaves, $select narrows, absent members come first', () => {
  const query = '$count=true&$select=id&$filter=number lt 1&$top=2'
  const page = pageOf(LIST, { asked: readODataQuery(query, { shape: SHAPE }), query, pageSize: 100 })
  assert.deepEqual(page, { value: [{ id: 'MO00' }, { id: 'MO05' }], count: 5, next: undefined })
  const some = [{ number: 2 }, {}, { number: 1 }]
  const by = (order: string) => {
    const sorting = `$orderby=number ${order}`
    return pageOf(some, { asked: readODataQuery(sorting, { shape: SHAPE }), query: sorting, pageSize: 9 }).value
  }
  assert.deepEqual(by('asc'), [{}, { number: 1 }, { number: 2 }])
  assert.deepEqual(by('desc'), [{ number: 2 }, { number: 1 }, {}])
})

test('a client may ask for smaller or greater pages, up to a thousand', () => {
  assert.equal(pageSizeIn(undefined, 100), 100)
  assert.equal(pageSizeIn('odata.maxpagesize=7', 100), 7)
  assert.equal(pageSizeIn('respond-async, odata.maxpagesize=5000', 100), 1000)
  assert.equal(pageSizeIn('odata.maxpagesize=0', 100), 100)
  assert.equal(pageSizeIn('odata.maxpagesize=-1', 100), 100)
})
