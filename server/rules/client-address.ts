/** From where a token may be used: its condition on the address of the client. */
import { isIP, isIPv4 } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { Token } from '../../schemas/tokens.ts'
import { remembered } from '../state/remembered.ts'

/**
 * Whether a condition lets an address pass: within `in`, when there is any, and not within `not_in`.
 * @param address IPv4 or IPv6; an IPv4 address in IPv6 form (`::ffff:192.0.2.1`) is the IPv4 address
 * @example isFrom('192.0.2.7', { request_ip: { in: ['192.0.2.0/24'] } }) // true
 */
export function isFrom(address: string, condition: Token['condition']): boolean {
  if (!condition) return true
  const { allowed, refused } = rangesOf(condition)
  if (allowed.length === 0 && refused.length === 0) return true
  if (!ipaddr.isValid(address)) return false
  const from = ipaddr.process(address)
  const isWithin = (range: Range | undefined) => isInRange(from, range)
  return (allowed.length === 0 || allowed.some(isWithin)) && !refused.some(isWithin)
}

/** To read a range takes longer than all else that a request needs to be let in. */
const rangesOf = remembered(({ request_ip }: NonNullable<Token['condition']>) => ({
  allowed: (request_ip?.in ?? []).map(rangeFrom),
  refused: (request_ip?.not_in ?? []).map(rangeFrom),
}))

/** How a server heard of a client. */
export interface Heard {
  /** Where it says to be: the address of the socket, or what `X-Forwarded-For` has, where that is believed. */
  ip: string | undefined
  socket: { remoteAddress?: string | undefined }
}

/**
 * The address of a client: IPv4 where it is one, whatever the socket takes. Some proxies name the port too, and some
 * say `unknown`: whoever they do not name is taken for the one who is connected.
 * @returns empty when there is none
 * @example clientAddress({ ip: '192.0.2.7:5000', socket }) // '192.0.2.7'
 */
export function clientAddress({ ip = '', socket }: Heard): string {
  // Nearly always so.
  if (isIPv4(ip)) return ip
  const said = /^(?:\[(.*)\]|([\d.]+))(?::\d+)?$/.exec(ip)
  const named = said?.[1] ?? said?.[2] ?? ip
  const address = isIP(named) ? named : (socket.remoteAddress ?? '')
  return address.includes(':') && ipaddr.isValid(address) ? ipaddr.process(address).toString() : address
}

/** Where a range begins, and how many bits of it count. */
type Range = readonly [network: ipaddr.IPv4 | ipaddr.IPv6, bits: number]

/** Whether an address is in a range. What is none holds nobody. */
function isInRange(address: ipaddr.IPv4 | ipaddr.IPv6, range: Range | undefined): boolean {
  if (!range) return false
  const [network, bits] = range
  return network.kind() === address.kind() && address.match(network, bits)
}

/** Reads a range: `192.0.2.0/24`, `2001:db8::/32`, or a single address. */
function rangeFrom(range: string): Range | undefined {
  // The library also reads what only old systems write: `10/8`, and `010.0.0.0`, which is octal.
  if (!isIP(range.split('/')[0] ?? '')) return undefined
  if (ipaddr.isValidCIDR(range)) {
    const [network, bits] = ipaddr.parseCIDR(range)
    // `::ffff:192.0.2.0/120` is a range of IPv4 addresses.
    const isMapped = network instanceof ipaddr.IPv6 && network.isIPv4MappedAddress() && bits >= 96
    return isMapped ? [network.toIPv4Address(), bits - 96] : [network, bits]
  }
  if (!ipaddr.isValid(range)) return undefined
  const single = ipaddr.process(range)
  return [single, single.kind() === 'ipv4' ? 32 : 128]
}
