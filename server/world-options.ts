/** Options of a server become options of its worlds: texts are read, and the faults of a file with them. */
import type { Config } from '../schemas/config.ts'
import { quirksOf } from './quirks.ts'
import { resources } from './resources/index.ts'
import { rateLimitOf } from './state/rate-limits.ts'
import type { WorldOptions } from './state/world.ts'

/** Everything that the server does; what faults are checked against. */
const operations = resources.flatMap(({ endpoints }) => endpoints.map(({ operation }) => operation))

/**
 * How each world of a server begins.
 * @throws ConfigError when `faults` names no file and no preset, or a file with a rule that cannot be
 */
export async function worldOptionsOf(config: Config): Promise<WorldOptions> {
  const { seed, clock, stateless, fixtures, journal, faults, rateLimit, quirks } = config
  return {
    seed,
    clock,
    stateless,
    fixtures,
    journal,
    operations,
    quirks: quirksOf(quirks),
    rateLimit: rateLimit === 'off' ? undefined : rateLimitOf(rateLimit),
    // Loaded on demand: most servers begin without.
    faults: faults === '' ? [] : (await import('./fault-file.ts')).loadFaults(faults, operations),
  }
}
