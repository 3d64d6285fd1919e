/** Something wrong with a charter: where, as keys and places from 0, and what to write instead. */
export type Fault = { readonly path: readonly (string | number)[]; readonly message: string }
