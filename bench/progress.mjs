/** Says how far a run is, to whoever waits for it: on a terminal in one line, otherwise in one for each step. */

/**
 * @typedef {object} Progress
 * @property {(text: string) => void} step replaces the step before, on a terminal
 * @property {(text: string) => void} note stays
 * @property {() => void} end takes the last step away
 */

/**
 * @param {NodeJS.WriteStream} stream
 * @returns {Progress}
 */
export function progressOn(stream) {
  const start = performance.now()
  const clear = stream.isTTY ? '\r\x1b[2K' : ''
  const timed = (/** @type {string} */ text) => {
    const seconds = Math.floor((performance.now() - start) / 1000)
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
    return `[${time.padStart(5)}] ${text}`
  }
  return {
    step: (text) => stream.write(stream.isTTY ? clear + timed(text).slice(0, stream.columns - 1) : `${timed(text)}\n`),
    note: (text) => stream.write(`${clear}${timed(text)}\n`),
    end: () => stream.write(clear),
  }
}
