/**
 * Keeps web pages away from the control API, and whoever has no token.
 *
 * A page that a developer has open can make their browser send requests to this machine. Two ways are closed here:
 * - DNS rebinding: the page's own host name is made to point to this machine, so that the browser takes us for its own
 *   server. Its requests carry that name in `Host`; only names that nobody can point elsewhere are answered.
 * - Cross-site forms: a form can send `POST` with three content types without asking first. `POST` and `PUT` must
 *   therefore say `application/json`, even without a body. For that content type, and for `DELETE` whatever its
 *   content type, a browser asks with an `OPTIONS` first, which is never answered here: that is why `DELETE` need not say it.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { isIP, isIPv6 } from 'node:net'
import type { FastifyPluginAsync } from 'fastify'
import plugin from 'fastify-plugin'
import type { ControlCall } from '../../schemas/control.ts'
import { CloudError } from '../cloud-error.ts'

export interface GuardOptions {
  /** Host names, separated by commas. */
  allowedHosts: string
  /** Empty when none is asked for. */
  controlToken: string
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The call of the control API that a route belongs to. Absent on routes that are not of it. */
    call?: ControlCall
  }
}

const guards: FastifyPluginAsync<GuardOptions> = async (app, { allowedHosts, controlToken }) => {
  const allowed = allowedHosts.split(',').map((host) => host.trim().toLowerCase())
  const expected = controlToken === '' ? undefined : digest(controlToken)
  app.addHook('onRequest', async (request, reply) => {
    const { headers, method, is404, routeOptions } = request
    refuseForeign('Host', headers.host, allowed)
    if (headers.origin !== undefined) refuseForeign('Origin', headers.origin, allowed)
    if (expected && !routeOptions.config.call?.isOpen && !hasToken(headers, expected)) {
      reply.header('www-authenticate', 'Bearer realm="fauxflare"')
      throw new CloudError(
        'This server was started with --control-token. Send the token as "Authorization: Bearer …" or as "Fauxflare-Control-Token: …".',
        { status: 401 },
      )
    }
    if (!is404 && (method === 'POST' || method === 'PUT')) refuseForm(headers['content-type'])
  })
}

/** @throws CloudError unless the header names a host that cannot be made to point here */
function refuseForeign(header: 'Host' | 'Origin', value: string | undefined, allowed: readonly string[]): void {
  const host = hostOf(header, value)
  if (host !== undefined && (isOwn(host) || allowed.includes(host))) return
  const found = value === undefined ? `the request has no ${header}` : `${header} is ${JSON.stringify(value)}`
  const name = host ?? 'mock.example.com'
  throw new CloudError(
    `The control API is closed to foreign web pages: ${found}. It must be an IP address, localhost, a name without a dot, or a name of --allowed-hosts, as in --allowed-hosts ${name}.`,
    { status: 403 },
  )
}

/**
 * The host of a `Host` or `Origin`, in lower case and without brackets; undefined for what names none.
 * @example hostOf('Origin', 'http://[::1]:3000') // '::1'
 */
function hostOf(header: 'Host' | 'Origin', value: string | undefined): string | undefined {
  const pattern =
    header === 'Host'
      ? /^(?:\[([\da-f:.]+(?:%[\w.-]+)?)\]|([\w.-]+))(?::\d{1,5})?$/i
      : /^https?:\/\/(?:\[([\da-f:.]+)\]|([\w.-]+))(?::\d{1,5})?$/i
  const [, address, name] = pattern.exec(value ?? '') ?? []
  if (address !== undefined) return isIPv6(address) ? address.toLowerCase() : undefined
  return name?.toLowerCase()
}

/** An address, or a name of this machine or this network: `localhost` has no dot either. */
const isOwn = (host: string) => isIP(host) !== 0 || !host.includes('.')

function hasToken({ authorization, 'fauxflare-control-token': own }: IncomingHttpHeaders, expected: Buffer): boolean {
  const bearer = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]
  // Digests are of one length, so that comparing takes the same time whatever was sent.
  return [bearer, own].some((token) => typeof token === 'string' && timingSafeEqual(digest(token), expected))
}

const digest = (token: string) => createHash('sha256').update(token).digest()

/** @throws CloudError unless the content type is one that no form can send */
function refuseForm(contentType: string | undefined): void {
  if (/^application\/json *(?:;|$)/i.test(contentType ?? '')) return
  const found = contentType === undefined ? 'it has none' : `it is ${JSON.stringify(contentType)}`
  throw new CloudError(`The content-type must be application/json, even without a body, and ${found}.`, {
    status: 415,
  })
}

export default plugin(guards, { name: 'guards' })
