import type { Locale } from '../../../base/locale.ts'

/** Words that say little by themselves: they count for little, and never find an article alone. Folded, not stemmed. */
export const STOP_WORDS: Readonly<Record<Locale, ReadonlySet<string>>> = {
  en: setOf(`a about after all also an and any are as at be been before but by can could do does for from get had has have how
    i if in into is it its may me more my need no not of on or our should so some such than that the their them then there
    these they this those to up us use used using was we what when where which who why will with within would you your`),
  da: setOf(`ad af alle alt andet andre at bare blev blive bliver bruge bruger da de dem den denne der deres det dette dig din dine
    dit du efter eller en end er et faa faar for fra foer ham han har have her hos hun hvad hvem hver hvilke hvilken hvis hvor
    hvordan hvorfor i ikke ind jeg jer jeres kan kun man med mellem men mere mig min mine mit naar og ogsaa om op os over paa
    saa saadan samt se selv sig skal som til ud under ved vi vil vores vaere`),
  'zh-Hans': setOf(
    `的 了 和 是 在 有 我 您 你 与 及 或 为 对 中 将 从 到 以 并 也 而 可 如何 怎么 什么 可以 如果 使用 a an and for in of on the to with`,
  ),
}

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/))
}
