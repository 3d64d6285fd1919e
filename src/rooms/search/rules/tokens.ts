/** A piece of text as it stands in a line: a word of letters, a run of Chinese characters, or a name that is kept whole. */
export type Token = { readonly text: string; readonly kind: 'letters' | 'han' | 'whole' }

const LONGEST = 64

// Letters and digits, with what may stand inside a name: Get-Mailbox, 0x80070005, 5.7.1, user@example.com, outlook.office.com.
const PIECE = /\p{Script=Han}+|[\p{L}\p{M}\p{N}]+(?:[-._@:/+#'’][\p{L}\p{M}\p{N}]+)*/gu

/** Cuts a line into tokens, lower-cased and in one form of each character. A name with signs inside gives itself and its parts. */
export function tokensOf(line: string): readonly Token[] {
  const text = line.normalize('NFKC').toLowerCase()
  return [...text.matchAll(PIECE)].flatMap(([piece]) =>
    /^\p{Script=Han}/u.test(piece) ? [{ text: piece, kind: 'han' }] : lettersOf(piece),
  )
}

function lettersOf(piece: string): readonly Token[] {
  const parts = piece.split(/[-._@:/+#'’]|(\p{Script=Han}+)/u).filter((part): part is string => Boolean(part))
  const tokens: Token[] = parts.map((part) => ({
    text: part.slice(0, LONGEST),
    kind: /^\p{Script=Han}/u.test(part) ? 'han' : 'letters',
  }))
  const whole = parts.length > 1 && piece.length <= LONGEST && !/\p{Script=Han}|['’]/u.test(piece)
  return whole ? [{ text: piece, kind: 'whole' }, ...tokens] : tokens
}

/** Danish letters as people write them without a Danish keyboard, and accents left off: for comparing, never for showing. */
export function fold(word: string): string {
  return word
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'oe')
    .replaceAll('å', 'aa')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
}

/** Neighbouring characters of a text, three at a time, two in Chinese: they survive misspelling, inflection and half a word. */
export function gramsOf(text: string): readonly string[] {
  return gramsWith(text, ' ')
}

/** The same of a text that is still being typed: its last word has no end yet. */
export function gramsOfBeginning(text: string): readonly string[] {
  return gramsWith(text, '')
}

function gramsWith(text: string, end: string): readonly string[] {
  const tokens = tokensOf(text.slice(0, 300)).filter(({ kind }) => kind !== 'whole')
  return [
    ...new Set(
      tokens.flatMap(({ text: word, kind }, at) => gramsOfWord(word, kind, at === tokens.length - 1 ? end : ' ')),
    ),
  ]
}

function gramsOfWord(word: string, kind: Token['kind'], end: string): readonly string[] {
  const characters = kind === 'han' ? Array.from(word) : Array.from(` ${fold(word)}${end}`)
  const size = kind === 'han' ? Math.min(2, characters.length) : 3
  return characters.slice(size - 1).map((_, at) => characters.slice(at, at + size).join(''))
}
