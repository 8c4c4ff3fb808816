/** `fauxflare ctl`: calls the control API of a server that runs. */
import { CTL_OPTIONS, type CtlConfig } from '../../schemas/config.ts'
import { ConfigError, readCtlConfig } from '../config.ts'
import { didYouMean } from '../near.ts'
import { API, CONTROL, SANDBOXES } from '../paths.ts'
import { bodyOf } from './argument.ts'
import { flagsOf, SPOKEN, type Spoken, usageOf } from './calls.ts'
import { readFlags } from './flags.ts'
import { endWhenUnread } from './output.ts'
import { CallError, type ControlRequest, send } from './sending.ts'

const HELP = 'fauxflare ctl --help'

/**
 * Prints what the server answers, as JSON, and sets the exit code: 1 when it refuses or cannot be reached.
 * @throws ConfigError when the command is wrong
 */
export async function ctl(args: readonly string[]): Promise<void> {
  const request = await requestOf(args, process.env)
  endWhenUnread()
  try {
    const answer = await send(request)
    // Over several lines for a person, in one line for a program.
    process.stdout.write(answer === '' ? '' : `${JSON.stringify(answer, null, process.stdout.isTTY ? 2 : 0)}\n`)
  } catch (error) {
    if (!(error instanceof CallError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}

/**
 * What a command asks for.
 * @throws ConfigError when it is wrong
 * @example await requestOf(['faults', 'add', 'flaky'], {}) // { method: 'POST', url: 'http://127.0.0.1:4010/_fauxflare/faults', … }
 */
export async function requestOf(args: readonly string[], env: NodeJS.ProcessEnv): Promise<ControlRequest> {
  const { given, words } = readFlags(withBackwards(args), [...CTL_OPTIONS, ...SPOKEN.flatMap(flagsOf)], 'call', HELP)
  const { url, sandbox, controlToken, ...asked } = given
  const said = find(words)
  const rest = words.slice(said.words.length)
  const { call, params, argument, otherwise } = said
  const word = rest[params.length]
  const isComplete = rest.length >= params.length && (word !== undefined || !argument || argument.isOptional)
  if (!isComplete || rest.length > params.length + (argument ? 1 : 0)) {
    throw new ConfigError(`Failed to call: it is fauxflare ctl ${usageOf(said)}. See ${HELP}.`)
  }
  const config = readCtlConfig({ given: { url, sandbox, controlToken }, env })
  if (call.defaultOnly && sandbox !== undefined) {
    throw new ConfigError(`Failed to call: "${said.words.join(' ')}" concerns the whole server. Leave --sandbox out.`)
  }
  const path = params.reduce((path, name, at) => path.replace(`:${name}`, () => stepOf(rest[at] ?? '')), call.path)
  const unsaid = otherwise === undefined ? null : JSON.stringify(otherwise)
  return {
    method: call.method,
    url: baseOf(config, call.defaultOnly === true) + path + queryOf(said, asked),
    headers: {
      accept: 'application/json',
      // Even without a body: pages of other origins cannot send it.
      ...(call.method === 'GET' ? {} : { 'content-type': 'application/json' }),
      ...(config.controlToken === '' ? {} : { 'fauxflare-control-token': config.controlToken }),
    },
    body: word !== undefined && argument ? await bodyOf(word, argument) : unsaid,
  }
}

/** Durations that lead back, such as `-P1D`, look like options: they go behind everything else, where none is looked for. */
function withBackwards(args: readonly string[]): readonly string[] {
  const isBack = (arg: string) => /^-P[\dT]/.test(arg)
  if (args.includes('--') || !args.some(isBack)) return args
  return [...args.filter((arg) => !isBack(arg)), '--', ...args.filter(isBack)]
}

/**
 * A word as a step of a path.
 * @throws ConfigError for what would be taken out of the path on the way, so that something else is asked for
 */
function stepOf(word: string): string {
  if (word !== '' && word !== '.' && word !== '..') return encodeURIComponent(word)
  throw new ConfigError(`Failed to call: nothing can be called ${JSON.stringify(word)}.`)
}

/** The call whose words these begin with; of several, the one with the most. */
function find(words: readonly string[]): Spoken {
  const isBegun = ({ words: own }: Spoken) => own.every((word, at) => word === words[at])
  const said = SPOKEN.filter(isBegun).sort((one, other) => other.words.length - one.words.length)[0]
  const [first] = words
  if (first === undefined) throw new ConfigError(`Failed to call: name a call. See ${HELP}.`)
  // `snapshots save x`: nothing can stand behind `snapshots`, so that it is not what was meant.
  if (said && (words.length === 1 || said.words.length > 1 || said.argument)) return said
  const names = SPOKEN.map(({ words: own }) => own.join(' '))
  const typed = words.slice(0, 2).join(' ')
  const kin = names.filter((name) => name === first || name.startsWith(`${first} `))
  const near = didYouMean(typed, names) || didYouMean(first, names)
  const there = kin.length > 0 ? ` There is ${kin.join(', ')}.` : ''
  throw new ConfigError(`Failed to call: there is no call ${JSON.stringify(typed)}.${near}${there} See ${HELP}.`)
}

/** Where the control API of the world is. The address of the simulated API will do as well. */
function baseOf({ url, sandbox }: CtlConfig, isDefaultOnly: boolean): string {
  if (!/^https?:\/\/[^/?#]+[^?#]*$/.test(url) || !URL.canParse(url)) {
    throw new ConfigError(`Failed to call: --url must be such as http://127.0.0.1:4010, not ${JSON.stringify(url)}.`)
  }
  const server = url.replace(/\/+$/, '').replace(new RegExp(`${API}$`), '')
  return (sandbox === '' || isDefaultOnly ? server : `${server}${SANDBOXES}/${stepOf(sandbox)}`) + CONTROL
}

function queryOf(said: Spoken, asked: Readonly<Record<string, unknown>>): string {
  const flags = flagsOf(said)
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(asked)) {
    if (!flags.some((flag) => flag.name === name)) {
      const known = flags.length > 0 ? `It takes ${flags.map(({ flag }) => flag).join(', ')}.` : 'It takes none.'
      throw new ConfigError(
        `Failed to call: "${said.words.join(' ')}" has no option for ${JSON.stringify(name)}. ${known}`,
      )
    }
    query.set(name, String(value))
  }
  return query.size > 0 ? `?${query}` : ''
}
