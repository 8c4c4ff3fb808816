/** Puts the options together: what was given first wins, then the environment, then the config file, then defaults. */
import { readFileSync } from 'node:fs'
import { Config, OPTIONS, type OptionName } from '../schemas/config.ts'
import { compile } from './ajv.ts'
import { Clock } from './state/clock.ts'

/** The file that is read from the current folder when it is there. */
export const CONFIG_FILE = 'fauxflare.config.json'

/** Says which option is wrong, where it came from, and what it may be. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** Where options may come from, the strongest first. */
export interface Sources {
  /** Flags, or the argument of `fauxflare()`. */
  given?: Partial<Config> | undefined
  env?: NodeJS.ProcessEnv | undefined
  /** The folder in which a config file is looked for; none is read without it. */
  folder?: string | undefined
}

/**
 * The options to start with.
 * @throws ConfigError for an unknown option or a value that it cannot have
 * @example readConfig({ given: { port: 0 }, env: process.env })
 */
export function readConfig({ given = {}, env = {}, folder }: Sources): Config {
  const config: Record<string, unknown> = {}
  for (const option of OPTIONS) config[option.name] = option.default
  const apply = (values: Record<string, unknown>, source: (name: string) => string) => {
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) continue
      config[name] = checked(name, value, source(name))
    }
  }
  if (folder !== undefined)
    apply(readFile(`${folder}/${CONFIG_FILE}`), (name) => `${JSON.stringify(name)} in ${CONFIG_FILE}`)
  apply(fromEnvironment(env), (name) => OPTIONS.find((option) => option.name === name)?.env ?? name)
  apply(given, (name) => `--${name}`)
  return config as Config
}

/**
 * Reads a text as the value that an option has: what comes from a shell is always a text.
 * @example parseOption('port', '4010') // 4010
 */
export function parseOption(name: OptionName, text: string): string | number | boolean {
  const option = OPTIONS.find((candidate) => candidate.name === name)
  if (option?.type === 'integer' && /^-?\d+$/.test(text)) return Number(text)
  if (option?.type === 'boolean' && /^(?:true|1|on|yes)$/i.test(text)) return true
  if (option?.type === 'boolean' && /^(?:false|0|off|no|)$/i.test(text)) return false
  return text
}

function fromEnvironment(env: NodeJS.ProcessEnv): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const { name, env: variable } of OPTIONS) {
    const text = env[variable]
    if (text !== undefined && text !== '') values[name] = parseOption(name, text)
  }
  return values
}

function readFile(path: string): Record<string, unknown> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw new ConfigError(`Failed to read ${path}: ${(error as Error).message}.`)
  }
  let values: unknown
  try {
    values = JSON.parse(text)
  } catch (error) {
    // The message quotes the file, line breaks and all.
    const problem = (error as Error).message.replace(/\s+/g, ' ')
    throw new ConfigError(`Failed to read ${path}: ${problem}. It must be a JSON object of options.`)
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new ConfigError(`Failed to read ${path}: it must be a JSON object of options.`)
  }
  return values as Record<string, unknown>
}

function checked(name: string, value: unknown, source: string): unknown {
  const schema = Config.properties[name as OptionName]
  if (!Object.hasOwn(Config.properties, name)) {
    const names = OPTIONS.map((option) => option.name).join(', ')
    throw new ConfigError(`Failed to start: there is no option ${source}. The options are ${names}.`)
  }
  const problem = compile({ ...schema })(value)
  const choices = OPTIONS.find((option) => option.name === name)?.choices
  const allowed = choices ? `must be one of ${choices.join(', ')}` : problem?.message
  if (problem) throw new ConfigError(`Failed to start: ${source} ${allowed}, not ${JSON.stringify(value)}.`)
  if (name === 'clock') checkClock(value as string, source)
  return value
}

function checkClock(value: string, source: string): void {
  try {
    Clock.of(value)
  } catch {
    throw new ConfigError(
      `Failed to start: ${source} must be "real" or an ISO 8601 time since 1970, such as 2026-11-21T10:00:00Z, not ${JSON.stringify(value)}.`,
    )
  }
}
