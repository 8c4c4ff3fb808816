/** Writes each set of fixtures into one file, without the space that is there for people: a start reads 23 otherwise. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** @param folder where server/package-folder.ts looks for them */
export function writeSets(folder) {
  mkdirSync(folder)
  for (const set of ['catalogue', 'docs', 'empty']) {
    const files = readdirSync(join('fixtures', set)).filter((file) => file.endsWith('.json'))
    const parts = files.map((file) => [
      basename(file, '.json'),
      JSON.parse(readFileSync(join('fixtures', set, file), 'utf8')),
    ])
    writeFileSync(join(folder, `${set}.json`), JSON.stringify(Object.fromEntries(parts)))
  }
}
