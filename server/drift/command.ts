/** `fauxflare drift <openapi.json>`: compares our document with a given one, and says whether they still agree. */
import { readFile } from 'node:fs/promises'
import listed from '../../schemas/exceptions.json' with { type: 'json' }
import { whyUnread } from '../system-error.ts'
import { drift, unlisted } from './compare.ts'
import type { OpenApiDocument } from './document.ts'
import { type DriftException, readExceptions } from './exceptions.ts'
import { isObject } from './json.ts'
import { formatDrift } from './report.ts'

/** What the command needs besides the file. */
export interface DriftOptions {
  /** Our own document, as the app serves it. */
  ours: OpenApiDocument
  /** The differences that are meant to be there; those of `schemas/exceptions.json` when not given. */
  exceptions?: readonly DriftException[]
  /** Print the report as JSON instead of a table. */
  json?: boolean
  /** Takes the report. */
  write: (text: string) => void
  /** Takes the complaint when there is no report; `write` when not given. */
  complain?: (text: string) => void
}

/**
 * Compares our document with the one in a file, and prints what it found.
 * @returns 0 when all differences are listed, 1 when one is not, 2 when there was nothing to compare with
 * @example process.exitCode = await runDrift('openapi.json', { ours: app.swagger(), write: console.log })
 */
export async function runDrift(file: string, options: DriftOptions): Promise<0 | 1 | 2> {
  const { ours, json = false, write, complain = write } = options
  try {
    const theirs = await readOpenApi(file)
    const report = drift(ours, theirs, options.exceptions ?? readExceptions(listed))
    write(json ? `${JSON.stringify(report, null, 2)}\n` : formatDrift(report))
    return unlisted(report).length === 0 ? 0 : 1
  } catch (error) {
    if (!(error instanceof Error)) throw error
    complain(`${error.message}\n`)
    return 2
  }
}

async function readOpenApi(file: string): Promise<OpenApiDocument> {
  const failed = `Failed to compare with ${file}:`
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${failed} ${whyUnread(error)}. Name a file with an OpenAPI document.`)
  })
  const document = parsed(text, failed)
  if (!isOpenApi(document)) {
    throw new Error(`${failed} it is not an OpenAPI document of version 3.0 or 3.1. ${versionOf(document)}`)
  }
  return document
}

function parsed(text: string, failed: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`${failed} it is not JSON (${(error as Error).message}). Convert it to JSON if it is YAML.`)
  }
}

function isOpenApi(document: unknown): document is OpenApiDocument & object {
  return isObject(document) && /^3\.[01](\.|$)/.test(String(document.openapi)) && isObject(document.paths)
}

function versionOf(document: unknown): string {
  if (!isObject(document)) return 'It should be an object.'
  const version = document.openapi ?? document.swagger
  if (version === undefined) return 'It has no "openapi".'
  return isObject(document.paths) ? `It is of version ${version}.` : 'It has no "paths".'
}
