/** `--watch`: fixtures that have changed are read again. Loaded on demand, for most servers watch nothing. */
import { once } from 'node:events'
import { dirname, resolve } from 'node:path'
import { watch } from 'chokidar'
import { ConfigError } from './config.ts'
import { DEMO } from './fixtures/begin.ts'
import { loadFixtures, SETS } from './fixtures/load.ts'
import type { Worlds } from './worlds.ts'

/** Milliseconds without another change after which files are read: a save is several changes, and so is a checkout. */
const QUIET = 100

/** Who is told what became of a change. */
export interface WatchLog {
  info(message: string): void
  warn(message: string): void
}

/**
 * Watches a file or folder of fixtures. When it changes, the worlds that began with it begin anew; when it cannot be
 * read then, they stay as they are, and the log says what is wrong.
 * @param fixtures the path, as `--fixtures` names it
 * @param log undefined when nobody wants to know
 * @throws ConfigError for fixtures that come with the package, and when the system does not let it watch
 * @returns what ends it
 */
export async function watchFixtures(
  fixtures: string,
  worlds: Worlds,
  log: WatchLog | undefined,
): Promise<{ close(): Promise<void> }> {
  if ([...SETS, DEMO].includes(fixtures)) {
    throw new ConfigError(
      `Failed to start: --watch waits until a file changes, and the fixtures ${JSON.stringify(fixtures)} come with the package. Name a file or folder of your own with --fixtures.`,
    )
  }
  const path = resolve(fixtures)
  // Seen from its folder a file is the same one after it was replaced, which is how editors save, or deleted.
  const folder = dirname(path)
  const isOurs = (at: string) => at === folder || at === path || (dirname(at) === path && at.endsWith('.json'))
  const watcher = watch(folder, { ignored: (at) => !isOurs(resolve(at)), depth: 1, ignoreInitial: true })
  try {
    await once(watcher, 'ready')
  } catch (error) {
    await watcher.close()
    throw new ConfigError(`Failed to watch the fixtures ${JSON.stringify(fixtures)}: ${(error as Error).message}.`)
  }
  const read = () => {
    try {
      worlds.reload(loadFixtures(fixtures))
      log?.info(`The fixtures ${JSON.stringify(fixtures)} have changed: the worlds that began with them begin anew.`)
    } catch (error) {
      const { message, stack } = error as Error
      log?.warn(`The worlds stay as they are. ${error instanceof ConfigError ? message : stack}`)
    }
  }
  let waiting: NodeJS.Timeout | undefined
  watcher.on('all', () => {
    clearTimeout(waiting)
    waiting = setTimeout(read, QUIET)
  })
  watcher.on('error', (error) => log?.warn(`Failed to watch the fixtures ${JSON.stringify(fixtures)}: ${error}.`))
  return {
    async close() {
      await watcher.close()
      clearTimeout(waiting)
    },
  }
}
