/** What the command line says. */
import { parseArgs } from 'node:util'

export const HELP = `Usage: npm run bench -- [options]

  --quick            four minutes: fewer and shorter rounds, 100,000 members instead of a million
  --cases <a,b>      only these; --list shows them
  --repeats <n>      rounds, in which everything takes turns (5; quick: 2)
  --seconds <n>      how long each of them is under load in a round (2; quick: 1)
  --no-peers         without Prism, Mockoon and json-server
  --load <tool>      wrk or autocannon (wrk where it is installed)
  --drowsy           cores may sleep, even where this could keep them awake
  --disk <folder>    where the case "keep" writes (the system's folder for temporary files)
  --json             JSON on standard output, not a table; with "npm run --silent bench", nothing else is there
  --out <file>       JSON into a file, besides
  --list             the cases, and nothing more
  --help
`

/**
 * @typedef {object} Options
 * @property {boolean} quick
 * @property {string[] | undefined} cases all of them, where it is undefined
 * @property {number} repeats
 * @property {number} seconds
 * @property {boolean} peers
 * @property {'wrk' | 'autocannon' | undefined} load
 * @property {boolean} drowsy
 * @property {string | undefined} disk
 * @property {boolean} json
 * @property {string | undefined} out
 * @property {boolean} list
 * @property {boolean} help
 */

/** What somebody asked for that there is not: said in one line, without a stack. */
export class UsageError extends Error {}

/**
 * @param {string[]} args
 * @returns {Options}
 * @throws UsageError
 */
export function readOptions(args) {
  const values = parsed(args)
  const { quick, load } = values
  if (load !== undefined && load !== 'wrk' && load !== 'autocannon') {
    throw new UsageError(`--load is wrk or autocannon, not ${load}.`)
  }
  return {
    quick,
    cases: values.cases?.split(',').map((name) => name.trim()),
    repeats: whole('repeats', values.repeats) ?? (quick ? 2 : 5),
    seconds: whole('seconds', values.seconds) ?? (quick ? 1 : 2),
    peers: !values['no-peers'],
    load,
    drowsy: values.drowsy,
    disk: values.disk,
    json: values.json,
    out: values.out,
    list: values.list,
    help: values.help,
  }
}

/** @param {string[]} args */
function parsed(args) {
  const isSet = /** @type {const} */ ({ type: 'boolean', default: false })
  const text = /** @type {const} */ ({ type: 'string' })
  try {
    return parseArgs({
      args,
      options: {
        quick: isSet,
        cases: text,
        repeats: text,
        seconds: text,
        'no-peers': isSet,
        load: text,
        drowsy: isSet,
        disk: text,
        json: isSet,
        out: text,
        list: isSet,
        help: { ...isSet, short: 'h' },
      },
    }).values
  } catch (error) {
    throw new UsageError(/** @type {Error} */ (error).message)
  }
}

/**
 * @param {string} name
 * @param {string | undefined} text
 */
function whole(name, text) {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new UsageError(`--${name} is a whole number from 1 on, not ${text}.`)
  return value
}
