/**
 * Every option, once. Flags, environment names, the config file, the types, `--help` and the README's table are read
 * from here.
 */
import { type Static, Type } from 'typebox'
import { SeedOptions, UNTIL } from './control/seed.ts'
import { oneOf } from './fields.ts'

/** The options of a server. Each has its default, and a description that is shown to users. */
export const Config = Type.Object({
  port: Type.Integer({
    default: 4010,
    minimum: 0,
    maximum: 65535,
    description: 'Where to listen. 0 takes a free port.',
  }),
  host: Type.String({ default: '127.0.0.1', minLength: 1, description: 'The address to listen on.' }),
  fixtures: Type.String({
    default: 'docs',
    minLength: 1,
    description:
      'What the world begins with: `docs` (the documented examples), `demo` (companies made up from the seed), `empty`, or a file or folder of your own.',
  }),
  watch: Type.Boolean({
    default: false,
    description: 'Begin anew when the file or folder of `--fixtures` changes; one that cannot be read changes nothing.',
  }),
  seed: Type.Integer({
    default: 1,
    minimum: -2147483648,
    maximum: 2147483647,
    description: 'Ids, secrets and generated data are drawn from it: the same seed gives the same ones.',
  }),
  clock: Type.String({
    default: 'real',
    minLength: 1,
    description: '`real`, or an ISO 8601 time at which the clock stands still.',
  }),
  data: Type.String({
    default: '',
    description:
      'Keep the default world in this file, or in a folder (`worlds/`) each world in a file of its own; what it holds comes before the fixtures.',
  }),
  dataSync: Type.Unsafe<'full' | 'relaxed'>({
    ...oneOf(['full', 'relaxed']),
    default: 'full',
    description:
      '`full` answers when a change is on the disk; `relaxed` answers at once, and the last changes can be lost in a crash.',
  }),
  stateless: Type.Boolean({
    default: false,
    description: 'Answer each request from the fixtures and forget what it changed, as an example server does.',
  }),
  auth: Type.Unsafe<'off' | 'any' | 'enforce'>({
    ...oneOf(['off', 'any', 'enforce']),
    default: 'any',
    description:
      '`any` wants well-formed credentials and takes all of them; `off` wants none; `enforce` takes those that exist, for what they allow.',
  }),
  trustProxy: Type.Boolean({
    default: false,
    description: 'Take the address of a client from `X-Forwarded-For`.',
  }),
  requests: Type.Unsafe<'lenient' | 'strict'>({
    ...oneOf(['lenient', 'strict']),
    default: 'lenient',
    description:
      '`strict` refuses what the contract does not allow; `lenient` takes what the live service takes, and writes it down.',
  }),
  contract: Type.Unsafe<'off' | 'warn' | 'fail'>({
    ...oneOf(['off', 'warn', 'fail']),
    default: 'fail',
    description: 'What to do when an answer of the simulator breaks the contract: nothing, log it, or answer 500.',
  }),
  faults: Type.String({
    default: '',
    description:
      'What goes wrong: a file of fault rules, or a preset: `flaky`, `slow`, `outage`, `rate-limited`, `auth-outage`, `eventual`.',
  }),
  rateLimit: Type.String({
    default: 'off',
    minLength: 1,
    description:
      '`off`, or requests of one credential in a time, by the clock of the world: `1200/300s`, `20/1m`, `5000/1h`.',
  }),
  journal: Type.Integer({
    default: 1000,
    minimum: 0,
    maximum: 1_000_000,
    description: 'How many exchanges the journal of a world keeps, the oldest dropped first. 0 keeps none.',
  }),
  quirks: Type.String({
    default: '',
    description:
      'Oddities of the live service, by their names, separated by commas; `--help` and the README list them.',
  }),
  controlToken: Type.String({
    default: '',
    description: 'A secret that every call of the control API but the health check must then carry.',
  }),
  allowedHosts: Type.String({
    default: '',
    description:
      'Host names, separated by commas, under which the control API answers beside `localhost`, IP addresses and names without a dot.',
  }),
  maxSandboxes: Type.Integer({
    default: 1000,
    minimum: 0,
    maximum: 1_000_000,
    description: 'How many sandboxes there may be; the next one is refused with 507.',
  }),
  failOnViolations: Type.Boolean({
    default: false,
    description: 'Exit with 1 at the end, and say why, when a client broke the contract; `exec` judges in any case.',
  }),
  cors: Type.Boolean({
    default: false,
    description: 'Let web pages of other origins call the API.',
  }),
  log: Type.Unsafe<'silent' | 'error' | 'warn' | 'info' | 'debug' | 'json'>({
    ...oneOf(['silent', 'error', 'warn', 'info', 'debug', 'json']),
    default: 'info',
    description: 'How much to log, pretty on a terminal and JSON otherwise; `json` is `info` as JSON everywhere.',
  }),
})

export type Config = Static<typeof Config>
export type OptionName = keyof Config

/** What `fauxflare exec` takes besides: how it judges when the command is done. */
export const ExecConfig = Type.Object({
  minCoverage: Type.Number({
    default: 0,
    minimum: 0,
    maximum: 100,
    description: 'How many percent of the documented operations must have been called.',
  }),
  tolerate: Type.String({
    default: '',
    description:
      'What does not count, separated by commas: `violations` of the contract, `unmatched` calls that no operation answers to, `unused` faults.',
  }),
})
export type ExecConfig = Static<typeof ExecConfig>

/** What `fauxflare ctl` takes: which server and which world it speaks to. */
export const CtlConfig = Type.Object({
  url: Type.String({ default: 'http://127.0.0.1:4010', minLength: 1, description: 'Where the server listens.' }),
  sandbox: Type.String({ default: '', description: 'The world that is meant, if not the default one.' }),
  controlToken: Type.String({ default: '', description: 'What the server was started with.' }),
})
export type CtlConfig = Static<typeof CtlConfig>

/** The keyword of options that are never read from the environment: they say where something is written. */
const FLAG_ONLY = 'x-flag-only'

/** What `fauxflare seed` takes: how much is made, and where it goes. */
export const SeedConfig = Type.Object({
  size: SeedOptions.properties.size,
  accounts: SeedOptions.properties.accounts,
  membersPerAccount: SeedOptions.properties.members_per_account,
  tokensPerAccount: SeedOptions.properties.tokens_per_account,
  auditDays: SeedOptions.properties.audit_days,
  seed: Type.Optional(
    Type.Integer({
      minimum: -2147483648,
      maximum: 2147483647,
      description: 'What it is drawn from. Left out, it is 1; with `--url`, that of the world.',
    }),
  ),
  until: Type.String({
    default: '',
    description: `An ISO 8601 time at which the data ends. Left out, it is ${UNTIL}; with \`--url\`, the time of a clock that was set.`,
  }),
  out: Type.String({
    default: '',
    [FLAG_ONLY]: true,
    description:
      'The file to write, or with a slash at the end, the folder: one file for each collection. Left out, it is the standard output.',
  }),
  url: Type.String({
    default: '',
    [FLAG_ONLY]: true,
    description: 'Where a server listens to whose data it is to be added, instead of a file.',
  }),
  sandbox: Type.String({ default: '', description: 'With `--url`: the world that is meant, if not the default one.' }),
  controlToken: Type.String({ default: '', description: 'With `--url`: what the server was started with.' }),
})
export type SeedConfig = Static<typeof SeedConfig>

/** One option as the command line, the environment and the table show it. */
export interface Option<Name extends string = string> {
  /** `rateLimit`: its name in `fauxflare.config.json` and `fauxflare()`. */
  name: Name
  /** `--rate-limit` */
  flag: string
  /** `FAUXFLARE_RATE_LIMIT`; empty where only a flag will do. */
  env: string
  type: 'string' | 'boolean' | 'integer' | 'number'
  choices: readonly string[] | undefined
  /** None where it depends on others. */
  default: string | number | boolean | undefined
  description: string
}

type Described = Pick<Option, 'type' | 'default' | 'description'> & { enum?: readonly string[]; [FLAG_ONLY]?: true }

/** `rateLimit` → `rate-limit` */
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** Options as they are shown, from the schema of their values. */
export function optionsOf<Name extends string>(properties: Record<Name, unknown>): readonly Option<Name>[] {
  return (Object.entries(properties) as [Name, Described][]).map(
    ([name, { type, default: value, description, enum: choices, [FLAG_ONLY]: isFlagOnly }]) => ({
      name,
      flag: `--${kebab(name)}`,
      env: isFlagOnly ? '' : `FAUXFLARE_${kebab(name).replaceAll('-', '_').toUpperCase()}`,
      type,
      choices,
      default: value,
      description,
    }),
  )
}

/** Every option of a server, in the order of the table. */
export const OPTIONS = optionsOf(Config.properties)
/** Those of `fauxflare exec`, besides. */
export const EXEC_OPTIONS = optionsOf(ExecConfig.properties)
/** Those of `fauxflare ctl`. */
export const CTL_OPTIONS = optionsOf(CtlConfig.properties)
/** Those of `fauxflare seed`. */
export const SEED_OPTIONS = optionsOf(SeedConfig.properties)

/** What is never shown to anybody. */
export const SECRETS: readonly string[] = ['controlToken']
