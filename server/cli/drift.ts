/** `fauxflare drift`, as it is typed. */
import { OPTIONS } from '../../schemas/config.ts'
import { ConfigError } from '../config.ts'
import { drift } from '../drift.ts'
import { JSON_FLAG, readFlags } from './flags.ts'

/** @throws ConfigError when the command is wrong */
export async function compare(args: readonly string[]): Promise<void> {
  const { given, words } = readFlags(args, [...OPTIONS, JSON_FLAG], 'compare')
  const [file] = words
  if (file === undefined || words.length > 1) {
    throw new ConfigError('Failed to compare: name one OpenAPI file, as in fauxflare drift openapi.json.')
  }
  const stray = OPTIONS.find(({ name }) => given[name] !== undefined)
  if (stray) {
    throw new ConfigError(`Failed to compare: ${stray.flag} is for serving. fauxflare drift takes a file and --json.`)
  }
  process.exitCode = await drift(file, given.json === true)
}
