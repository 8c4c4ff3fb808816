/** The worlds that cases need, made by a server itself, and what it is heard to answer. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ask, control } from './http.mjs'
import { launch } from './processes.mjs'
import { ACCOUNT, ACCOUNT_ID, API, authorized, createMember, getAccount, listMembers, numbered } from './requests.mjs'
import { fauxflare } from './servers/fauxflare.mjs'

const TOKENS = 500
const ENTRIES = 100_000

/**
 * @typedef {object} TokensWorld
 * @property {string} file fixtures: the default ones, with 500 more tokens that may do everything with the account
 * @property {string[]} tokens what they are called by
 */

/**
 * @typedef {object} EntriesWorld
 * @property {string} file fixtures: the default ones, with 100,000 audit entries more
 * @property {import('./load/index.mjs').Request} request three filters, by which one entry in 200 is found
 */

/** @typedef {import('./bench.mjs').Bench} Bench */

/**
 * What fauxflare answers, for others to answer the same.
 * @param {Bench} bench
 * @returns {Promise<import('./servers/peers.mjs').Documents>}
 */
export function hear(bench) {
  return withServer(bench, async (url) => ({
    account: await answerOf(url, getAccount),
    members: await answerOf(url, listMembers),
    created: await answerOf(url, createMember),
    openapi: await answerOf(url, { path: '/openapi.json' }),
  }))
}

/**
 * @param {Bench} bench
 * @returns {Promise<TokensWorld>}
 */
export function withTokens(bench) {
  return withServer(bench, async (url) => {
    const state = await stateOf(url)
    const groups = await resultOf(url, authorized({ path: `${API}${ACCOUNT}/tokens/permission_groups` }))
    const { id } = groups.find((/** @type {{ name: string }} */ { name }) => name === 'Account Settings Write')
    const tokens = Array.from({ length: TOKENS }, (_, number) => `bench-${String(number).padStart(34, '0')}`)
    for (const value of tokens) {
      const resources = { [`com.cloudflare.api.account.${ACCOUNT_ID}`]: '*' }
      const policies = [{ effect: 'allow', permission_groups: [{ id }], resources }]
      state.tables.tokens.push({ owner_id: ACCOUNT_ID, name: value, value, policies })
    }
    return { tokens, file: written(bench, 'tokens.json', state) }
  })
}

/**
 * @param {Bench} bench
 * @returns {Promise<EntriesWorld>}
 */
export function withEntries(bench) {
  return withServer(bench, async (url) => {
    const state = await stateOf(url)
    const account = { id: ACCOUNT_ID, name: JSON.parse(await answerOf(url, getAccount)).result.name }
    for (let number = 0; number < ENTRIES; number += 1) state.tables.audit_logs.push({ ...entryOf(number), account })
    const filters = 'action_type=update&resource_product=workers&actor_email=person-3@example.com'
    const path = `${API}${ACCOUNT}/logs/audit?since=2025-01-01&before=2026-01-01&${filters}`
    return { file: written(bench, 'entries.json', state), request: authorized({ path }) }
  })
}

/** Filters that are asked by all of these: 4 × 5 × 10 combinations, evenly spread over a year. @param {number} number */
function entryOf(number) {
  const type = ['create', 'update', 'delete', 'view'][number % 4] ?? ''
  const product = ['members', 'workers', 'dns_records', 'tokens', 'access'][Math.floor(number / 4) % 5] ?? ''
  const person = Math.floor(number / 20) % 10
  const time = Date.UTC(2025, 0, 1) + Math.floor((number / ENTRIES) * 365 * 24 * 3600) * 1000
  return {
    id: `be${number.toString(16).padStart(30, '0')}`,
    action: { description: `${type} ${product}`, result: 'success', time: new Date(time).toISOString(), type },
    actor: {
      id: `ac${person.toString(16).padStart(30, '0')}`,
      type: 'user',
      context: 'dash',
      email: `person-${person}@example.com`,
      ip_address: `198.51.100.${person}`,
    },
    raw: {
      cf_ray_id: number.toString(16).padStart(16, '0'),
      method: 'POST',
      status_code: 200,
      uri: `${ACCOUNT}/${product}`,
      user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0',
    },
    resource: {
      id: `thing-${number % 1000}`,
      product,
      type: 'thing',
      scope: { type: 'accounts', id: ACCOUNT_ID },
      request: { name: `thing-${number % 1000}` },
      response: { id: `thing-${number % 1000}` },
    },
  }
}

/**
 * @template Made
 * @param {Bench} bench
 * @param {(url: string) => Promise<Made>} make
 */
async function withServer(bench, make) {
  const server = await launch(bench, fauxflare(bench), getAccount)
  try {
    return await make(server.url)
  } finally {
    await server.stop()
  }
}

/**
 * @param {string} url
 * @param {import('./load/index.mjs').Request} request
 * @throws Error when it is no 200
 */
export async function answerOf(url, request) {
  const { path, ...rest } = numbered(request, 0)
  const { status, body } = await ask(url + path, rest)
  if (status !== 200) throw new Error(`${path} was answered with ${status}: ${body.slice(0, 300)}`)
  return body
}

/**
 * @param {string} url
 * @param {import('./load/index.mjs').Request} request
 */
async function resultOf(url, request) {
  return JSON.parse(await answerOf(url, request)).result
}

/** @param {string} url */
async function stateOf(url) {
  return JSON.parse((await control(`${url}/_fauxflare/state?secrets=true`, 'GET')).body)
}

/**
 * @param {Bench} bench
 * @param {string} name
 * @param {unknown} value
 */
function written({ folder }, name, value) {
  const file = join(folder, name)
  writeFileSync(file, JSON.stringify(value))
  return file
}
