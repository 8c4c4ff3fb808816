/** What tests of options share: a folder with a config file, and the message of an option that is refused. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { CONFIG_FILE, ConfigError } from '../server/config.ts'

/** A folder with this config file, or with none. */
export function folderWith(t: TestContext, text?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'fauxflare-config-'))
  t.after(() => rmSync(folder, { recursive: true }))
  if (text !== undefined) writeFileSync(join(folder, CONFIG_FILE), text)
  return folder
}

/** Why it refuses. */
export const errorOf = (read: () => unknown): string => {
  let message = ''
  assert.throws(read, (error) => {
    assert.ok(error instanceof ConfigError)
    message = error.message
    return true
  })
  return message
}
