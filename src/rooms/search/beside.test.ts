import assert from 'node:assert/strict'
import { test } from 'node:test'
import { weighBeside } from './beside.ts'
import { shelfOf } from './test-shelf.ts'

const plain = (title: string, description = '') => ({ title, description, sections: [{ heading: '', text: '' }] })
const shelf = shelfOf('da', [
  { title: 'Send en mail til flere modtagere', description: 'Vælg modtagere i en mail.' },
  { title: 'Åbn en delt mappe', description: 'Find mappen blandt dem, der er delt med dig.' },
  { title: 'Skift adgangskode', description: 'Skift din adgangskode, når du er logget på.' },
])
const texts = [
  plain('Mails udefra kommer ikke frem'),
  plain('Delte mapper åbner langsomt', 'Det tager op til et minut.'),
]
const first = (q: string) => weighBeside(q, { language: 'da', vocabulary: shelf.vocabulary }, texts)[0]

test('a text is weighed as an article of the shelf would be: inflected, misspelt, in pieces', () => {
  for (const q of ['delt mappe åbner langsomt', 'mapperne er langsomme', 'delte maper'])
    assert.equal(first(q)?.at, 1, q)
  assert.equal(first('mail udefra')?.at, 0)
})

test('a text that is an article word for word scores as that article', () => {
  const copy = plain('Åbn en delt mappe', 'Find mappen blandt dem, der er delt med dig.')
  const q = 'åbn delt mappe'
  const [article] = shelf.ask(q)
  const [text] = weighBeside(q, { language: 'da', vocabulary: shelf.vocabulary }, [copy])
  assert.ok(article && text && Math.abs(text.score / article.score - 1) < 0.2)
})

test('without a single article the texts tell how rare a word is, and nothing gives nothing', () => {
  const [best] = weighBeside('mails udefra', { language: 'da', vocabulary: undefined }, texts)
  assert.equal(best?.at, 0)
  assert.deepEqual(weighBeside('', { language: 'da', vocabulary: undefined }, texts), [])
  assert.deepEqual(weighBeside('mails', { language: 'da', vocabulary: undefined }, []), [])
})
