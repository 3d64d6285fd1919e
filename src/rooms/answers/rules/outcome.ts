/** What came of a question, as far as anybody can tell. */
export type Came = {
  readonly nothingFound: boolean
  readonly opened: boolean
  /** What the reader said last, if anything. */
  readonly verdict: 'solved' | 'unsolved' | null
  /** By the same person, or in the same visit, within seven days. */
  readonly caseFollowed: boolean
}

/** So many questions that came to the same. */
export type Counted = Came & { readonly questions: number }

/** A good answer was opened, was not said to have solved nothing, and no case followed. Silence counts for it. */
export function isGoodAnswer({ opened, verdict, caseFollowed }: Came): boolean {
  return opened && verdict !== 'unsolved' && !caseFollowed
}

/** How bad it is that a question ended so: a case costs most, because somebody else had to answer it. 0 for a good answer. */
function costOf(came: Came): number {
  if (isGoodAnswer(came)) return 0
  if (came.caseFollowed) return 4
  if (came.verdict === 'unsolved') return 3
  return came.nothingFound ? 2 : 1
}

export type Figures = {
  readonly asked: number
  readonly good: number
  readonly nothingFound: number
  /** Something was found, and nobody opened it. */
  readonly nothingOpened: number
  readonly notSolved: number
  readonly caseFollowed: number
  readonly saidSolved: number
}

/** Questions counted by what came of them; one may count in several. */
export function figuresOf(all: readonly Counted[]): Figures {
  const count = (is: (came: Came) => boolean) => sum(all.filter(is).map(({ questions }) => questions))
  return {
    asked: count(() => true),
    good: count(isGoodAnswer),
    nothingFound: count(({ nothingFound, opened }) => nothingFound && !opened),
    nothingOpened: count(({ nothingFound, opened }) => !nothingFound && !opened),
    notSolved: count(({ verdict }) => verdict === 'unsolved'),
    caseFollowed: count(({ caseFollowed }) => caseFollowed),
    saidSolved: count(({ verdict }) => verdict === 'solved'),
  }
}

/**
 * How much a group of questions wants an article: what its questions cost, times the share of them without a good answer. One more
 * good answer never raises it, one more bad one never lowers it.
 */
export function needOf(all: readonly Counted[]): number {
  const { asked, good } = figuresOf(all)
  if (asked === 0) return 0
  return (sum(all.map((one) => costOf(one) * one.questions)) * (asked - good)) / asked
}

/** Whole percent, and never 100 unless it is all; undefined of nothing. */
export function shareOf(part: number, whole: number): number | undefined {
  if (whole === 0) return undefined
  return part === whole ? 100 : Math.min(99, Math.round((part / whole) * 100))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
