/** Puts the options together: what was given first wins, then the environment, then the config file, then defaults. */
import { readFileSync } from 'node:fs'
import { Config, CtlConfig, ExecConfig, type Option, optionsOf, SECRETS, SeedConfig } from '../schemas/config.ts'
import { EARLIEST } from '../schemas/control/seed.ts'
import { compile } from './ajv.ts'
import { quirksOf } from './quirks.ts'
import type { Schema } from './readings.ts'
import { Clock, momentOf } from './state/clock.ts'
import { rateLimitOf } from './state/rate-limits.ts'

/** The file that is read from the current folder when it is there. */
export const CONFIG_FILE = 'fauxflare.config.json'

/** Says which option is wrong, where it came from, and what it may be. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** Where options may come from, the strongest first. */
export interface Sources {
  /** Flags, or the argument of `fauxflare()`. */
  given?: object | undefined
  env?: NodeJS.ProcessEnv | undefined
  /** The folder in which a config file is looked for; none is read without it. */
  folder?: string | undefined
}

/**
 * The options to start with.
 * @throws ConfigError for an unknown option or a value that it cannot have
 * @example readConfig({ given: { port: 0 }, env: process.env })
 */
export function readConfig(sources: Sources): Config {
  const config = read(Config.properties, sources, 'start') as Config
  const clash = CLASHES.find(({ when }) => when(config))
  if (clash) throw new ConfigError(`Failed to start: ${clash.problem}`)
  return config
}

/** Options that make no sense together. */
const CLASHES: readonly { when: (config: Config) => boolean; problem: string }[] = [
  {
    when: ({ data, stateless }) => data !== '' && stateless,
    problem: '--data keeps what requests change, and --stateless forgets it. Leave one of them out.',
  },
  {
    when: ({ data, dataSync }) => data === '' && dataSync === 'relaxed',
    problem: '--data-sync says how a file is written, and there is none. Name one with --data.',
  },
  {
    when: ({ data, watch }) => data !== '' && watch,
    problem:
      '--watch begins anew with the fixtures, and --data goes on with what its file holds. Leave one of them out.',
  },
]

/**
 * How `fauxflare exec` judges.
 * @throws ConfigError as `readConfig`
 */
export function readExecConfig(sources: Omit<Sources, 'folder'>): ExecConfig {
  return read(ExecConfig.properties, sources, 'start') as ExecConfig
}

/**
 * Which server `fauxflare ctl` speaks to.
 * @throws ConfigError as `readConfig`
 */
export function readCtlConfig(sources: Omit<Sources, 'folder'>): CtlConfig {
  return read(CtlConfig.properties, sources, 'call') as CtlConfig
}

/**
 * What `fauxflare seed` makes, and where it goes.
 * @throws ConfigError as `readConfig`
 */
export function readSeedConfig(sources: Omit<Sources, 'folder'>): SeedConfig {
  return read(SeedConfig.properties, sources, 'seed') as SeedConfig
}

/** @param aim what fails when an option is wrong */
function read(schemas: Readonly<Record<string, object>>, { given = {}, env = {}, folder }: Sources, aim: string) {
  const options = optionsOf(schemas)
  const config: Record<string, unknown> = {}
  for (const option of options) config[option.name] = option.default
  const apply = (values: object, source: (name: string) => string) => {
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) continue
      if (!Object.hasOwn(schemas, name)) {
        const names = options.map((option) => option.name).join(', ')
        throw new ConfigError(`Failed to ${aim}: there is no option ${source(name)}. The options are ${names}.`)
      }
      const problem = problemOf(name, schemas[name] as object, value)
      if (problem) throw new ConfigError(`Failed to ${aim}: ${source(name)} ${problem}.`)
      config[name] = value
    }
  }
  if (folder !== undefined)
    apply(readFile(`${folder}/${CONFIG_FILE}`), (name) => `${JSON.stringify(name)} in ${CONFIG_FILE}`)
  const find = (name: string) => options.find((option) => option.name === name)
  apply(fromEnvironment(options, env), (name) => find(name)?.env ?? name)
  apply(given, (name) => find(name)?.flag ?? `--${name}`)
  return config
}

/**
 * Reads a text as the value that an option has: what comes from a shell is always a text.
 * @example parseOption({ type: 'integer' }, '4010') // 4010
 */
export function parseOption({ type }: Pick<Option, 'type'>, text: string): string | number | boolean {
  if (type === 'integer' && /^-?\d+$/.test(text)) return Number(text)
  if (type === 'number' && /^-?\d+(?:\.\d+)?$/.test(text)) return Number(text)
  if (type === 'boolean' && /^(?:true|1|on|yes)$/i.test(text)) return true
  if (type === 'boolean' && /^(?:false|0|off|no|)$/i.test(text)) return false
  return text
}

function fromEnvironment(options: readonly Option[], env: NodeJS.ProcessEnv): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const option of options) {
    const text = env[option.env]
    if (text !== undefined && text !== '') values[option.name] = parseOption(option, text)
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
    throw new ConfigError(
      `Failed to read ${path}: ${syntaxProblem(error as Error, text)}. It must be a JSON object of options.`,
    )
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new ConfigError(`Failed to read ${path}: it must be a JSON object of options.`)
  }
  return values as Record<string, unknown>
}

/** The message quotes the file, line breaks and all: in one line, and without the secrets that may be there. */
function syntaxProblem({ message }: Error, text: string): string {
  const isSecret = SECRETS.some((name) => text.includes(name))
  return (isSecret ? message.replace(/,? (?:\.{3})?".*" is not valid JSON$/s, '') : message).replace(/\s+/g, ' ')
}

/** What a schema cannot say of a text, and how it must be. */
const READERS: Readonly<Record<string, { read: (text: string) => unknown; must: string; tells?: true }>> = {
  clock: { read: Clock.of, must: 'must be "real" or an ISO 8601 time since 1970, such as 2026-11-21T10:00:00Z' },
  until: {
    read: (text) => {
      if (text !== '' && momentOf(text) < EARLIEST) throw new RangeError('too early')
    },
    must: 'must be an ISO 8601 time since 2000, such as 2026-11-21T10:00:00Z',
  },
  rateLimit: {
    read: (text) => text === 'off' || rateLimitOf(text),
    must: 'must be "off" or a number of requests in a time, such as 1200/300s, 20/1m or 5000/1h',
  },
  quirks: { read: quirksOf, must: 'must be names of quirks, separated by commas', tells: true },
  controlToken: {
    // It travels in a header.
    read: (text) => {
      if (!/^[!-~]*$/.test(text)) throw new RangeError('not printable ASCII')
    },
    must: 'must be of printable ASCII characters without spaces',
  },
  allowedHosts: {
    read: hostsOf,
    must: 'must be host names without a port, separated by commas, such as mock.example.com,ci.example.com',
  },
}

/**
 * The host names of a list.
 * @throws RangeError when there is something else in it
 * @example hostsOf('Mock.example.com, ci.example.com') // ['mock.example.com', 'ci.example.com']
 */
export function hostsOf(list: string): string[] {
  const hosts = list.split(',').flatMap((host) => host.trim().toLowerCase() || [])
  const odd = hosts.find((host) => !/^[a-z0-9_.-]+$/.test(host))
  if (odd !== undefined) throw new RangeError(`"${odd}" is no host name`)
  return hosts
}

function problemOf(name: string, schema: object, value: unknown): string | undefined {
  const problem = compile(schema as Schema)(value)
  const choices = (schema as { enum?: string[] }).enum
  const reader = problem ? undefined : unreadable(name, value)
  const must = problem ? (choices ? `must be one of ${choices.join(', ')}` : problem.message) : reader?.must
  // What was meant as a secret is not shown, however wrong it is.
  if (must === undefined || SECRETS.includes(name)) return must
  return `${must}, not ${JSON.stringify(value)}${reader?.why ?? ''}`
}

/** How a text must be that the schema takes, and that cannot be read. */
function unreadable(name: string, value: unknown): { must: string; why: string } | undefined {
  const reader = READERS[name]
  if (!reader) return undefined
  try {
    reader.read(value as string)
  } catch (error) {
    const why = reader.tells ? `: ${(error as Error).message.replace(/\.$/, '')}` : ''
    return { must: reader.must, why }
  }
}
