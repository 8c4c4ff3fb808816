/** Shows on a terminal how far something is, if it takes longer than one likes to wait. */
import type { WriteStream } from 'node:tty'
import type { SingleBar } from 'cli-progress'

/** The bar is no longer than that, and what stands beside it takes so many columns at most. */
const BAR = { longest: 40, beside: 34 }

/** So many milliseconds pass before there is anything to see. */
const PATIENCE = 500

export class Shown {
  readonly #timer: NodeJS.Timeout | undefined
  #bar: SingleBar | undefined
  #now = { done: 0, total: 1 }
  #isOver = false

  /**
   * @param format as cli-progress has it: `{bar} {percentage} %`
   * @param stream nothing is shown where it is no terminal
   */
  constructor(format: string, stream: WriteStream = process.stderr) {
    if (stream.isTTY) this.#timer = setTimeout(() => void this.#start(format, stream), PATIENCE)
  }

  /** @param now how far it is */
  update(now: { done: number; total: number }): void {
    this.#now = now
    this.#bar?.setTotal(now.total)
    this.#bar?.update(now.done)
  }

  /** Takes it away again. */
  stop(): void {
    this.#isOver = true
    clearTimeout(this.#timer)
    this.#bar?.stop()
  }

  async #start(format: string, stream: WriteStream): Promise<void> {
    const { default: progress } = await import('cli-progress')
    if (this.#isOver) return
    this.#bar = new progress.SingleBar(
      // Whoever presses Ctrl+C finds the terminal as it was: the cursor stays, and lines are wrapped as before.
      { format, stream, barsize: barIn(stream.columns), clearOnComplete: true, forceRedraw: true, linewrap: true },
      progress.Presets.shades_classic,
    )
    this.#bar.start(this.#now.total, this.#now.done)
  }
}

/** How long the bar is on a terminal with so many columns: what stands behind it is not cut off. */
const barIn = (columns = 80) => Math.max(0, Math.min(BAR.longest, columns - BAR.beside))
