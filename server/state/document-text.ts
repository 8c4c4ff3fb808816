/**
 * A document as text: JSON with one row a line, so that a difference shows which row it is in, and so that a document
 * that is longer than a text in Node can be is written and read in parts.
 */
import { constants } from 'node:buffer'
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import type { Document } from '../../schemas/state.ts'

/** Characters that are handed out at a time. */
const PART = 1 << 18

/** Bytes that are read at a time. */
const BLOCK = 1 << 20

/**
 * The text of a document, in parts.
 * @example for (const part of documentText(checkpoint.document())) await file.write(part)
 */
export function documentText(document: Document): Generator<string, void> {
  return inParts(documentPieces(document))
}

/** The text of rows alone, in parts: a list, with one row a line. */
export function rowsText(rows: readonly object[]): Generator<string, void> {
  return inParts(rowsPieces(rows, ''))
}

function* inParts(pieces: Iterable<string>): Generator<string, void> {
  let text = ''
  for (const piece of pieces) {
    text += piece
    if (text.length <= PART) continue
    yield text
    text = ''
  }
  yield `${text}\n`
}

function* documentPieces({ tables, ...shell }: Document): Generator<string, void> {
  const head = Object.entries(shell).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)},\n`)
  yield `{\n${head.join('')}  "tables": {`
  let separator = '\n'
  for (const [name, rows] of Object.entries(tables)) {
    yield `${separator}    ${JSON.stringify(name)}: `
    yield* rowsPieces(rows, '    ')
    separator = ',\n'
  }
  yield '\n  }\n}'
}

function* rowsPieces(rows: readonly object[], indent: string): Generator<string, void> {
  let text = '['
  let separator = '\n'
  for (const row of rows) {
    text += `${separator}${indent}  ${JSON.stringify(row)}`
    separator = ',\n'
    // Not each row by itself: to hand out so many pieces takes a third longer.
    if (text.length <= PART) continue
    yield text
    text = ''
  }
  yield text + (rows.length === 0 ? ']' : `\n${indent}]`)
}

/**
 * Reads the JSON of a file. One that is too long for a text is read in parts, if it is written as
 * {@link documentText} writes.
 * @param longest how many bytes are read as one text
 * @throws SyntaxError for what is no JSON, and for a file that is too long and written in another way
 */
export function readJsonFile(path: string, longest = constants.MAX_STRING_LENGTH): unknown {
  const file = openSync(path, 'r')
  try {
    return fstatSync(file).size <= longest ? JSON.parse(readFileSync(file, 'utf8')) : readInParts(file, path)
  } finally {
    closeSync(file)
  }
}

function readInParts(file: number, path: string): unknown {
  const parts = new Parts()
  let number = 0
  for (const line of linesOf(file)) {
    number += 1
    try {
      parts.take(line)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      throw new SyntaxError(
        `${path} is longer than a text in Node can be, and line ${number} cannot be read by itself. Write one row a line, as GET /_fauxflare/state and fauxflare seed do`,
      )
    }
  }
  return parts.document
}

/** A document while it is put together from lines. */
class Parts {
  readonly document: Record<string, unknown> = {}
  #tables: Record<string, unknown[]> | undefined
  #rows: unknown[] | undefined

  /** @throws SyntaxError for a line that is not as {@link documentText} writes it */
  take(line: string): void {
    const end = line.endsWith(',') ? line.length - 1 : line.length
    const [, name, opening] = /^"(\w+)": ([[{])?$/.exec(line) ?? []
    if (this.#rows) {
      if (line === ']' || line === '],') this.#rows = undefined
      else this.#rows.push(JSON.parse(line.slice(0, end)))
    } else if (name !== undefined && opening === '[' && this.#tables) {
      this.#rows = []
      this.#tables[name] = this.#rows
    } else if (name === 'tables' && opening === '{') {
      this.#tables = {}
      this.document.tables = this.#tables
    } else if (line.startsWith('"')) {
      Object.assign(this.#tables ?? this.document, JSON.parse(`{${line.slice(0, end)}}`))
    } else if (!/^(?:[{}],?)?$/.test(line)) {
      throw new SyntaxError('is no row')
    }
  }
}

/** The lines of a file, without the space around them. */
function* linesOf(file: number): Generator<string, void> {
  const decoder = new StringDecoder('utf8')
  const block = Buffer.alloc(BLOCK)
  let rest = ''
  for (let length = readSync(file, block); length > 0; length = readSync(file, block)) {
    const lines = (rest + decoder.write(block.subarray(0, length))).split('\n')
    rest = lines.pop() as string
    for (const line of lines) yield line.trim()
  }
  yield (rest + decoder.end()).trim()
}
