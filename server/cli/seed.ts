/** `fauxflare seed`: makes up data, and writes it to a file or adds it to a server that runs. */
import { SEED_OPTIONS, type SeedConfig } from '../../schemas/config.ts'
import { Seeded, type SeedOptions } from '../../schemas/control/seed.ts'
import { compile } from '../ajv.ts'
import { CloudError } from '../cloud-error.ts'
import { ConfigError, readSeedConfig } from '../config.ts'
import { emptyWorld } from '../fixtures/begin.ts'
import type { Schema } from '../readings.ts'
import { seedWorld } from '../seeding.ts'
import { Checkpoint } from '../state/checkpoint.ts'
import { momentOf } from '../state/clock.ts'
import { reasonOf } from '../state/persistence/data-error.ts'
import { inWholeSeconds } from '../state/written-time.ts'
import { isSystemError } from '../system-error.ts'
import { requestOf } from './ctl.ts'
import { readFlags } from './flags.ts'
import { Shown } from './progress.ts'
import { CallError, send } from './sending.ts'
import { summaryOf } from './summary.ts'
import { writeDocument } from './writing.ts'

const HELP = 'fauxflare seed --help'

/** What was done, and where it can be found. */
interface Done {
  seeded: Seeded
  where: string
}

/**
 * Writes the data, and says on standard error what it is. Sets the exit code: 1 when it cannot be written, does not fit
 * into memory, or when the server refuses or cannot be reached.
 * @throws ConfigError when the command is wrong
 */
export async function seed(args: readonly string[]): Promise<void> {
  const config = configOf(args)
  const began = performance.now()
  try {
    const { seeded, where } = await (config.url === '' ? write(config) : add(config))
    process.stderr.write(summaryOf(seeded, where, performance.now() - began))
  } catch (error) {
    process.stderr.write(`${explain(error, config)}\n`)
    process.exitCode = 1
  }
}

/**
 * What a command asks for.
 * @throws ConfigError when it is wrong
 */
function configOf(args: readonly string[]): SeedConfig {
  const { given, words } = readFlags(args, SEED_OPTIONS, 'seed', HELP)
  const [word] = words
  if (word !== undefined) {
    throw new ConfigError(
      `Failed to seed: ${JSON.stringify(word)} is no option. A file is named with --out, a server with --url. See ${HELP}.`,
    )
  }
  const config = readSeedConfig({ given, env: process.env })
  if (config.out !== '' && config.url !== '') {
    throw new ConfigError('Failed to seed: --out writes a file, and --url adds to a server. Leave one of them out.')
  }
  if (given.sandbox !== undefined && config.url === '') {
    throw new ConfigError('Failed to seed: --sandbox is a world of a server. Say with --url where that is.')
  }
  return config
}

/** How much is made. What is left out is for whoever makes it to say. */
function optionsOf(config: SeedConfig): SeedOptions {
  const { size, accounts, membersPerAccount, tokensPerAccount, auditDays, seed, until } = config
  const options = {
    size,
    accounts,
    members_per_account: membersPerAccount,
    tokens_per_account: tokensPerAccount,
    audit_days: auditDays,
    seed,
    // A day is a time here as well: its beginning.
    until: until === '' ? undefined : inWholeSeconds(momentOf(until)),
  }
  return JSON.parse(JSON.stringify(options)) as SeedOptions
}

/** Writes the world that `--fixtures demo` begins with, in this size. */
async function write(config: SeedConfig): Promise<Done> {
  const { seed = 1, out } = config
  const world = emptyWorld({ seed, clock: 'real' })
  const making = new Shown('  Making it up {bar} {percentage} %, {eta_formatted} left')
  const seeded = await seedWorld(world, optionsOf(config), {
    onProgress: (progress) => making.update(progress),
  }).finally(() => making.stop())
  const document = Checkpoint.of(world).document({ secrets: true })
  // What the clock of this machine says would make two files of the same data differ.
  const clock = { ...document.clock, now: new Date(seeded.until).toISOString() }
  const total = Object.values(document.tables).reduce((sum, rows) => sum + rows.length, 0)
  const writing = new Shown('  Writing it   {bar} {percentage} %')
  const where = await writeDocument({ ...document, clock }, out, (done) => writing.update({ done, total })).finally(
    () => writing.stop(),
  )
  return { seeded, where }
}

/** Adds to a server. How far it is, is not told: there is one answer, when all of it is there. */
async function add(config: SeedConfig): Promise<Done> {
  const { url, sandbox, controlToken } = config
  const said = { FAUXFLARE_URL: url, FAUXFLARE_SANDBOX: sandbox, FAUXFLARE_CONTROL_TOKEN: controlToken }
  const request = await requestOf(['seed', JSON.stringify(optionsOf(config))], said)
  const waiting = new Shown(`  Waiting for ${new URL(url).origin}, {duration_formatted}`)
  const seeded = await send(request).finally(() => waiting.stop())
  if (compile(Seeded as unknown as Schema)(seeded)) {
    throw new CallError(`Failed to seed ${url}: it answers as no fauxflare server of this release does.`)
  }
  return { seeded: seeded as Seeded, where: `added to ${sandbox === '' ? url : `the sandbox ${sandbox} of ${url}`}` }
}

/** What cannot be helped, in one line. Everything else is a bug and is thrown. */
function explain(error: unknown, { out }: SeedConfig): string {
  if (error instanceof CloudError || error instanceof CallError) return error.message
  if (!isSystemError(error)) throw error
  const { why, todo } = reasonOf(error)
  return `Failed to write ${JSON.stringify(out)}: ${why}. ${todo}, or choose another place with --out.`
}
