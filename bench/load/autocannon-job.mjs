/** A job for autocannon, in a process of its own: `node autocannon-job.mjs job.json`. */
import { readFileSync } from 'node:fs'
import autocannon from 'autocannon'
import { CONNECTIONS, UNIQUE } from './index.mjs'

/** @type {import('./index.mjs').Job} */
const { url, requests, seconds, first } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))
let number = first

const { duration, latency, errors, timeouts, non2xx, ...result } = await autocannon({
  url,
  connections: CONNECTIONS,
  duration: seconds,
  requests: requests.map((request) =>
    request.body?.includes(UNIQUE) ? { ...request, setupRequest: withNumber } : request,
  ),
})
const { p50, p99 } = latency
const failed = errors + timeouts + non2xx
process.stdout.write(JSON.stringify({ requests: result.requests.total, seconds: duration, p50, p99, failed }))

/** @param {import('autocannon').Request} request */
function withNumber(request) {
  number += 1
  return { ...request, body: String(request.body).replace(UNIQUE, String(number).padStart(10, '0')) }
}
