import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isOuter, networkOf } from './outer-address.ts'

test('addresses of the world are outer', () => {
  for (const address of ['8.8.8.8', '1.1.1.1', '223.5.5.5', '2606:4700::1111', '2400:3200::1', '::ffff:8.8.8.8'])
    assert.ok(isOuter(address), address)
})

test('one of each kind that leads inside is inner', () => {
  const inner = `0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 168.63.129.16 169.254.169.254
    172.16.0.1 172.31.255.255 192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1
    240.0.0.1 255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::10.0.0.1 64:ff9b:1::1 100::1
    2001::1 2001:db8::1 2002:0a00:0001:: fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1`
  for (const address of inner.split(/\s+/)) assert.equal(isOuter(address), false, address)
})

test('what is no address is not outer', () => {
  for (const text of ['', 'localhost', '999.1.1.1', '8.8.8.8:443', '[2606:4700::1]', '8.8.8.8 ', 'example.com'])
    assert.equal(isOuter(text), false, text)
})

/** Networks of RFC 1918, 6598, 3927, 1122, 5771 by their first and last address, told apart by plain arithmetic. */
const INNER = [
  ['0.0.0.0', '0.255.255.255'],
  ['10.0.0.0', '10.255.255.255'],
  ['100.64.0.0', '100.127.255.255'],
  ['127.0.0.0', '127.255.255.255'],
  ['169.254.0.0', '169.254.255.255'],
  ['172.16.0.0', '172.31.255.255'],
  ['192.168.0.0', '192.168.255.255'],
  ['224.0.0.0', '255.255.255.255'],
].map((pair) => pair.map(numberOf))

function numberOf(address: string): number {
  return address.split('.').reduce((all, part) => all * 256 + Number(part), 0)
}

function addressOf(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.')
}

const inInner = fc
  .constantFrom(...INNER)
  .chain(([from = 0, until = 0]) => fc.integer({ min: from, max: until }))
  .map(addressOf)

test('no address of an inner network is outer, however it is put into IPv6', () => {
  fc.assert(
    fc.property(inInner, (address) => {
      assert.equal(isOuter(address), false)
      const hex = address
        .split('.')
        .map((part) => Number(part).toString(16).padStart(2, '0'))
        .join('')
      const halves = `${hex.slice(0, 4)}:${hex.slice(4)}`
      for (const embedded of [`::ffff:${address}`, `::${address}`, `64:ff9b::${halves}`, `2002:${halves}::1`])
        assert.equal(isOuter(embedded), false, embedded)
    }),
    { numRuns: 1000 },
  )
})

test('only what is let through counts as outer besides, and nothing else becomes inner', () => {
  const letThrough = [networkOf('10.1.2.0/24'), networkOf('fd00:7::/32')]
  assert.ok(
    isOuter('10.1.2.77', letThrough) && isOuter('::ffff:10.1.2.77', letThrough) && isOuter('fd00:7::1', letThrough),
  )
  assert.ok(!isOuter('10.1.3.1', letThrough) && !isOuter('fd00:8::1', letThrough) && isOuter('8.8.8.8', letThrough))
  assert.throws(() => networkOf('10.1.2.0'), /is no network, such as/)
})
