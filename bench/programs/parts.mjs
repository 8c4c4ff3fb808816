/** Loads parts of the project as the build bundles them. */
import { rmSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

/**
 * @param {string} exports lines of a module that exports what is wanted, with paths from the root of the project
 * @returns {Promise<any>} that module
 */
export async function load(exports) {
  // Beside this file, since the package's own files are found from there.
  const outfile = fileURLToPath(new URL(`./.parts-${process.pid}.mjs`, import.meta.url))
  await build({
    stdin: { contents: exports, resolveDir: fileURLToPath(new URL('../../', import.meta.url)) },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    logLevel: 'warning',
    external: ['@fastify/swagger', '@fastify/swagger-ui', 'allof-merge', 'pino-pretty'],
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
  })
  try {
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(outfile)
  }
}
