/** Ranges of addresses, against an arithmetic of the tests' own. */
import assert from 'node:assert/strict'
import { isIP } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { clientAddress, isFrom } from '../../server/rules/client-address.ts'

/** An address as it is written, its bits, and how many a whole one has. */
interface Address {
  text: string
  bits: bigint
  width: 32 | 128
}

const numberOf = (parts: readonly number[], size: bigint) =>
  parts.reduce((sum, part) => (sum << size) | BigInt(part), 0n)

const ipv4 = fc.array(fc.nat(255), { minLength: 4, maxLength: 4 }).map((parts): Address => {
  return { text: parts.join('.'), bits: numberOf(parts, 8n), width: 32 }
})
const ipv6 = fc
  // The first group is never 0, so that none of them is IPv4 in the form of IPv6.
  .tuple(fc.integer({ min: 1, max: 0xffff }), fc.array(fc.nat(0xffff), { minLength: 7, maxLength: 7 }))
  .map(([first, rest]): Address => {
    const parts = [first, ...rest]
    return { text: parts.map((part) => part.toString(16)).join(':'), bits: numberOf(parts, 16n), width: 128 }
  })
const address = fc.oneof(ipv4, ipv6)

/** An address and a range, mostly of the same kind, and often near each other. */
const pair = fc.tuple(address, address, fc.nat(128), fc.boolean()).map(([from, other, length, isNear]) => {
  const network = isNear ? from : other
  return { from, network, length: Math.min(length, network.width) }
})

test('an address is within a range when the first bits are the same', () => {
  let within = 0
  fc.assert(
    fc.property(pair, fc.nat(127), ({ from, network, length }, flipped) => {
      const bits = from.bits ^ (1n << BigInt(flipped % from.width))
      const rest = BigInt(network.width - length)
      const range = `${network.text}/${length}`
      for (const [one, text] of [
        [from.bits, from.text],
        [bits, textOf(bits, from.width)],
      ] as const) {
        const expected = from.width === network.width && one >> rest === network.bits >> rest
        within += expected ? 1 : 0
        assert.equal(isFrom(text, { request_ip: { in: [range] } }), expected, `${text} in ${range}`)
        assert.equal(isFrom(text, { request_ip: { not_in: [range] } }), !expected, `${text} not in ${range}`)
        assert.equal(isFrom(text, { request_ip: { in: [range], not_in: [range] } }), false)
      }
    }),
    { seed: 20261122, numRuns: 500 },
  )
  assert.ok(within > 100, 'hardly any was within its range')
})

function textOf(bits: bigint, width: 32 | 128): string {
  const [size, base, separator] = width === 32 ? [8, 10, '.'] : [16, 16, ':']
  const parts = Array.from({ length: width / size }, (_, at) => {
    return Number((bits >> BigInt(width - size * (at + 1))) & ((1n << BigInt(size)) - 1n)).toString(base)
  })
  return parts.join(separator)
}

test('whatever stands there, nothing is thrown, and what means nothing lets nobody in', () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom(...'0123456789abcdef.:/%x-') }),
    address.map((one) => one.text),
  )
  fc.assert(
    fc.property(text, text, (from, range) => {
      const isIn = isFrom(from, { request_ip: { in: [range] } })
      assert.equal(typeof isIn, 'boolean')
      assert.equal(isFrom(from, { request_ip: { in: [range], not_in: [range] } }), false)
      const told = clientAddress({ ip: from, socket: { remoteAddress: '192.0.2.1' } })
      assert.ok(isIP(told), `${from} is told as ${told}`)
    }),
    { seed: 20261122, numRuns: 500 },
  )
  for (const range of [
    '',
    '/',
    '192.0.2.0/33',
    '2001:db8::/129',
    '192.0.2.0/-1',
    '192.0.2.0/a',
    'localhost',
    '192/0',
    '0300.0.2.0/24',
  ]) {
    for (const from of ['192.0.2.1', '0.0.0.192'])
      assert.equal(isFrom(from, { request_ip: { in: [range] } }), false, range)
  }
})

test('without ranges everybody is let in, an unreadable address too', () => {
  for (const condition of [undefined, {}, { request_ip: {} }, { request_ip: { in: [], not_in: [] } }]) {
    assert.equal(isFrom('somewhere', condition), true)
  }
  assert.equal(isFrom('somewhere', { request_ip: { not_in: ['192.0.2.0/24'] } }), false)
})

test('an address is told in its shortest form, and what is none is that of the socket', () => {
  const rows: [ip: string | undefined, socket: string | undefined, told: string][] = [
    ['192.0.2.1', '203.0.113.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '203.0.113.1', '192.0.2.1'],
    ['2001:DB8:0:0:0:0:0:1', '203.0.113.1', '2001:db8::1'],
    ['192.0.2.1:5000', '203.0.113.1', '192.0.2.1'],
    ['[2001:db8::1]:5000', '203.0.113.1', '2001:db8::1'],
    ['[2001:db8::1]', '203.0.113.1', '2001:db8::1'],
    ['unknown', '203.0.113.1', '203.0.113.1'],
    ['unknown', '::ffff:203.0.113.1', '203.0.113.1'],
    ['192.0.2.256', '203.0.113.1', '203.0.113.1'],
    ['10.1', '203.0.113.1', '203.0.113.1'],
    ['x'.repeat(3000), '203.0.113.1', '203.0.113.1'],
    ['', '203.0.113.1', '203.0.113.1'],
    // A socket that has no address, as one of Unix has none.
    [undefined, undefined, ''],
  ]
  for (const [ip, remoteAddress, told] of rows) assert.equal(clientAddress({ ip, socket: { remoteAddress } }), told, ip)
})
