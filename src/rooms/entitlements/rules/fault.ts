/** Something wrong with a charter: where, as keys and places from 0, and what to write instead. */
export type Fault = { readonly path: readonly (string | number)[]; readonly message: string }

/** A name as a sentence shows it: bare when it is a plain id. */
export function described(name: string): string {
  return /^[\w-]+$/.test(name) ? name : `"${name}"`
}
