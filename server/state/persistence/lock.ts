/** A file that says which process uses the data beside it, so that no other does. */
import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { readFile, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import { resolve } from 'node:path'
import { DataError, Foreign, reasonOf } from './data-error.ts'

/** How often a process says that it is still there. Milliseconds. */
const BEAT = 2000

/** After so long without a word a process of another machine is taken to be gone. Milliseconds. */
const SILENCE = 10_000

/** The locks of this process. */
const held = new Set<string>()

/** Who holds a lock. */
interface Holder {
  pid: number
  host: string
  /** When it was taken: ISO 8601. */
  since: string
  /** When the process began, in the words of the system, where it tells: numbers of processes are used again. */
  began?: string
}

export class Lock {
  readonly path: string
  readonly #text: string
  readonly #beat: NodeJS.Timeout

  private constructor(path: string, text: string) {
    this.path = path
    this.#text = text
    this.#beat = setInterval(() => this.#touch(), BEAT).unref()
  }

  /**
   * Takes a lock. That of a process which is gone is taken over.
   * @param path the file: `cloud.json.lock`
   * @throws DataError when another process has it, or when it cannot be written
   */
  static take(path: string): Lock {
    const place = resolve(path)
    if (held.has(place)) throw taken(place, 'this process already', 'Stop the other server')
    const began = beginningOf(process.pid)
    const holder: Holder = {
      pid: process.pid,
      host: hostname(),
      since: new Date().toISOString(),
      ...(began !== undefined && { began }),
    }
    const text = `${JSON.stringify(holder)}\n`
    try {
      if (!make(place, text)) {
        takeAway(place)
        if (!make(place, text)) throw taken(place, 'another process', 'Stop it')
      }
    } catch (error) {
      if (error instanceof DataError) throw error
      const { why, todo } = reasonOf(error)
      throw new DataError(`Failed to lock ${place}: ${why}. ${todo}, or use another file.`)
    }
    held.add(place)
    return new Lock(place, text)
  }

  /**
   * Makes sure that nobody else took the lock. One that was deleted is put back.
   * @throws Foreign when somebody did
   */
  async check(): Promise<void> {
    const text = await readFile(this.path, 'utf8').catch(unlessAbsent)
    if (text === this.#text || (text === undefined && make(this.path, this.#text))) return
    throw new Foreign(
      `another process took over (${this.path})`,
      'Stop that one, and start this server again to go on with what the file has',
    )
  }

  /** Lets go of it. */
  release(): void {
    clearInterval(this.#beat)
    held.delete(this.path)
    try {
      if (readFileSync(this.path, 'utf8') === this.#text) rmSync(this.path)
    } catch {
      // What is left of it is taken over by the next process, since this one is gone then.
    }
  }

  #touch(): void {
    const now = new Date()
    // Where it cannot be touched, nothing else can be written either: whoever writes is told.
    utimes(this.path, now, now).catch(() => {})
  }
}

/** @returns whether there was no such file yet */
function make(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/**
 * Removes a lock whose process is gone.
 * @throws DataError when it is not gone
 */
function takeAway(path: string): void {
  const text = absent(() => readFileSync(path, 'utf8'))
  if (text === undefined) return
  const holder = read(text)
  const silence = Date.now() - (absent(() => statSync(path).mtimeMs) ?? 0)
  // A lock that was never finished was made by a process that was killed, or is being made right now.
  const isGone = holder?.host === hostname() ? !isAlive(holder) : silence > SILENCE
  if (!isGone) throw inUse(path, holder)
  // Two may have found the same: only one of them can have this very file.
  const aside = `${path}.${process.pid}`
  absent(() => renameSync(path, aside))
  const moved = absent(() => readFileSync(aside, 'utf8'))
  if (moved === text) rmSync(aside)
  else if (moved !== undefined) {
    linkSync(aside, path)
    rmSync(aside)
    throw inUse(path, undefined)
  }
}

function read(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text)
    return typeof holder?.pid === 'number' && typeof holder.host === 'string' ? holder : undefined
  } catch {
    return undefined
  }
}

/** Whether a process of this machine is there. What has our own number is a former one, as in a container. */
function isAlive({ pid, began }: Holder): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return began === undefined || beginningOf(pid) === began
}

/** When a process began, in ticks since the machine did; undefined for one that has ended, and where nobody tells. */
function beginningOf(pid: number): string | undefined {
  try {
    // The second field is a name in parentheses, in which anything may stand. See proc_pid_stat(5).
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch {
    return undefined
  }
}

function inUse(path: string, holder: Holder | undefined): DataError {
  if (!holder) return taken(path, 'a process that is just starting', 'Try again in ten seconds')
  const { pid, host, since } = holder
  const where = host === hostname() ? '' : ` on ${host}`
  const todo = where === '' ? 'Stop it' : 'Stop it, or wait ten seconds when it is gone already'
  return taken(path, `process ${pid}${where} since ${since}`, todo)
}

function taken(path: string, who: string, todo: string): DataError {
  const data = path.replace(/[/\\]?\.lock$/, '')
  return new DataError(`Failed to use ${data}: it is in use by ${who}. ${todo}, or use another file with --data.`)
}

function absent<Found>(find: () => Found): Found | undefined {
  try {
    return find()
  } catch (error) {
    return unlessAbsent(error)
  }
}

function unlessAbsent(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
}
