/** Reads what stands on the command line. */
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { OPTIONS, type Option } from '../../schemas/config.ts'
import { ConfigError, parseOption } from '../config.ts'
import { didYouMean } from '../near.ts'

/** What is needed to read an option. */
export type Flag<Name extends string = string> = Pick<Option<Name>, 'name' | 'flag' | 'type'>

/** A command as it was typed. */
export interface Typed<Name extends string = string> {
  /** What was given for each option, read; nothing of those that were not named. */
  given: Partial<Record<Name, string | number | boolean>>
  /** What is no option and no value of one. */
  words: string[]
}

/** How parseArgs is told of options. */
export function declare(options: readonly Flag[]): NonNullable<ParseArgsConfig['options']> {
  return Object.fromEntries(
    options.map(({ flag, type }) => [flag.slice(2), { type: type === 'boolean' ? 'boolean' : 'string' }]),
  )
}

/**
 * Reads options and words.
 * @param options those that the command takes
 * @param aim what fails when the command is wrong: `start`, `call`
 * @param help what says more
 * @throws ConfigError for an option that there is not, and for a missing or needless value
 * @example readFlags(['--port', '0', 'drift'], OPTIONS, 'start') // { given: { port: 0 }, words: ['drift'] }
 */
export function readFlags<Name extends string>(
  args: readonly string[],
  options: readonly Flag<Name>[],
  aim: string,
  help = 'fauxflare --help',
): Typed<Name> {
  const { values, positionals } = parse(args, options, aim, help)
  const given: Typed<Name>['given'] = {}
  for (const option of options) {
    const value = values[option.flag.slice(2)]
    if (value !== undefined) given[option.name] = typeof value === 'string' ? parseOption(option, value) : value
  }
  return { given, words: positionals }
}

function parse(args: readonly string[], options: readonly Flag[], aim: string, help: string) {
  try {
    const parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      allowNegative: true,
      options: declare(options),
    })
    return parsed as { values: Record<string, string | boolean | undefined>; positionals: string[] }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const unknown = code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? /'(-[^']*)'/.exec(message)?.[1] : undefined
    const problem =
      unknown === undefined ? message.replace(/\s+/g, ' ').replace(/[^.]$/, '$&.') : `Unknown option '${unknown}'.`
    const near =
      unknown === undefined
        ? ''
        : didYouMean(
            unknown,
            options.map(({ flag }) => flag),
          )
    throw new ConfigError(`Failed to ${aim}: ${problem}${near} See ${help}.`)
  }
}

/** `--json` of commands that report. */
export const JSON_FLAG = { name: 'json', flag: '--json', type: 'boolean' } as const

/**
 * Reads a command that reports on files.
 * @param command what it is called, and what it takes beside `--json`
 * @throws ConfigError as {@link readFlags}, and for an option of a server
 */
export function readReportFlags(args: readonly string[], aim: string, command: { name: string; takes: string }) {
  const { given, words } = readFlags(args, [...OPTIONS, JSON_FLAG], aim)
  const stray = OPTIONS.find(({ name }) => given[name] !== undefined)
  if (stray) {
    throw new ConfigError(
      `Failed to ${aim}: ${stray.flag} is for serving. fauxflare ${command.name} takes ${command.takes} and --json.`,
    )
  }
  return { words, isJson: given.json === true }
}
