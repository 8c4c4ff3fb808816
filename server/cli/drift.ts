/** `fauxflare drift`, as it is typed. */
import { ConfigError } from '../config.ts'
import { readReportFlags } from './flags.ts'
import { endWhenUnread } from './output.ts'

/** @throws ConfigError when the command is wrong */
export async function compare(args: readonly string[]): Promise<void> {
  const { words, isJson } = readReportFlags(args, 'compare', { name: 'drift', takes: 'a file' })
  const [file] = words
  if (file === undefined || words.length > 1) {
    throw new ConfigError('Failed to compare: name one OpenAPI file, as in fauxflare drift openapi.json.')
  }
  const { drift } = await import('../drift.ts')
  endWhenUnread()
  process.exitCode = await drift(file, isJson)
}
