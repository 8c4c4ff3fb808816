/** What `--data` costs: a change that is kept, in a small world and in a large one. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { pinned } from '../cores.mjs'
import { sideBySide } from '../result.mjs'

const PROGRAM = fileURLToPath(new URL('../programs/keep.mjs', import.meta.url))

/** @type {import('../result.mjs').Goal} */
const goal = { of: 'ratio', atMost: 3 }

/** @type {import('./index.mjs').Case} */
export const keep = {
  name: 'keep',
  what: 'a change that is kept (--data), in a world of 100 rows and of 100,000; opening them',
  async run({ cores, folder, options, progress }) {
    progress('changes that are kept')
    const disk = mkdtempSync(join(options.disk ?? folder, 'fauxflare-keep-'))
    try {
      const count = options.quick ? 1000 : 4000
      const args = [PROGRAM, String(count), disk]
      const { stdout } = await promisify(execFile)(...pinned(cores.server, process.execPath, args))
      /** @type {import('../programs/keep.mjs').Kept} */
      const { kept, opened, closed } = JSON.parse(stdout)
      const changes = kept.map(({ clients, times }) => pairOf(`a change, ${clients} at a time`, times, goal))
      const pairs = [...changes, pairOf('opening the file', opened), pairOf('closing it', closed)]
      return [sideBySide('100,000 rows that are kept (--data)', 'the same with 100 rows', pairs)]
    } finally {
      rmSync(disk, { recursive: true })
    }
  },
}

/**
 * @param {string} name
 * @param {readonly number[][]} times of the small world, and of the large one
 * @param {import('../result.mjs').Goal} [goal]
 */
function pairOf(name, [small = [], large = []], goal) {
  const row = { name, unit: /** @type {const} */ ('ms') }
  return { small: { ...row, samples: small }, large: { ...row, samples: large, ...(goal && { goal }) } }
}
