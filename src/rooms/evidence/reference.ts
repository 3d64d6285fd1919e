import { createHash } from 'node:crypto'
import { isId, newId } from '../../base/ids.ts'

/** What a link from a list of answers carries: which question it answers, and at which place of the list it stands, from 1. */
export type Reference = { readonly asked: string; readonly place: number }

/**
 * The id of a question: the same for the same words sent from the same form, so that reloading a page or coming back to it asks
 * nothing anew. The slip is drawn by the server for each form and cannot be guessed, and so neither can the id.
 */
export function questionIdOf(slip: string, language: string, text: string): string {
  const hex = createHash('sha256').update(`${slip}\0${language}\0${text}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** A slip for a form. */
export const newSlip = newId

/** An id out of an address; anything else is none. */
export function idFrom(written: string | undefined): string | undefined {
  return written !== undefined && isId(written) ? written : undefined
}

/** A path with its reference, before the place in the page. */
export function referring(path: string, { asked, place }: Reference): string {
  const [page = '', anchor] = path.split('#')
  return `${page}?asked=${asked}&place=${place}${anchor === undefined ? '' : `#${anchor}`}`
}
