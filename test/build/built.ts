/** The bundle, for tests that look at it. */
import { execFileSync } from 'node:child_process'
import { before } from 'node:test'

/** For processes that run it: what the tests were started with is not for them. */
export const env = { ...process.env, NODE_OPTIONS: '' }

/** Builds before the tests of a file. test/run.mjs has done so already, and other tests are running what it built. */
export function buildOnce(): void {
  before(() => {
    if (process.env.FAUXFLARE_TEST_CLI === undefined) execFileSync(process.execPath, ['build.mjs'], { env })
  })
}
