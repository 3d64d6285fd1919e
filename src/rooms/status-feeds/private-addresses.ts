import { createHmac, timingSafeEqual } from 'node:crypto'
import { isId } from '../../base/ids.ts'

/** The secret parts of organizations' private addresses: made from an address's id, so that no table has them. */
export type PrivateAddresses = {
  /** The word of an address: 64 characters of 0-9 and a-f, which stand in paths and file names alike. */
  readonly wordFor: (addressId: string) => string
  /** The id of an address by its word; undefined for one that we did not write. Whether it is still good is another question. */
  readonly read: (word: string) => string | undefined
}

const WORD = /^[0-9a-f]{64}$/
const ID_CHARACTERS = 32

/** `secret` is that of the installation; a key of its own is made from it. The addresses live as long as it does. */
export function privateAddresses(secret: string): PrivateAddresses {
  const key = createHmac('sha256', secret).update('status address').digest()
  // 128 bits that nobody can guess; the id before them only says which address it is.
  const proofOf = (id: string) => createHmac('sha256', key).update(id).digest('hex').slice(0, 32)
  return {
    wordFor(addressId) {
      if (!isId(addressId)) throw new Error('not an id')
      const id = addressId.replaceAll('-', '')
      return id + proofOf(id)
    },
    read(word) {
      if (!WORD.test(word)) return undefined
      const id = word.slice(0, ID_CHARACTERS)
      if (!timingSafeEqual(Buffer.from(word.slice(ID_CHARACTERS)), Buffer.from(proofOf(id)))) return undefined
      return [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join('-')
    },
  }
}
