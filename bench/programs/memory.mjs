/**
 * Says what a server needs, when it is asked: `node --expose-gc --import ./memory.mjs server.js`. Any message is answered
 * with the bytes that are in use once everything else was collected.
 */
process.on('message', () => {
  for (let times = 0; times < 2; times += 1) globalThis.gc?.()
  process.send?.(process.memoryUsage().heapUsed)
})
