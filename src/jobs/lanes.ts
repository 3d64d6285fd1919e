/** What became of something that was to be done in a lane. */
export type Ride<T> =
  | { readonly kind: 'done'; readonly answer: T }
  /** Nobody tried: the last ones to this place hung. */
  | { readonly kind: 'resting'; readonly seconds: number }

export type Lanes = {
  /** Does `act` when there is room, unless its place is resting. `hung` says of its answer whether the place kept us waiting. */
  readonly ride: <T>(place: string, act: () => Promise<T>, hung: (answer: T) => boolean) => Promise<Ride<T>>
}

export type LanesOptions = {
  /** How many go on at once, to all places. */
  readonly most: number
  /** How many go on at once to one place. */
  readonly perPlace: number
  /** Seconds a place rests after it hung; twice as long each time, up to the longest. */
  readonly rest: { readonly seconds: number; readonly longest: number }
  /** Answers milliseconds. */
  readonly now?: () => number
}

type Place = {
  running: number
  readonly waiting: (() => void)[]
  /** How often in a row it hung. */
  hung: number
  restsUntil: number
}

/** Places that are not used are forgotten beyond this number, and their rests with them. */
const MOST_PLACES = 10_000

/**
 * Lanes to other people's machines: one that hangs holds up only what is for itself. Whoever waits for a place that begins to
 * rest is sent away at once, to come again later.
 */
export function lanes({ most, perPlace, rest, now = () => performance.now() }: LanesOptions): Lanes {
  const places = new Map<string, Place>()
  const all: Pick<Place, 'running' | 'waiting'> = { running: 0, waiting: [] }

  return {
    async ride(name, act, hung) {
      const place = placeOf(name)
      if (restOf(place) > 0) return resting(place)
      while (place.running >= perPlace && restOf(place) === 0) await new Promise<void>((go) => place.waiting.push(go))
      if (restOf(place) > 0) return resting(place)
      place.running++
      try {
        return { kind: 'done', answer: await among(place, act, hung) }
      } finally {
        place.running--
        place.waiting.shift()?.()
      }
    },
  }

  async function among<T>(place: Place, act: () => Promise<T>, hung: (answer: T) => boolean): Promise<T> {
    while (all.running >= most) await new Promise<void>((go) => all.waiting.push(go))
    all.running++
    try {
      const answer = await act()
      note(place, hung(answer))
      return answer
    } finally {
      all.running--
      all.waiting.shift()?.()
    }
  }

  function note(place: Place, hung: boolean): void {
    place.hung = hung ? place.hung + 1 : 0
    if (!hung) return
    place.restsUntil = now() + 1000 * Math.min(rest.seconds * 2 ** (place.hung - 1), rest.longest)
    place.waiting.splice(0).forEach((go) => go())
  }

  function placeOf(name: string): Place {
    const known = places.get(name)
    if (known) return known
    if (places.size >= MOST_PLACES)
      for (const [other, { running: busy, waiting: queue }] of places)
        if (busy === 0 && queue.length === 0) places.delete(other)
    const place: Place = { running: 0, waiting: [], hung: 0, restsUntil: 0 }
    places.set(name, place)
    return place
  }

  function restOf({ restsUntil }: Place): number {
    return Math.max(0, restsUntil - now())
  }

  function resting(place: Place): { readonly kind: 'resting'; readonly seconds: number } {
    return { kind: 'resting', seconds: Math.ceil(restOf(place) / 1000) }
  }
}
