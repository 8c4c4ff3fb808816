/**
 * What most starts never touch goes into files of its own, which are read when something in them is first used. What
 * imports it notices nothing: a file of CommonJS is read at once.
 */
import { createRequire } from 'node:module'
import { build } from 'esbuild'

const require = createRequire(import.meta.url)

/**
 * An esbuild plugin that puts a stand-in into the place of packages.
 * @param files names of files, with the packages that each of them holds
 * @param builtin parts of Node that are loaded in the same way
 */
export function late(files, builtin) {
  const fileOf = new Map(Object.entries(files).flatMap(([file, names]) => names.map((name) => [name, file])))
  return {
    name: 'late',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^[\w@]/ }, ({ path, namespace }) => {
        const isLate = namespace !== 'late' && (fileOf.has(path) || builtin.includes(path))
        return isLate ? { path, namespace: 'late' } : undefined
      })
      onResolve({ filter: /./, namespace: 'late' }, ({ path }) => ({ path, external: true }))
      onLoad({ filter: /./, namespace: 'late' }, ({ path }) => {
        const file = fileOf.get(path)
        return { contents: standIn(path, file ? `require('./${file}.cjs')['${path}']` : `require('${path}')`) }
      })
    },
  }
}

/** A module that exports what another does, and loads that when one of its exports is first asked for. */
function standIn(name, loading) {
  const whole = require(name)
  const keys = Object.getOwnPropertyNames(whole).filter((key) => !['length', 'name', 'prototype'].includes(key))
  return `
    let loaded
    const late = () => (loaded ??= ${loading})
    module.exports = ${typeof whole === 'function' ? '(...given) => late()(...given)' : '{}'}
    for (const key of ${JSON.stringify(keys)}) Object.defineProperty(module.exports, key, { get: () => late()[key] })`
}

/**
 * Writes the files that {@link late} makes stand-ins for.
 * @returns what esbuild says of them
 */
export function writeLate(files, options) {
  const written = Object.entries(files).map(async ([file, names]) => {
    const held = names.map((name) => `get '${name}'() { return require('${name}') }`)
    const stdin = { contents: `module.exports = { ${held.join(', ')} }`, resolveDir: process.cwd() }
    return (await build({ ...options, stdin, format: 'cjs', outfile: `dist/${file}.cjs` })).metafile
  })
  return Promise.all(written)
}
