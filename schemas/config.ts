/**
 * Every option, once. Flags, environment names, the config file, the types, `--help` and the README's table are read
 * from here.
 */
import { type Static, Type } from 'typebox'
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
    description: 'What the world begins with: `docs` (the documented examples), `empty`, or a snapshot file or folder.',
  }),
  seed: Type.Integer({
    default: 1,
    minimum: -2147483648,
    maximum: 2147483647,
    description: 'Ids and secrets are drawn from it: the same seed gives the same ones.',
  }),
  clock: Type.String({
    default: 'real',
    minLength: 1,
    description: '`real`, or an ISO 8601 time at which the clock stands still.',
  }),
  stateless: Type.Boolean({
    default: false,
    description: 'Answer each request from the fixtures and forget what it changed, as an example server does.',
  }),
  auth: Type.Unsafe<'off' | 'any'>({
    ...oneOf(['off', 'any']),
    default: 'any',
    description: '`any` wants well-formed credentials and takes all of them; `off` wants none.',
  }),
  requests: Type.Unsafe<'lenient' | 'strict'>({
    ...oneOf(['lenient', 'strict']),
    default: 'lenient',
    description: '`strict` refuses what the contract does not allow; `lenient` takes what the live service takes.',
  }),
  contract: Type.Unsafe<'off' | 'warn' | 'fail'>({
    ...oneOf(['off', 'warn', 'fail']),
    default: 'fail',
    description: 'What to do when an answer of the simulator breaks the contract: nothing, log it, or answer 500.',
  }),
  log: Type.Unsafe<'silent' | 'error' | 'warn' | 'info' | 'debug' | 'json'>({
    ...oneOf(['silent', 'error', 'warn', 'info', 'debug', 'json']),
    default: 'info',
    description: 'How much to log, pretty on a terminal and JSON otherwise; `json` is `info` as JSON everywhere.',
  }),
})

export type Config = Static<typeof Config>
export type OptionName = keyof Config

/** One option as the command line, the environment and the table show it. */
export interface Option {
  name: OptionName
  /** `--port` */
  flag: string
  /** `FAUXFLARE_PORT` */
  env: string
  type: 'string' | 'boolean' | 'integer'
  choices: readonly string[] | undefined
  default: string | number | boolean
  description: string
}

type Described = Pick<Option, 'type' | 'default' | 'description'> & { enum?: readonly string[] }

/** Every option, in the order of the table. */
export const OPTIONS: readonly Option[] = Object.entries(Config.properties).map(([name, schema]) => {
  const { type, default: value, description, enum: choices } = schema as unknown as Described
  return {
    name: name as OptionName,
    flag: `--${name}`,
    env: `FAUXFLARE_${name.toUpperCase()}`,
    type,
    choices,
    default: value,
    description,
  }
})
