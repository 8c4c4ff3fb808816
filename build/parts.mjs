/** Decides which of our files of TypeScript end up together, and how much of TypeBox comes with them. */
import { readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'

/**
 * What is imported on demand where a server is running, or to start one. esbuild makes a file for each set of such
 * files that share something, and a start would read 34 of them. Each of these imports all of a server, as it would
 * find it: so that is one file.
 */
const BESIDE_A_SERVER = [
  'fixtures/demo/index.ts',
  'server/cli/check.ts',
  'server/cli/drift.ts',
  'server/cli/exec.ts',
  'server/cli/seed.ts',
  'server/cli/starting.ts',
  'server/cors.ts',
  'server/drift.ts',
  'server/fault-file.ts',
  'server/index.ts',
  'server/report-text.ts',
  'server/storage.ts',
  'server/watch.ts',
]

/** An esbuild plugin that keeps together what is needed together. */
export const together = {
  name: 'together',
  setup({ onLoad }) {
    const server = `\nimport ${JSON.stringify(resolve('server/start.ts'))}`
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      if (!BESIDE_A_SERVER.includes(relative('.', path).replaceAll('\\', '/'))) return undefined
      return { contents: readFileSync(path, 'utf8') + server, loader: 'ts' }
    })
  },
}

/** The words that our schemas are written in. */
const WORDS = ['Array', 'Boolean', 'Integer', 'Number', 'Object', 'Optional', 'String', 'Union', 'Unknown', 'Unsafe']

/** An esbuild plugin that leaves out of TypeBox what no schema asks for: `Type` holds all of it, ten times as much. */
export const fewWords = {
  name: 'few-words',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^typebox$/ }, ({ namespace }) =>
      namespace === 'few-words' ? undefined : { path: 'typebox', namespace: 'few-words' },
    )
    onLoad({ filter: /./, namespace: 'few-words' }, () => ({
      contents: `import * as typebox from 'typebox'\nexport const Type = { ${WORDS.map((word) => `${word}: typebox.${word}`)} }`,
      resolveDir: process.cwd(),
    }))
  },
}
