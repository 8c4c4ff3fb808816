/** Reads what `--faults` names: a preset, or a file of rules. Loaded on demand. */
import { readFileSync } from 'node:fs'
import { PRESETS } from '../schemas/control/faults.ts'
import type { FaultRule } from '../schemas/faults.ts'
import type { Operation } from '../schemas/operation.ts'
import { ConfigError } from './config.ts'
import { didYouMean } from './near.ts'
import { Clock } from './state/clock.ts'
import { FaultError } from './state/faults/errors.ts'
import { Faults, readFaults } from './state/faults/faults.ts'
import { Random } from './state/random.ts'

/**
 * The rules that every world of a server begins with.
 * @param name a preset, or the path of a JSON file with what `POST /_fauxflare/faults` takes: a rule, or a list of rules
 * and presets
 * @param operations what rules are checked against
 * @throws ConfigError when there is no such file, and for a rule that cannot be, with a pointer to what is wrong in it
 * @example loadFaults('flaky', operations)
 * @example loadFaults('./faults.json', operations)
 */
export function loadFaults(name: string, operations: readonly Operation[]): FaultRule[] {
  const isPreset = (PRESETS as readonly string[]).includes(name)
  const input = isPreset ? { preset: name } : readJson(name)
  // Nothing is asked of this clock and drawn from this chance: the rules are read, and nothing else.
  const faults = new Faults({ operations, clock: Clock.of('real'), chance: Random.of(0, 'chance') })
  try {
    faults.add(input)
    // Rules as they are kept show no tokens.
    return readFaults(input, operations)
  } catch (error) {
    if (!(error instanceof FaultError)) throw error
    throw new ConfigError(`Failed to load the faults ${JSON.stringify(name)}: ${error.pointer || 'it'} ${error.detail}`)
  }
}

function readJson(path: string): unknown {
  const failed = `Failed to load the faults ${JSON.stringify(path)}:`
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT') throw new ConfigError(`${failed} ${message}.`)
    const presets = `The presets are ${PRESETS.join(', ')}.`
    throw new ConfigError(`${failed} there is no such file, and no such preset.${didYouMean(path, PRESETS)} ${presets}`)
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    // The message quotes the file, line breaks and all.
    throw new ConfigError(`${failed} it is not JSON: ${(error as Error).message.replace(/\s+/g, ' ')}.`)
  }
}
