/** A million members over a thousand accounts: what they take, and what a page of them costs. See README.md. */
import { load } from './parts.mjs'

const PARTS = `
  export { createApp } from './server/app.ts'
  export { readConfig } from './server/config.ts'
  export { fixturesOf } from './server/fixtures/begin.ts'
  export { seedWorld } from './server/seeding.ts'
  export { worldOptionsOf } from './server/world-options.ts'
  export { Worlds } from './server/worlds.ts'
  export { Checkpoint } from './server/state/checkpoint.ts'
  export { members } from './schemas/members.ts'`

const [accounts = 1000, perAccount = 1000] = process.argv.slice(2).map(Number)
const HEADERS = { authorization: 'Bearer Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY' }
const ROUNDS = 300

await run(await load(PARTS))

async function run(parts) {
  const few = await begin(parts, 1, 1000)
  const before = heap()
  const start = performance.now()
  const many = await begin(parts, accounts, perAccount)
  const count = many.world.store.table(parts.members).total()
  console.log(`${count} members made in ${((performance.now() - start) / 1000).toFixed(1)} s`)

  const last = perAccount / 50
  const pages = {
    first: 'page=1',
    last: `page=${last}`,
    filtered: 'status=accepted',
    ordered: 'order=user.last_name&direction=desc',
  }
  for (const [name, query] of Object.entries(pages)) {
    const first = await time(() => page(many, query))
    // In turns, so that both have the same weather.
    const times = [[], []]
    for (let round = 0; round < ROUNDS; round += 1) {
      times[0].push(await time(() => page(few, name === 'last' ? 'page=20' : query)))
      times[1].push(await time(() => page(many, query)))
    }
    const [small, large] = times.map(median)
    console.log(
      `${name} page: ${large.toFixed(2)} ms, of 1,000 members ${small.toFixed(2)} ms, ratio ${(large / small).toFixed(2)} (goal: at most 1.5); the very first ${first.toFixed(0)} ms`,
    )
  }
  console.log(`${Math.round((heap() - before) / count)} bytes a member, with indexes (goal: at most 1024)`)

  let checkpoint
  console.log(
    `snapshot: ${(
      await time(() => {
        checkpoint = parts.Checkpoint.of(many.world)
      })
    ).toFixed(1)} ms`,
  )
  console.log(
    `restore: ${(await time(() => many.worlds.restore('default', checkpoint))).toFixed(1)} ms (goal: at most 5)`,
  )
  console.log(`reset: ${(await time(() => many.worlds.reset())).toFixed(1)} ms (goal: at most 5)`)
}

/** A server with so many members, and an account in the middle of them. */
async function begin({ createApp, readConfig, fixturesOf, seedWorld, worldOptionsOf, Worlds }, accounts, members) {
  const config = readConfig({ given: { fixtures: 'empty', journal: 0, log: 'silent' } })
  const worlds = new Worlds(await fixturesOf('empty', config), await worldOptionsOf(config))
  const app = await createApp(worlds, config)
  const world = worlds.of()
  await seedWorld(world, { accounts, members_per_account: members, tokens_per_account: 0, audit_days: 0 })
  const { result } = (await app.inject({ url: '/client/v4/accounts?per_page=1', headers: HEADERS })).json()
  return { app, worlds, world, account: result[0].id }
}

async function page({ app, account }, query) {
  const answer = await app.inject({
    url: `/client/v4/accounts/${account}/members?per_page=50&${query}`,
    headers: HEADERS,
  })
  if (answer.statusCode !== 200 || answer.json().result.length !== 50) throw new Error(answer.body.slice(0, 300))
}

async function time(act) {
  const start = performance.now()
  await act()
  return performance.now() - start
}

/** Bytes that are in use after everything else was collected. */
function heap() {
  globalThis.gc()
  globalThis.gc()
  return process.memoryUsage().heapUsed
}

function median(times) {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]
}
