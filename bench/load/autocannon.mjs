/** Load by autocannon, where there is no wrk. Being a program of Node, it is slower than the fastest servers here. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { tool } from '../packages.mjs'

/** @returns {import('./index.mjs').Tool} */
export function autocannon() {
  const installed = tool('autocannon')
  if (installed === undefined) throw new Error('There is neither wrk nor autocannon here, and so no load.')
  return {
    name: `autocannon ${installed.version}`,
    isLimit: true,
    command: (job, folder) => {
      const file = join(folder, 'job.json')
      writeFileSync(file, JSON.stringify(job))
      return [process.execPath, [fileURLToPath(new URL('autocannon-job.mjs', import.meta.url)), file]]
    },
    read: (output) => JSON.parse(output),
  }
}
