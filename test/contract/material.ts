/** Where the material is that the contract was taken from. It is not part of the package: tests skip without it. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = new URL('../../../shared/', import.meta.url)

/** The text of one piece of the material, and what to tell `test` when it is not here. */
export function shared(name: string): { text: string; skip: string | false } {
  const path = fileURLToPath(new URL(name, folder))
  if (!existsSync(path)) return { text: '', skip: `shared/${name} is not here` }
  return { text: readFileSync(path, 'utf8'), skip: false }
}
