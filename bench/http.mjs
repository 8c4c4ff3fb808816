/** One request after another, for what is asked of a server beside the load. */
import { Agent, request as send } from 'node:http'

/** Connections are kept, so that what is timed is the answer. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 })

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {string} body
 * @property {number} ms until the last byte was there
 */

/**
 * @param {string} url
 * @param {object} [request]
 * @param {string | undefined} [request.method]
 * @param {Record<string, string> | undefined} [request.headers]
 * @param {string | undefined} [request.body]
 * @param {AbortSignal | undefined} [request.signal]
 * @returns {Promise<Answer>}
 */
export function ask(url, { method = 'GET', headers = {}, body, signal } = {}) {
  const start = performance.now()
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    send(url, { method, headers: { ...headers, ...length }, agent, ...(signal && { signal }) }, (response) => {
      let text = ''
      response
        .setEncoding('utf8')
        .on('data', (part) => {
          text += part
        })
        .on('end', () => resolve({ status: response.statusCode ?? 0, body: text, ms: performance.now() - start }))
        .on('error', reject)
    })
      .on('error', reject)
      .end(body)
  })
}

/**
 * What a call of the control API answers.
 * @param {string} url
 * @param {string} method
 * @param {unknown} [body]
 * @returns {Promise<Answer>}
 * @throws Error for any other answer than a success
 */
export async function control(url, method, body) {
  const answer = await ask(url, {
    method,
    // It is asked for even where there is no body.
    headers: method === 'GET' ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  if (answer.status >= 300) throw new Error(`${method} ${url} was answered with ${answer.status}: ${answer.body}`)
  return answer
}
