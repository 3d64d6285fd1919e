import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { gramsOf, gramsOfBeginning } from './rules/tokens.ts'
import { weigh } from './rules/weighing.ts'
import { shelfOf } from './test-shelf.ts'

const mail = { title: 'Forward mail', sections: ['Send a copy elsewhere', 'Stop forwarding: Remove the copy'] }
const reset = {
  title: 'Reset password',
  sections: ['A new secret for somebody', 'Unlock account: Wait then try again'],
}
const long = {
  title: 'Administration overview',
  sections: ['mail password account domain licence', 'Mail: forward copy mail mail', 'Password: reset'],
}
const english = shelfOf('en', [mail, reset, long])

test('the article whose title is the question comes first', () => {
  assert.deepEqual(
    english.ask('reset password').map(({ article }) => article),
    [2, 3],
  )
})

test('an answer points to the section it stands in, and to the beginning when the title says it', () => {
  assert.equal(english.ask('unlock account')[0]?.section, 1)
  assert.equal(english.ask('forward mail')[0]?.section, 0)
})

test('a heading that is the whole question beats a title that has a word of it', () => {
  assert.equal(english.first('Stop forwarding'), 'Forward mail')
})

test('misspelt words are found, at the first letter too', () => {
  for (const q of ['resett pasword', 'erset password', 'rset', 'forwrad'])
    assert.notEqual(english.first(q), undefined, q)
  assert.equal(english.first('resett pasword'), 'Reset password')
  assert.equal(english.first('orward mial'), 'Forward mail')
})

test('who types a name gets the article that has it', () => {
  const commands = { title: 'Commands', sections: ['get-mailbox gets a mailbox'] }
  const title = { title: 'Get started', sections: ['with a mailbox'] }
  assert.equal(shelfOf('en', [commands, title, mail]).first('get-mailbox'), 'Commands')
})

test('an article is found by what others call it, and by the name of its file', () => {
  const shelf = shelfOf('da', [
    { title: 'Nulstil adgangskode', path: 'brugere/reset-password', called: ['glemt kode'] },
    { title: 'Opret postkasse', path: 'mail/add-mailbox' },
  ])
  assert.equal(shelf.first('glemt kode'), 'Nulstil adgangskode')
  assert.equal(shelf.first('reset password'), 'Nulstil adgangskode')
})

test('words are learned that writers use for the same thing', () => {
  const shelf = shelfOf('da', [
    { title: 'Overvågning af mail', path: 'monitoring-mail' },
    { title: 'Overvågning af netværk', path: 'monitoring-network' },
    { title: 'Overvågning af licenser', path: 'monitoring-licences' },
    { title: 'Overvågning af domæner', path: 'domaener' },
    { title: 'Domæner', path: 'domains' },
    { title: 'Netværk' },
    { title: 'Mail' },
  ])
  assert.equal(shelf.first('domains monitoring'), 'Domæner')
  assert.ok(shelf.ask('monitoring').some(({ article }) => article === 4))
})

test('Danish compounds are found in one word and in two', () => {
  const shelf = shelfOf('da', [
    { title: 'Adgangskontrol', sections: ['Hvem må hvad'] },
    { title: 'Netværk', sections: ['Forbindelse til netværket og forbindelser ud af huset'] },
    { title: 'Licenser', sections: ['Hvad en licens koster'] },
  ])
  assert.equal(shelf.first('adgangs kontrol'), 'Adgangskontrol')
  assert.equal(shelf.first('netværksforbindelse'), 'Netværk')
})

test('Chinese is found with two characters swapped', () => {
  const shelf = shelfOf('zh-Hans', [{ title: '产品使用权限' }, { title: '产品服务说明' }, { title: '重置密码' }])
  assert.equal(shelf.first('产品用使权限'), '产品使用权限')
  assert.equal(shelf.first('密码'), '重置密码')
})

test('answers can be narrowed to a facet; one that nobody has leaves none', () => {
  const shelf = shelfOf('en', [
    { ...mail, facets: ['product=mail'] },
    { ...reset, facets: ['product=people'] },
  ])
  assert.deepEqual(
    shelf.ask('copy password', false, ['product=people']).map(({ article }) => article),
    [2],
  )
  assert.deepEqual(shelf.ask('copy', false, ['product=none']), [])
})

test('nobody asks and nothing is there: no answer, and no error', () => {
  assert.deepEqual(shelfOf('en', []).ask('anything'), [])
  assert.deepEqual(english.ask('zzzzzz'), [])
  assert.deepEqual(english.ask('constructor __proto__ toString'), [])
})

test('a longer list of sections than there are bits still answers', () => {
  const sections = Array.from({ length: 40 }, (_, at) => `part${at}: word${at}`)
  assert.equal(
    shelfOf('en', [{ title: 'Many', sections: ['x', ...sections.slice(0, 30)] }, mail]).ask('word29')[0]?.section,
    30,
  )
})

test('a score is the sum of what it is made of, and the best comes first, whatever is asked', () => {
  const words = ['forward', 'mail', 'reset', 'password', 'unlock', 'copy', 'zzz', 'a', '5.7.1', '重置', 'Get-Mailbox']
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...words), fc.string()), { maxLength: 8 }),
      fc.boolean(),
      (q, typing) => {
        const ranked = english.ask(q.join(' '), typing)
        for (const [at, one] of ranked.entries()) {
          assert.ok(Number.isFinite(one.score) && one.score === weigh(one.features))
          assert.ok(at === 0 || one.score <= (ranked[at - 1]?.score ?? 0))
        }
      },
    ),
  )
})

test('characters of a word being typed have no end yet', () => {
  assert.deepEqual(gramsOf('mai'), [' ma', 'mai', 'ai '])
  assert.deepEqual(gramsOfBeginning('mai'), [' ma', 'mai'])
  assert.deepEqual(gramsOf('密码'), ['密码'])
  assert.deepEqual(gramsOf(''), [])
})
