/** An argument of `fauxflare ctl` that becomes a body. */
import { readFile } from 'node:fs/promises'
import { text as textOf } from 'node:stream/consumers'
import { ConfigError } from '../config.ts'
import { whyUnread } from '../system-error.ts'
import type { Argument } from './calls.ts'

/**
 * Reads it: JSON as it stands, `@file`, `-` for standard input, or a word, which is short for something or the name of
 * a file.
 * @returns the body, as JSON
 * @throws ConfigError for what is not JSON, and for a file that cannot be read
 * @example await bodyOf('{"by":"P31D"}', { form: 'json|file', isOptional: false }) // '{"by":"P31D"}'
 */
export async function bodyOf(word: string, { of }: Argument): Promise<string> {
  if (word === '-') return json(await textOf(process.stdin), 'standard input')
  if (word.startsWith('@')) return json(await contentOf(word.slice(1)), word.slice(1))
  if (/^\s*[{["]/.test(word)) return json(word, 'the argument')
  if (of && !word.endsWith('.json')) return JSON.stringify(of(word))
  return json(await contentOf(word), word)
}

async function contentOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new ConfigError(`Failed to read ${JSON.stringify(path)}: ${whyUnread(error as NodeJS.ErrnoException)}.`)
  }
}

/** The text as it is, so that nothing of it is lost on the way; only checked. */
function json(text: string, source: string): string {
  try {
    JSON.parse(text)
    return text
  } catch (error) {
    // The message quotes the text, line breaks and all.
    throw new ConfigError(`Failed to call: ${source} is not JSON: ${(error as Error).message.replace(/\s+/g, ' ')}.`)
  }
}
