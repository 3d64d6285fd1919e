import { instantIn, ODataError } from './odata-filter.ts'
import type { Filter, Literal, Operator, Path } from './odata-filter.ts'

/**
 * What may be filtered and sorted by, and what each name holds. `word` is a member of a closed list, which has no order. A list holds elements of one shape; an object's members are reached by `a/b`.
 */
export type Shape = 'string' | 'word' | 'number' | 'boolean' | 'moment' | { readonly list: Shape } | Members
export type Members = { readonly members: Readonly<Record<string, Shape>> }

/** Refuses a filter that asks for a name that there is not, or compares it with what it never is. Throws an `ODataError`. */
export function checkFilter(filter: Filter, shape: Members): void {
  check(filter, { shape, elements: new Map() })
}

type Known = { readonly shape: Members; readonly elements: ReadonlyMap<string, Shape> }

function check(filter: Filter, known: Known): void {
  switch (filter.kind) {
    case 'compare':
      return checkComparison(filter, shapeAt(filter.path, known))
    case 'holds':
      if (shapeAt(filter.path, known) === 'boolean') return
      throw wrong(filter.path, 'is compared with nothing.')
    case 'both':
    case 'either':
      check(filter.left, known)
      return check(filter.right, known)
    case 'not':
      return check(filter.of, known)
    case 'any': {
      const shape = shapeAt(filter.path, known)
      if (typeof shape === 'string' || !('list' in shape)) throw wrong(filter.path, 'is no list.')
      if (!filter.each) return
      check(filter.each.of, { ...known, elements: new Map([...known.elements, [filter.each.name, shape.list]]) })
    }
  }
}

const FITTING: Record<Extract<Shape, string>, readonly Literal['type'][]> = {
  string: ['string', 'null'],
  word: ['string', 'null'],
  number: ['number', 'null'],
  boolean: ['boolean', 'null'],
  moment: ['moment', 'string', 'null'],
}

function checkComparison({ path, value, operator }: Filter & { readonly kind: 'compare' }, shape: Shape): void {
  if (typeof shape !== 'string') throw wrong(path, 'is not one value; ask for one of its members, or for any.')
  const fits = FITTING[shape].includes(value.type) && (shape !== 'moment' || isMoment(value))
  if (!fits) throw new ODataError('$filter', value.at, `a ${shape === 'word' ? 'string' : shape} was expected.`)
  if (operator !== 'eq' && operator !== 'ne' && (shape === 'boolean' || shape === 'word'))
    throw wrong(path, 'is compared by eq and ne only.')
}

function isMoment(value: Literal): boolean {
  return value.type === 'null' || (typeof value.value === 'string' && instantIn(value.value) !== undefined)
}

function shapeAt(path: Path, { shape, elements }: Known): Shape {
  const start = path.of === undefined ? shape : elements.get(path.of)
  const found = path.names.reduce<Shape | undefined>(
    (at, name) =>
      at && typeof at !== 'string' && 'members' in at && Object.hasOwn(at.members, name) ? at.members[name] : undefined,
    start,
  )
  if (!found) throw wrong(path, 'cannot be filtered by.')
  return found
}

function wrong({ names, of, at }: Path, what: string): ODataError {
  return new ODataError('$filter', at, `"${[...(of === undefined ? [] : [of]), ...names].join('/')}" ${what}`)
}

/**
 * Whether an object is one that a checked filter asks for. Members that are absent are like null: equal to null, unequal to
 * everything else, neither before nor after anything. Moments may be instants or texts; texts are compared in any case, because
 * clients write members of closed lists each in their own.
 */
export function matches(filter: Filter, object: object): boolean {
  return holds(filter, object, new Map())
}

function holds(filter: Filter, object: unknown, elements: ReadonlyMap<string, unknown>): boolean {
  switch (filter.kind) {
    case 'compare':
      return compares(valueAt(filter.path, object, elements), filter.operator, filter.value)
    case 'holds':
      return valueAt(filter.path, object, elements) === true
    case 'both':
      return holds(filter.left, object, elements) && holds(filter.right, object, elements)
    case 'either':
      return holds(filter.left, object, elements) || holds(filter.right, object, elements)
    case 'not':
      return !holds(filter.of, object, elements)
    case 'any': {
      const list = valueAt(filter.path, object, elements)
      if (!Array.isArray(list)) return false
      const { each } = filter
      if (!each) return list.length > 0
      return list.some((element) => holds(each.of, object, new Map([...elements, [each.name, element as unknown]])))
    }
  }
}

function valueAt({ names, of }: Path, object: unknown, elements: ReadonlyMap<string, unknown>): unknown {
  return names.reduce(memberOf, of === undefined ? object : elements.get(of))
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined
}

function compares(value: unknown, operator: Operator, { value: wanted }: Literal): boolean {
  const order = orderOf(value ?? null, wanted)
  switch (operator) {
    case 'eq':
      return order === 0
    case 'ne':
      return order !== 0
    case 'gt':
      return order !== undefined && order > 0
    case 'ge':
      return order !== undefined && order >= 0 && wanted !== null
    case 'lt':
      return order !== undefined && order < 0
    case 'le':
      return order !== undefined && order <= 0 && wanted !== null
  }
}

/** Below, at or above 0 as one value comes before, with or after the other; undefined when neither is true. */
export function orderOf(one: unknown, other: unknown): number | undefined {
  if (one === null || other === null) return one === other ? 0 : undefined
  const [left, right] = [instantOf(one), instantOf(other)]
  if (left && right) return Temporal.Instant.compare(left, right)
  if (typeof one === 'string' && typeof other === 'string') return ordered(one.toLowerCase(), other.toLowerCase())
  if (typeof one === 'number' && typeof other === 'number') return ordered(one, other)
  if (typeof one === 'boolean' && typeof other === 'boolean') return ordered(Number(one), Number(other))
  return undefined
}

function ordered<T extends string | number>(one: T, other: T): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function instantOf(value: unknown): Temporal.Instant | undefined {
  return value instanceof Temporal.Instant ? value : typeof value === 'string' ? instantIn(value) : undefined
}
