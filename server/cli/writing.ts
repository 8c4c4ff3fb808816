/** Writes a document where somebody wants to have it: the whole of it or nothing, where a file is meant. */
import { mkdirSync, rmSync, statSync } from 'node:fs'
import { type FileHandle, open, rename } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Document } from '../../schemas/state.ts'
import { documentText, rowsText } from '../state/document-text.ts'
import { endWhenUnread } from './output.ts'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** Is told how many rows were written so far. */
type OnRows = (rows: number) => void

/**
 * Writes a document.
 * @param out a file; with a slash at the end, or where there is one of that name, a folder, in which each collection
 * becomes a file; nothing for standard output
 * @returns where it is, in words
 * @throws Error of the system when it cannot be written; a file that was there is then as it was
 */
export async function writeDocument(document: Document, out: string, onRows: OnRows): Promise<string> {
  const count = counting(onRows)
  if (out === '') {
    await print(count(documentText(document)))
    return 'written to standard output'
  }
  const found = statSync(out, { throwIfNoEntry: false })
  if (/[/\\]$/.test(out) || found?.isDirectory()) {
    mkdirSync(out, { recursive: true })
    for (const [name, text] of filesOf(document, out)) await replace(join(out, name), count(text))
  } else if (found && !found.isFile()) {
    // A pipe, a terminal: nothing could be put in its place.
    await fill(await open(out, 'w'), count(documentText(document)))
  } else {
    await replace(out, count(documentText(document)))
  }
  return `written to ${out}: fauxflare --fixtures ${/^[\w./\\-]+$/.test(out) ? out : JSON.stringify(out)}`
}

/** As fast as it is read. */
async function print(text: Iterable<string>): Promise<void> {
  endWhenUnread()
  await pipeline(Readable.from(text), process.stdout, { end: false })
}

/** Beside the file first, then in its place. */
async function replace(path: string, text: Iterable<string>): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}`)
  // Whoever presses Ctrl+C finds nothing that was begun.
  const leave = (signal: NodeJS.Signals) => {
    rmSync(beside, { force: true })
    process.kill(process.pid, signal)
  }
  for (const signal of SIGNALS) process.once(signal, leave)
  try {
    await fill(await open(beside, 'w'), text)
    await rename(beside, path)
  } finally {
    for (const signal of SIGNALS) process.off(signal, leave)
    // Gone already, when all went well.
    rmSync(beside, { force: true })
  }
}

async function fill(file: FileHandle, text: Iterable<string>): Promise<void> {
  try {
    for (const part of text) await file.write(part)
    // What cannot be synced is not a file on a disk.
    await file.sync().catch(() => {})
  } finally {
    await file.close()
  }
}

/** A file for each collection that has rows, or had some, and two for what belongs to none. */
function* filesOf(
  { tables, aliases, ...world }: Document,
  folder: string,
): Generator<[name: string, text: Iterable<string>]> {
  yield ['world.json', [`${JSON.stringify(world, null, 2)}\n`]]
  yield ['aliases.json', [`${JSON.stringify(aliases, null, 2)}\n`]]
  for (const [name, rows] of Object.entries(tables)) {
    const file = `${name}.json`
    if (rows.length > 0 || statSync(join(folder, file), { throwIfNoEntry: false })) yield [file, rowsText(rows)]
  }
}

/** Counts lines on their way: each row is one. */
function counting(onRows: OnRows): (text: Iterable<string>) => Generator<string> {
  let rows = 0
  return function* count(text) {
    for (const part of text) {
      yield part
      for (let at = part.indexOf('\n'); at >= 0; at = part.indexOf('\n', at + 1)) rows += 1
      onRows(rows)
    }
  }
}
