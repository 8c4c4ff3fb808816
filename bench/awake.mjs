/** Whether cores sleep while nothing is to be done on them. */
import { openSync, writeSync } from 'node:fs'

/** Linux keeps cores from sleeping as long as somebody has this file open who wrote 0 microseconds into it. */
const LATENCY = '/dev/cpu_dma_latency'

/**
 * Keeps all cores awake until this process ends, as `cyclictest` does. The load waits for answers on a core of its own,
 * and to wake that is work of whoever sends the answer: in a virtual machine up to 18 microseconds, most for whoever lets it wait longest.
 * @returns false where it may not, or cannot
 */
export function keepAwake() {
  try {
    // Not `w`: where there is no such file, none is to be made.
    writeSync(openSync(LATENCY, 'r+'), Buffer.alloc(4))
    return true
  } catch {
    return false
  }
}
