import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GRAM, inverter } from './inverting.ts'
import type { Indexed } from './inverting.ts'
import { findCandidates, rank } from './ranking.ts'
import type { Question } from './ranking.ts'
import { gramsOf, gramsOfBeginning } from './tokens.ts'

/** An article of made-up words: its title, and its sections with the heading first. */
function article(number: number, title: string, ...sections: readonly string[]) {
  const [intro = '', ...others] = sections
  const outline = {
    title: title.split(' '),
    headings: [[], ...others.map((one) => one.split(': ')[0]?.split(' ') ?? [])],
  }
  const counts: Record<string, [number, number, number, number, number]> = {}
  const add = (text: string, field: 0 | 1 | 3, bit: number) => {
    for (const word of text.split(' ').filter(Boolean)) {
      const count = (counts[word] ??= [0, 0, 0, 0, 0])
      count[field] += 1
      count[4] |= bit
    }
  }
  add(title, 0, 0)
  add(intro, 3, 1)
  others.forEach((one, at) => {
    const [heading = '', text = ''] = one.split(': ')
    add(heading, 1, 2 << at)
    add(text, 3, 2 << at)
  })
  const lengths = ([0, 1, 2, 3] as const).map((field) =>
    Object.values(counts).reduce((sum, count) => sum + count[field], 0),
  ) as [number, number, number, number]
  return { number, title, counts, lengths, outline }
}

function ask(
  articles: readonly (Indexed & { outline: { title: string[]; headings: string[][] } })[],
  q: string,
  names: readonly string[] = [],
) {
  const lists = inverter([3, 3, 0, 10])
  articles.forEach((one) => lists.add(one))
  const rows = new Map([...lists.rows()].map((row) => [row.word, row]))
  const wanted = q.split(' ').map((word) => ({ weight: 1, words: [{ word, weight: 1 }], inOrder: true }))
  const question: Question = { wanted, grams: gramsOf(q).map((gram) => GRAM + gram), names }
  const found = findCandidates(question, rows, articles.length).flatMap((one) => {
    const known = articles.find(({ number }) => number === one.article)
    return known ? [{ ...one, outline: { ...known.outline, lengths: known.lengths } }] : []
  })
  return rank(question, rows, articles.length, found)
}

const mail = article(1, 'forward mail', 'send a copy elsewhere', 'stop forwarding: remove the copy')
const reset = article(2, 'reset password', 'new secret for somebody', 'unlock account: wait then try again')
const long = article(
  3,
  'administration overview',
  'mail password account domain licence',
  'mail: forward copy mail mail',
  'password: reset',
)

test('the article whose title is the question comes first', () => {
  assert.deepEqual(
    ask([mail, reset, long], 'reset password').map(({ article: number }) => number),
    [2, 3],
  )
})

test('an answer points to the section it stands in, and to the beginning when the title says it', () => {
  assert.equal(ask([mail, reset, long], 'unlock account')[0]?.section, 1)
  assert.equal(ask([mail, reset, long], 'forward mail')[0]?.section, 0)
})

test('a misspelt title is found by its characters', () => {
  assert.equal(ask([mail, reset, long], 'resett pasword')[0]?.article, 2)
})

test('who types a name gets the article that has it', () => {
  const commands = article(4, 'commands', 'get-mailbox gets a mailbox')
  const title = article(5, 'get started', 'with a mailbox')
  assert.equal(ask([commands, title, mail], 'get-mailbox get mailbox', ['get-mailbox'])[0]?.article, 4)
})

test('nobody asks and nothing is there: no answer, and no error', () => {
  assert.deepEqual(ask([], 'anything'), [])
  assert.deepEqual(ask([mail], 'zzz'), [])
})

test('a longer list of sections than there are bits still answers', () => {
  const sections = Array.from({ length: 40 }, (_, at) => `part${at}: word${at}`)
  assert.equal(ask([article(6, 'many', 'x', ...sections.slice(0, 30)), mail], 'word29')[0]?.section, 30)
})

test('characters of a word being typed have no end yet', () => {
  assert.deepEqual(gramsOf('mai'), [' ma', 'mai', 'ai '])
  assert.deepEqual(gramsOfBeginning('mai'), [' ma', 'mai'])
  assert.deepEqual(gramsOf('密码'), ['密码'])
  assert.deepEqual(gramsOf(''), [])
})
