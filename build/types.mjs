/** Leaves of the declarations of all our files those that the programmatic API refers to. Runs after `tsc`. */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

const FOLDER = 'dist/types'

const needed = new Set()
follow(resolve(FOLDER, 'server/index.d.ts'))
for (const entry of readdirSync(FOLDER, { recursive: true, withFileTypes: true })) {
  const file = resolve(entry.parentPath, entry.name)
  if (entry.isFile() && !needed.has(file)) rmSync(file)
}

function follow(file) {
  if (needed.has(file)) return
  needed.add(file)
  const imports = readFileSync(file, 'utf8').matchAll(/\b(?:from|import)\s*\(?\s*["'](\.[^"']+)\.[jt]s["']/g)
  for (const [, name] of imports) follow(join(dirname(file), `${name}.d.ts`))
}
