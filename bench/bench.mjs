/** One run of the benchmark: what its cases share. */
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { keepAwake } from './awake.mjs'
import { chooseCores, moveTo } from './cores.mjs'
import { chooseTool } from './load/index.mjs'
import { once } from './once.mjs'
import { installSubjects, installTools, tool } from './packages.mjs'
import { hear, withEntries, withTokens } from './worlds.mjs'

/**
 * @typedef {object} Bench
 * @property {import('./options.mjs').Options} options
 * @property {string} folder for whatever this run needs to write; gone in the end
 * @property {import('./cores.mjs').Cores} cores
 * @property {import('./load/index.mjs').Tool} tool the load generator
 * @property {import('./packages.mjs').Subjects} subjects
 * @property {typeof tool} toolNamed
 * @property {(text: string) => void} progress for who waits
 * @property {(text: string) => void} note for who reads the table
 * @property {readonly string[]} notes
 * @property {Set<string>} broken names of peers that did not start, and are not tried again
 * @property {() => number} nextUnique where unique numbers begin that nobody has used
 * @property {() => Promise<import('./servers/peers.mjs').Documents>} documents what fauxflare answers
 * @property {() => Promise<import('./worlds.mjs').TokensWorld>} tokensWorld
 * @property {() => Promise<import('./worlds.mjs').EntriesWorld>} entriesWorld
 */

/** A load average from which on something else goes on. */
const BUSY = 0.7

/** Unique numbers for one load, at most. */
const STEP = 10_000_000

/**
 * Installs what is needed.
 * @param {import('./options.mjs').Options} options
 * @param {import('./progress.mjs').Progress} shown
 * @returns {Promise<Bench>}
 * @throws Error when something is missing that nothing can be measured without
 */
export async function begin(options, shown) {
  const progress = shown.step
  /** @type {Set<string>} */
  const notes = new Set()
  const note = (/** @type {string} */ text) => {
    if (!notes.has(text)) shown.note(text)
    notes.add(text)
  }
  const folder = mkdtempSync(join(tmpdir(), 'fauxflare-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

  const [busy = 0] = loadavg()
  if (busy > BUSY) note(`Something else ran on this machine: its load average was ${busy.toFixed(1)} before the run.`)
  progress('npm installs what is measured with')
  try {
    await installTools(options)
  } catch (error) {
    note(`Not everything could be installed. ${/** @type {Error} */ (error).message}`)
  }
  const generator = chooseTool(options.load)
  if (generator.isLimit) note(`${generator.name} is slower than some servers: goals are held against CPU time.`)
  progress('npm packs fauxflare and installs the tarball')
  const subjects = await installSubjects(folder)
  const isAwake = !options.drowsy && keepAwake()
  const chosen = chooseCores()
  const cores = { ...chosen, said: `${chosen.said}; cores ${isAwake ? 'are kept awake' : 'may sleep'}` }
  // Only now, so that what was installed had every core.
  moveTo(cores.load)

  let unique = 0
  /** @type {Bench} */
  const bench = {
    options,
    folder,
    cores,
    tool: generator,
    subjects,
    toolNamed: tool,
    progress,
    note,
    get notes() {
      return [...notes]
    },
    broken: new Set(),
    nextUnique: () => {
      unique += STEP
      return unique
    },
    documents: once(() => hear(bench)),
    tokensWorld: once(() => withTokens(bench)),
    entriesWorld: once(() => withEntries(bench)),
  }
  return bench
}
