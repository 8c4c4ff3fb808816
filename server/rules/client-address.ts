/** From where a token may be used: its condition on the address of the client. */
import { isIP, isIPv4 } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { Token } from '../../schemas/tokens.ts'

/**
 * Whether a condition lets an address pass: within `in`, when there is any, and not within `not_in`.
 * @param address IPv4 or IPv6; an IPv4 address in IPv6 form (`::ffff:192.0.2.1`) is the IPv4 address
 * @example isFrom('192.0.2.7', { request_ip: { in: ['192.0.2.0/24'] } }) // true
 */
export function isFrom(address: string, condition: Token['condition']): boolean {
  const { in: allowed = [], not_in: refused = [] } = condition?.request_ip ?? {}
  if (allowed.length === 0 && refused.length === 0) return true
  if (!ipaddr.isValid(address)) return false
  const from = ipaddr.process(address)
  const isWithin = (range: string) => isInRange(from, range)
  return (allowed.length === 0 || allowed.some(isWithin)) && !refused.some(isWithin)
}

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

/** Whether an address is in a range: `192.0.2.0/24`, `2001:db8::/32`, or a single address. What is none holds nobody. */
function isInRange(address: ipaddr.IPv4 | ipaddr.IPv6, range: string): boolean {
  const [network, bits] = parseRange(range) ?? []
  if (!network || bits === undefined || network.kind() !== address.kind()) return false
  return address.match(network, bits)
}

function parseRange(range: string): [ipaddr.IPv4 | ipaddr.IPv6, number] | undefined {
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
