/** What is measured, installed as its users install it, and what it is measured with. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { npm } from './npm.mjs'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const QUIETLY = ['--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts']

/**
 * @typedef {object} Package
 * @property {string} folder
 * @property {string} version
 * @property {(name?: string) => string} bin the file of its command
 */

/**
 * @typedef {object} Subjects
 * @property {Package} fauxflare
 * @property {Package} fastify
 */

/**
 * The load generator and the peers, into the folder of the benchmark: never into the project.
 * @param {{ peers: boolean }} options
 * @throws Error when npm cannot
 */
export async function installTools({ peers }) {
  // What is there already is not taken away again.
  if (!peers && tool('autocannon') !== undefined) return
  const stamp = join(HERE, 'node_modules/.installed-by')
  const [major = ''] = process.versions.node.split('.')
  // What was right for another Node may be wrong for this one, and npm would leave it.
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') !== major)
    rmSync(join(HERE, 'node_modules'), { recursive: true })
  await npm(['install', ...QUIETLY, ...(peers ? [] : ['--omit=optional'])], HERE)
  writeFileSync(stamp, major)
}

/**
 * A package that {@link installTools} brought.
 * @param {string} name
 * @returns {Package | undefined} undefined where npm left it out
 */
export function tool(name) {
  const folder = join(HERE, 'node_modules', name)
  return existsSync(join(folder, 'package.json')) ? packageIn(folder) : undefined
}

/**
 * The project, packed as it would be published, and the Fastify that it was built with, each installed with what it
 * needs to run into an empty folder.
 * @param {string} folder
 * @returns {Promise<Subjects>}
 * @throws Error when the project cannot be built or npm cannot install it
 */
export async function installSubjects(folder) {
  const fastify = join(ROOT, 'node_modules/fastify')
  if (!existsSync(fastify)) throw new Error('The project is not installed. Run "npm install" in the checkout first.')
  await npm(['pack', '--pack-destination', folder], ROOT)
  const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz'))
  if (tarball === undefined) throw new Error(`"npm pack" left no tarball in ${folder}.`)
  return {
    fauxflare: await installed('fauxflare', join(folder, tarball), folder),
    fastify: await installed('fastify', `fastify@${packageIn(fastify).version}`, folder),
  }
}

/**
 * @param {string} name
 * @param {string} what a version, or a tarball
 * @param {string} parent
 */
async function installed(name, what, parent) {
  const folder = join(parent, `installed-${name}`)
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}')
  await npm(['install', ...QUIETLY, '--omit=dev', what], folder)
  return packageIn(join(folder, 'node_modules', name))
}

/**
 * @param {string} folder
 * @returns {Package}
 */
function packageIn(folder) {
  const { version, bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return {
    folder,
    version,
    bin: (name) => join(folder, name === undefined || typeof bin === 'string' ? bin : bin[name]),
  }
}
