import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { lanes } from './lanes.ts'

type Pending = { readonly place: string; readonly end: (hung: boolean) => void }

/** Rides that end when the story says so. */
function story(options: Partial<Parameters<typeof lanes>[0]> = {}) {
  let at = 0
  const { ride } = lanes({ most: 4, perPlace: 2, rest: { seconds: 30, longest: 100 }, now: () => at, ...options })
  const going: Pending[] = []
  return {
    going,
    pass: (seconds: number) => (at += seconds * 1000),
    start: (place: string) =>
      ride(
        place,
        () =>
          new Promise<boolean>((ended) => {
            const pending = { place, end: (hung: boolean) => (going.splice(going.indexOf(pending), 1), ended(hung)) }
            going.push(pending)
          }),
        (hung) => hung,
      ),
  }
}

const places = (going: readonly Pending[]) => going.map(({ place }) => place).join('')

test('a place that hangs has two lanes at most; what is for others goes by', async () => {
  const { going, start } = story()
  const rides = ['a', 'a', 'a', 'a', 'a', 'b'].map(start)
  await turn()
  assert.equal(places(going), 'aab')
  going[2]?.end(false)
  assert.deepEqual(await rides[5], { kind: 'done', answer: false })
})

test('who hung rests: those who wait for it are sent away at once, with how long; then it is tried again', async () => {
  const { going, start, pass } = story()
  const rides = ['a', 'a', 'a'].map(start)
  await turn()
  going[0]?.end(true)
  assert.deepEqual(await rides[0], { kind: 'done', answer: true })
  assert.deepEqual(await rides[2], { kind: 'resting', seconds: 30 })
  going[0]?.end(true)
  await rides[1]
  assert.deepEqual(await start('a'), { kind: 'resting', seconds: 60 })
  pass(60)
  const again = start('a')
  await turn()
  going[0]?.end(true)
  await again
  assert.deepEqual(await start('a'), { kind: 'resting', seconds: 100 })
  pass(100)
  const well = start('a')
  await turn()
  going[0]?.end(false)
  await well
  const next = start('a')
  await turn()
  assert.equal(places(going), 'a')
  going[0]?.end(false)
  assert.deepEqual(await next, { kind: 'done', answer: false })
})

test('whatever comes in whatever order: never more than allowed, and everybody is answered', async () => {
  const step = fc.oneof(
    fc.constantFrom('a', 'b', 'c', 'd', 'e').map((place) => ({ place })),
    fc.record({ end: fc.nat(10), hung: fc.boolean() }),
    fc.constant('turn' as const),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const { going, start } = story()
      const rides: Promise<unknown>[] = []
      const hold = () => {
        assert.ok(going.length <= 4)
        for (const place of 'abcde') assert.ok(going.filter((one) => one.place === place).length <= 2)
      }
      for (const one of steps) {
        if (one === 'turn') await turn()
        else if ('place' in one) rides.push(start(one.place))
        else going[one.end % Math.max(1, going.length)]?.end(one.hung)
        hold()
      }
      for (await turn(); going.length > 0; await turn()) going[0]?.end(false)
      await Promise.all(rides)
    }),
  )
})

test('an act that throws gives its lane back', async () => {
  const { ride } = lanes({ most: 1, perPlace: 1, rest: { seconds: 1, longest: 1 } })
  await assert.rejects(
    ride(
      'a',
      () => Promise.reject(new Error('broken')),
      () => false,
    ),
    /broken/,
  )
  assert.deepEqual(
    await ride(
      'a',
      () => Promise.resolve(7),
      () => false,
    ),
    { kind: 'done', answer: 7 },
  )
})
