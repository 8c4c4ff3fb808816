/** What it costs to keep one change in a small world and in a large one, side by side. See README.md. */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load } from './parts.mjs'

const [changes = 4000, disk = tmpdir()] = [Number(process.argv[2] ?? 4000), process.argv[3]]
const SIZES = [100, 100_000]
/** The worlds take turns, so that both have the same weather. */
const BLOCK = 100
const CLIENTS = 8

const PARTS = `
  export { Keeper } from './server/state/persistence/keeper.ts'
  export { World } from './server/state/world.ts'
  export { members } from './schemas/members.ts'`

const folder = mkdtempSync(join(disk, 'fauxflare-bench-'))
try {
  await run()
} finally {
  rmSync(folder, { recursive: true })
}

async function run() {
  const { Keeper, World, members } = await load(PARTS)
  const worlds = await Promise.all(SIZES.map((size) => begin(size)))
  const one = { what: 'one client', measure: (world) => change(world, 1) }
  const many = { what: `${CLIENTS} clients`, measure: (world) => change(world, CLIENTS) }
  for (const { what, measure } of [one, many]) {
    const times = worlds.map(() => [])
    for (const world of worlds) for (let at = 0; at < BLOCK; at += 1) await measure(world)
    for (let block = 0; block < changes / BLOCK; block += 1) {
      for (const [index, world] of worlds.entries()) {
        for (let at = 0; at < BLOCK; at += 1) {
          const start = performance.now()
          await measure(world)
          times[index].push(performance.now() - start)
        }
      }
    }
    const figures = times.map((all) => ({
      median: median(all),
      mean: all.reduce((sum, time) => sum + time) / all.length,
    }))
    for (const [index, { median, mean }] of figures.entries()) {
      console.log(`${what}, ${worlds[index].size} rows: median ${inMs(median)}, mean ${inMs(mean)}`)
    }
    const ratio = (name) => (figures[1][name] / figures[0][name]).toFixed(2)
    console.log(`${what}: ratio of medians ${ratio('median')}, of means ${ratio('mean')} (goal: at most 3)`)
  }
  for (const { keeper, path, size } of worlds) {
    // As after a crash: with changes that were not folded.
    await keeper.flush()
    const start = performance.now()
    const again = Keeper.open(path, { catalogue: {} })
    World.from(again.snapshot, { seed: 1, clock: 'real', stateless: false })
    console.log(
      `open ${size} rows (${(statSync(path).size / 2 ** 20).toFixed(1)} MiB): ${inMs(performance.now() - start)}`,
    )
    const end = performance.now()
    await keeper.close()
    console.log(`close ${size} rows: ${inMs(performance.now() - end)}`)
  }

  async function begin(size) {
    const path = join(folder, `${size}.json`)
    const account = accountRow()
    const tables = { accounts: [account], members: Array.from({ length: size }, (_, at) => memberRow(at, account.id)) }
    const world = World.from({ tables, aliases: {}, catalogue: {} }, { seed: 1, clock: 'real', stateless: false })
    const keeper = Keeper.open(path, { catalogue: {} })
    await keeper.attach(world)
    return { size, path, world, keeper, at: 0 }
  }

  /** As many changes at the same time. */
  function change(one, count) {
    const table = one.world.store.table(members)
    const done = []
    for (let index = 0; index < count; index += 1) {
      one.at = (one.at + 7919) % one.size
      const row = table.get(idOf(one.at))
      table.put({ ...row, status: row.status === 'accepted' ? 'pending' : 'accepted' })
      done.push(one.keeper.commit())
    }
    return Promise.all(done)
  }
}

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

function median(times) {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]
}

function inMs(time) {
  return `${time.toFixed(3)} ms`
}
