import assert from 'node:assert/strict'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { waitReplay } from './wait-replay.ts'

async function replayed(input: string): Promise<{ code: number; output: string; errors: string }> {
  const [output, errors] = [new PassThrough(), new PassThrough()]
  const code = await waitReplay([], { input: Readable.from([Buffer.from(input)]), output, errors })
  output.end()
  errors.end()
  return { code, output: await text(output), errors: await text(errors) }
}

test('an answer a line, before the next line is there', async () => {
  const [input, output, errors] = [new PassThrough(), new PassThrough(), new PassThrough()]
  const done = waitReplay([], { input, output, errors })
  const answers = output[Symbol.asyncIterator]()
  input.write(
    '{"t":0,"type":"agents","queue":"phone","count":1}\n{"t":5,"type":"arrive","id":"Asta","queue":"phone"}\n',
  )
  const first: unknown = JSON.parse(String((await answers.next()).value))
  assert.deepEqual(first, { id: 'Asta', low: 0, expected: 0, high: 0 })
  input.end('{"t":5,"type":"start","id":"Asta"}\n{"t":9,"type":"arrive","id":"Bo","queue":"phone"}')
  const second = JSON.parse(String((await answers.next()).value)) as { id: string; expected: number }
  assert.equal(second.id, 'Bo')
  assert.ok(second.expected > 0)
  assert.equal(await done, 0)
})

test('lines that are no events are named by number and passed over', async () => {
  const { code, output, errors } = await replayed(
    [
      'nonsense',
      '{"t":"soon","type":"arrive","id":"a","queue":"q"}',
      '{"t":1,"type":"arrive","queue":"q"}',
      '{"t":1,"type":"dance","id":"a","queue":"q"}',
      '{"t":1,"type":"agents","queue":"q","count":-1}',
      '',
      '[1]',
      '{"t":2,"type":"arrive","id":7,"queue":"q","priority":"B"}',
      '{"t":1,"type":"end","id":"nobody","queue":"q"}',
      `{"t":3,"type":"arrive","id":"${'x'.repeat(20_000)}","queue":"q"}`,
    ].join('\n'),
  )
  assert.equal(code, 0)
  assert.deepEqual(
    output
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id),
    ['7'],
  )
  assert.deepEqual(
    [...errors.matchAll(/^line (\d+): (.*)$/gm)].map(([, number, why]) => `${number} ${why?.slice(0, 19)}`),
    [
      '1 not a JSON object',
      '2 "t" must be a number',
      '3 "id" must be a shor',
      '4 "type" must be agen',
      '5 "count" must be 0 o',
      '7 not a JSON object',
      '9 time goes backwards',
      '10 too long',
    ].map((line) => line.replace(/^(\d+) (.{0,19}).*$/, '$1 $2')),
  )
})
