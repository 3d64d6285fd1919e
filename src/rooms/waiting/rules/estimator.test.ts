import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { estimateOf, follow, newWaits, readWaits, written } from '../index.ts'
import type { Ask, WaitEvent, Waits } from '../index.ts'
import { chance } from './chance.ts'
import { learnHandling, unknownHandling } from './handling.ts'
import { lookAhead, waitsAt } from './lookahead.ts'
import { SCENARIOS } from './scenarios.ts'
import { scored } from './score.ts'
import { simulated } from './simulator.ts'
import { unknownStaffing } from './staffing.ts'

type Said = { readonly id: string; readonly low: number; readonly expected: number; readonly high: number }

function play(events: readonly WaitEvent[], waits: Waits = newWaits()): readonly Said[] {
  return events.flatMap((event) => {
    const estimate = follow(waits, event)
    return estimate && event.type === 'arrive' ? [{ id: event.id, ...estimate }] : []
  })
}

/** Anything that may come down the line: also ends without starts, two who are one, moments out of order, nobody at work. */
const anyEvents: fc.Arbitrary<readonly WaitEvent[]> = fc
  .array(
    fc.record({
      gap: fc.double({ min: -20, max: 4000, noNaN: true }),
      type: fc.constantFrom('agents', 'arrive', 'arrive', 'start', 'start', 'end', 'end', 'abandon'),
      queue: fc.constantFrom('a', 'a', 'b'),
      id: fc.integer({ min: 0, max: 25 }),
      count: fc.integer({ min: 0, max: 5 }),
      priority: fc.constantFrom(undefined, 1, 2, 'A'),
    }),
    { maxLength: 150 },
  )
  .map((all) => {
    let t = 0
    return all.map(({ gap, type, queue, id, count, priority }): WaitEvent => {
      t += gap
      return type === 'agents'
        ? { t, type, queue, count }
        : { t, type: type as 'arrive', id: `v${id}`, queue, priority }
    })
  })

test('whatever comes down the line, a range is in order, never negative and never endless', () => {
  fc.assert(
    fc.property(anyEvents, (events) => {
      for (const { low, expected, high } of play(events)) {
        assert.ok(low >= 0 && low <= expected && expected <= high, `${low} ${expected} ${high}`)
        assert.ok(Number.isFinite(high))
      }
    }),
    { numRuns: 300 },
  )
})

test('what is said depends on the past alone', () => {
  fc.assert(
    fc.property(anyEvents, anyEvents, fc.nat(150), (events, others, at) => {
      const past = events.slice(0, at)
      const said = play(past)
      assert.deepEqual(play([...past, ...others]).slice(0, said.length), said)
    }),
    { numRuns: 100 },
  )
})

test('names of visits do not matter', () => {
  fc.assert(
    fc.property(anyEvents, (events) => {
      const renamed = events.map((event) => (event.type === 'agents' ? event : { ...event, id: `x${event.id}y` }))
      assert.deepEqual(
        play(renamed).map(({ id, ...rest }) => ({ id: id.slice(1, -1), ...rest })),
        play(events),
      )
    }),
    { numRuns: 100 },
  )
})

test('kept as text and read again, it goes on as if nothing had been', () => {
  fc.assert(
    fc.property(anyEvents, anyEvents, (before, after) => {
      const waits = newWaits()
      play(before, waits)
      const again = readWaits(written(waits))
      assert.ok(again)
      const [left, right] = [play(after, waits), play(after, again)]
      for (const [index, { id, low, expected, high }] of left.entries()) {
        const other = right[index]!
        assert.equal(other.id, id)
        for (const [a, b] of [
          [low, other.low],
          [expected, other.expected],
          [high, other.high],
        ] as const)
          assert.ok(Math.abs(a - b) <= 1e-4 * (1 + Math.abs(a)), `${a} ${b}`)
      }
    }),
    { numRuns: 100 },
  )
})

test('text that is not ours, or of another version, is not read', () => {
  assert.equal(readWaits('nonsense'), undefined)
  assert.equal(readWaits('{"version":0}'), undefined)
})

test('nobody waits for an agent who is free', () => {
  const waits = newWaits()
  const said = play(
    [
      { t: 0, type: 'agents', queue: 'phone', count: 2 },
      { t: 10, type: 'arrive', id: 'Asta', queue: 'phone', priority: undefined },
      { t: 10, type: 'start', id: 'Asta', queue: 'phone', priority: undefined },
      { t: 20, type: 'arrive', id: 'Bo', queue: 'phone', priority: undefined },
      { t: 20, type: 'start', id: 'Bo', queue: 'phone', priority: undefined },
      { t: 30, type: 'arrive', id: 'Liv', queue: 'phone', priority: undefined },
    ],
    waits,
  )
  assert.deepEqual(
    said.slice(0, 2).map(({ high }) => high),
    [0, 0],
  )
  assert.ok(said[2]!.expected > 0)
})

test('with more ahead the wait is not shorter, with more agents not longer', () => {
  const handling = unknownHandling()
  const random = chance(7)
  for (let count = 0; count < 500; count++) learnHandling(handling, 300 * Math.exp(random() - 0.5))
  const middle = (agents: number, ahead: number): number => {
    const elapsed = Array.from({ length: agents }, (_, index) => 40 * index)
    const habits = {
      pause: 0,
      overtaking: 0,
      overtakingLater: 0,
      leaving: 0,
      ownLeaving: 0,
      staffing: unknownStaffing(),
    }
    const plans = [[1, { period: 0, steps: [] }]] as const
    return waitsAt(lookAhead({ now: 0, agents, elapsed, ahead, handling, plans, ...habits }), [0.5])[0]!
  }
  for (let agents = 1; agents < 9; agents++)
    for (let ahead = 0; ahead < 120; ahead++) {
      // Few paths are a little rough: a hundredth is forgiven.
      assert.ok(middle(agents, ahead + 3) >= middle(agents, ahead) * 0.99, `${agents} ${ahead}`)
      if (ahead > 0) assert.ok(middle(agents + 1, ahead) <= middle(agents, ahead) * 1.01, `${agents} ${ahead}`)
    }
})

test('a look ahead comes to an end, whatever was learned', () => {
  const situation = {
    now: 4.79e-276,
    agents: 1,
    elapsed: [],
    ahead: 2,
    pause: 0,
    leaving: 0,
    ownLeaving: 0,
    staffing: unknownStaffing(),
    plans: [[1, { period: 0, steps: [] }]] as const,
  }
  const strange = { ...unknownHandling(), count: 9, weight: 9, mean: -303, variance: 15_887 }
  for (const handling of [unknownHandling(), strange])
    for (const overtaking of [1e-9, 1, 1000, 1e12])
      for (const now of [situation.now, 0, 1.8e9]) {
        const { waits } = lookAhead({ ...situation, now, handling, overtaking, overtakingLater: overtaking })
        assert.ok(waits.every((wait) => wait >= 0 && wait <= 28 * 86_400))
      }
})

/** A morning on which everybody waits: the high priority number is served first. */
test('which priority goes first is learned, not assumed', () => {
  const higher = SCENARIOS.find(({ first }) => first === 'higher')!
  const waits = newWaits()
  play(
    simulated(higher).filter(({ t }) => t < 3.45 * 86_400),
    waits,
  )
  assert.equal(waits.order.higher > waits.order.lower, true)
  const ask = (priority: number): Ask => ({ t: waits.now, queue: 'phone', who: { priority } })
  assert.ok(estimateOf(waits, ask(9)).expected <= estimateOf(waits, ask(5)).expected)
})

test('a closed line waits for the opening of the day before', () => {
  const waits = newWaits()
  const hour = 3600
  const day: WaitEvent[] = [
    { t: 9 * hour, type: 'agents', queue: 'phone', count: 3 },
    ...Array.from({ length: 60 }, (_, index): WaitEvent[] => {
      const [t, id] = [10 * hour + index * 300, `c${index}`]
      return (['arrive', 'start', 'end'] as const).map((type, step) => ({
        t: t + (step === 2 ? 240 : 0),
        type,
        id,
        queue: 'phone',
        priority: undefined,
      }))
    }).flat(),
    { t: 17 * hour, type: 'agents', queue: 'phone', count: 0 },
  ]
  play([{ t: 0, type: 'agents', queue: 'phone', count: 0 }, ...day], waits)
  const evening = estimateOf(waits, { t: 20 * hour, queue: 'phone', who: { priority: undefined } })
  assert.ok(Math.abs(evening.expected - 13 * hour) < hour, String(evening.expected))
  // Told when it opens, it does not have to guess.
  const opening = { at: 32 * hour, agents: 3 }
  const told = estimateOf(waits, { t: 20 * hour, queue: 'phone', who: { priority: undefined }, opening })
  assert.ok(Math.abs(told.expected - 12 * hour) < 600, String(told.expected))
})

test('whoever is in line hears of a shorter wait as the line moves', () => {
  const waits = newWaits()
  const visit = (t: number, type: 'arrive' | 'start' | 'end', id: string): WaitEvent => ({
    t,
    type,
    id,
    queue: 'phone',
    priority: undefined,
  })
  play([{ t: 0, type: 'agents', queue: 'phone', count: 1 }], waits)
  for (let count = 0; count < 30; count++)
    play(
      [
        visit(count * 300, 'arrive', `e${count}`),
        visit(count * 300, 'start', `e${count}`),
        visit(count * 300 + 299, 'end', `e${count}`),
      ],
      waits,
    )
  play(
    [
      visit(9000, 'arrive', 'first'),
      visit(9000, 'start', 'first'),
      visit(9001, 'arrive', 'second'),
      visit(9002, 'arrive', 'Asta'),
    ],
    waits,
  )
  const asks: Ask = { t: 9002, queue: 'phone', who: { id: 'Asta' } }
  const early = estimateOf(waits, asks)
  play([visit(9300, 'end', 'first'), visit(9300, 'start', 'second')], waits)
  assert.ok(estimateOf(waits, { ...asks, t: 9300 }).expected < early.expected)
})

test('better than every plain formula on a scenario of each kind, with a range that keeps its word', () => {
  for (const name of ['three priorities, lower first', 'two queues share their agents', 'callers give up']) {
    const { error, formulaErrors, coverage } = scored(simulated(SCENARIOS.find((one) => one.name === name)!))
    for (const [formula, other] of Object.entries(formulaErrors)) assert.ok(error < other, `${name}: ${formula}`)
    assert.ok(coverage > 0.75 && coverage < 0.85, `${name}: ${coverage}`)
  }
})
