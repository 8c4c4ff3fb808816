/** Load by wrk (https://github.com/wg/wrk): one thread, which is faster than any server here. */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CONNECTIONS, UNIQUE } from './index.mjs'

/** Where a number goes: ten digits, so that every body has the same length. */
const PLACE = '#'.repeat(10)

/** @returns {import('./index.mjs').Tool} */
export function wrk() {
  const version = /wrk (\S+)/.exec(spawnSync('wrk', ['--version'], { encoding: 'utf8' }).stdout)?.[1] ?? ''
  return {
    name: `wrk ${version}`,
    isLimit: false,
    command: (job, folder) => {
      const file = join(folder, 'job.lua')
      writeFileSync(file, scriptOf(job))
      return ['wrk', ['-t1', `-c${CONNECTIONS}`, `-d${job.seconds}s`, '--timeout', '10s', '-s', file, job.url]]
    },
    read: (output) => {
      const line = output.split('\n').find((line) => line.startsWith('{'))
      if (line === undefined) throw new Error('wrk did not understand its script')
      const { microseconds, p50, p99, ...counts } = JSON.parse(line)
      return { ...counts, seconds: microseconds / 1e6, p50: p50 / 1000, p99: p99 / 1000 }
    },
  }
}

/** @param {import('./index.mjs').Job} job */
function scriptOf(job) {
  const [only, ...others] = job.requests
  const isSame = only !== undefined && others.length === 0 && !only.body?.includes(UNIQUE)
  return `
wrk.headers['Host'] = ${quoted(new URL(job.url).host)}
${isSame ? oneRequest(only) : manyRequests(job)}
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format('{"requests":%.0f,"microseconds":%.0f,"p50":%.0f,"p99":%.0f,"failed":%.0f}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
`
}

/** @param {import('./index.mjs').Request} request */
function oneRequest({ method = 'GET', path, headers = {}, body }) {
  const fields = Object.entries(headers).map(([name, value]) => `wrk.headers[ ${quoted(name)} ] = ${quoted(value)}`)
  const sent = body === undefined ? [] : [`wrk.body = ${quoted(body)}`]
  return [`wrk.method, wrk.path = ${quoted(method)}, ${quoted(path)}`, ...fields, ...sent].join('\n')
}

/**
 * They are written out once: what Lua does for each of them is time that wrk does not have.
 * @param {import('./index.mjs').Job} job
 */
function manyRequests({ requests, first }) {
  const texts = requests.map(({ method = 'GET', path, headers = {}, body }) => {
    const fields = Object.entries(headers).map(([name, value]) => `[ ${quoted(name)} ] = ${quoted(value)}`)
    const sent = body === undefined ? 'nil' : quoted(body.replace(UNIQUE, PLACE))
    return `wrk.format(${quoted(method)}, ${quoted(path)}, {Host = wrk.headers.Host, ${fields.join(', ')}}, ${sent})`
  })
  return `
local texts, heads, tails = {${texts.join(',\n')}}, {}, {}
for at, text in ipairs(texts) do
  local from, to = text:find(${quoted(PLACE)}, 1, true)
  if from then heads[at], tails[at] = text:sub(1, from - 1), text:sub(to + 1) end
end
local at, number = 0, ${first}
request = function()
  at, number = at % #texts + 1, number + 1
  local head = heads[at]
  return head and head .. string.format('%010d', number) .. tails[at] or texts[at]
end`
}

/**
 * A text for Lua. Between it and a bracket there is a space, or both together would be another bracket.
 * @param {string} text
 */
function quoted(text) {
  return `[==[${text}]==]`
}
