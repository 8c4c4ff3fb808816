/** Writes the validators that a server needs, compiled from the schemas as they are now. See server/compiler.ts. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, transform } from 'esbuild'

/** What validators need of Ajv when they run. */
export const CHECK_PARTS = ['ajv/dist/runtime/equal', 'ajv/dist/runtime/ucs2length', 'ajv-formats/dist/formats']

/** @param shared the file that holds {@link CHECK_PARTS} */
export async function writeChecks(shared, options) {
  const outfile = resolve('dist/precompile.mjs')
  await build({ ...options, entryPoints: ['server/precompile.ts'], outfile })
  const { validators } = await import(pathToFileURL(outfile))
  rmSync(outfile)
  mkdirSync('dist/checks')
  for (const [name, source] of await validators()) {
    const { code } = await transform(compact(source, shared), { minify: true })
    writeFileSync(`dist/checks/${name}.cjs`, code)
  }
}

/** Where in a schema something is demanded is of no use to us, and a sixth of all text. */
function compact(source, shared) {
  return source
    .replace(/\brequire\(("ajv[^"]*")\)/g, `require("../${shared}.cjs")[$1]`)
    .replace(/schemaPath:"(?:[^"\\]|\\.)*",/g, '')
}
