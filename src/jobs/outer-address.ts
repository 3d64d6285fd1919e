import ipaddr from 'ipaddr.js'

/** An address the world reaches, though it is inside: a cloud's own services answer every machine in it there. */
const INNER_ANYWAY = new Set(['168.63.129.16'])

/** IPv6 that is given to the world; all that embeds an IPv4 address lies elsewhere. */
const GLOBAL = ipaddr.parseCIDR('2000::/3')

export type Network = ReturnType<typeof ipaddr.parseCIDR>

/** A network as `10.1.2.0/24` or `fd00::/8`; throws a sentence when it is none. */
export function networkOf(written: string): Network {
  try {
    return ipaddr.parseCIDR(written)
  } catch (cause) {
    throw new Error(`"${written}" is no network, such as 10.1.2.0/24`, { cause })
  }
}

/**
 * Whether an address is out in the world, and no way into this machine or its surroundings: not private, loopback, link-local,
 * shared by a carrier, multicast, reserved, nor an IPv6 address that leads to such an IPv4 address. Networks that an operator
 * lets through count as outer.
 */
export function isOuter(address: string, letThrough: readonly Network[] = []): boolean {
  if (!ipaddr.isValid(address)) return false
  const read = ipaddr.process(address)
  if (letThrough.some((network) => network[0].kind() === read.kind() && read.match(network))) return true
  if (read.range() !== 'unicast' || INNER_ANYWAY.has(read.toString())) return false
  return read.kind() === 'ipv4' || read.match(GLOBAL)
}
