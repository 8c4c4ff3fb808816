/**
 * Changes to a small world and to a large one, each kept on the disk before the next: `node keep.mjs 4000 /tmp/somewhere`.
 * Writes {@link Kept} to standard output.
 */
import { join } from 'node:path'
import { load } from './parts.mjs'

const [changes, folder = ''] = [Number(process.argv[2]), process.argv[3]]
/** Rows. */
const SIZES = [100, 100_000]
/** The worlds take turns, so that both have the same weather. What is written down is the mean of as many changes. */
const BLOCK = 100
const CLIENTS = [1, 8]

/**
 * Milliseconds, for each of {@link SIZES}.
 * @typedef {object} Kept
 * @property {{ clients: number, times: number[][] }[]} kept a change, each the mean of a block
 * @property {number[][]} opened
 * @property {number[][]} closed
 */

const { Keeper, World, members } = await load(`
  export { Keeper } from './server/state/persistence/keeper.ts'
  export { World } from './server/state/world.ts'
  export { members } from './schemas/members.ts'`)
const options = { seed: 1, clock: 'real', stateless: false }

const worlds = await Promise.all(SIZES.map(begin))
const kept = []
for (const clients of CLIENTS) {
  const times = worlds.map(() => /** @type {number[]} */ ([]))
  for (const world of worlds) await block(world, clients)
  for (let turn = 0; turn < changes / BLOCK; turn += 1) {
    for (const [index, world] of worlds.entries()) times[index]?.push(await block(world, clients))
  }
  kept.push({ clients, times })
}
/** @type {Kept} */
const result = { kept, opened: [], closed: [] }
for (const { keeper, path } of worlds) {
  // As after a crash: with changes that were not folded.
  await keeper.flush()
  result.opened.push([await timed(() => World.from(Keeper.open(path, { catalogue: {} }).snapshot, options))])
  result.closed.push([await timed(() => keeper.close())])
}
process.stdout.write(JSON.stringify(result))

/** @param {number} size */
async function begin(size) {
  const path = join(folder, `${size}.json`)
  const account = accountRow()
  const tables = { accounts: [account], members: Array.from({ length: size }, (_, at) => memberRow(at, account.id)) }
  const world = World.from({ tables, aliases: {}, catalogue: {} }, options)
  const keeper = Keeper.open(path, { catalogue: {} })
  await keeper.attach(world)
  return { size, path, keeper, table: world.store.table(members), at: 0 }
}

/**
 * Milliseconds for one change of many.
 * @param {Awaited<ReturnType<typeof begin>>} world
 * @param {number} clients
 */
async function block(world, clients) {
  const all = await timed(async () => {
    for (let at = 0; at < BLOCK; at += 1) await change(world, clients)
  })
  return all / BLOCK
}

/**
 * As many changes at the same time.
 * @param {Awaited<ReturnType<typeof begin>>} world
 * @param {number} count
 */
function change(world, count) {
  const done = []
  for (let index = 0; index < count; index += 1) {
    world.at = (world.at + 7919) % world.size
    const row = world.table.get(idOf(world.at))
    world.table.put({ ...row, status: row.status === 'accepted' ? 'pending' : 'accepted' })
    done.push(world.keeper.commit())
  }
  return Promise.all(done)
}

/** @param {() => unknown} act */
async function timed(act) {
  const start = performance.now()
  await act()
  return performance.now() - start
}

/** @param {number} number */
function idOf(number) {
  return number.toString(16).padStart(32, '0')
}

function accountRow() {
  return {
    id: 'a'.repeat(32),
    name: 'Bench',
    type: 'standard',
    created_on: '2020-01-01T00:00:00Z',
    settings: {
      abuse_contact_email: null,
      access_approval_expiry: null,
      api_access_enabled: null,
      default_nameservers: null,
      enforce_twofactor: false,
      use_account_custom_ns_by_default: null,
    },
  }
}

/**
 * @param {number} number
 * @param {string} account_id
 */
function memberRow(number, account_id) {
  return {
    id: idOf(number),
    account_id,
    status: 'accepted',
    user: {
      id: idOf(number),
      email: `member-${number}@example.com`,
      first_name: 'Ada',
      last_name: `Number ${number}`,
      two_factor_authentication_enabled: number % 3 === 0,
    },
    roles: [],
    policies: [],
  }
}
