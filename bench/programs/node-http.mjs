/** The floor: node:http with answers that are ready. `node node-http.mjs port routes.json` */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const [port, file = ''] = process.argv.slice(2)
/** @type {import('../routes.mjs').Route[]} */
const routes = JSON.parse(readFileSync(file, 'utf8'))
/** A short text leaves in one piece with the header; a long one would be encoded anew each time. */
const LONG = 8192
const ready = new Map(
  routes.map(({ method, path, answer }) => [
    `${method} ${path}`,
    {
      content: answer.length < LONG ? answer : Buffer.from(answer),
      headers: { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(answer)) },
    },
  ]),
)

createServer((request, response) => {
  const url = request.url ?? ''
  const query = url.indexOf('?')
  const found = ready.get(`${request.method} ${query === -1 ? url : url.slice(0, query)}`)
  request.resume()
  if (found === undefined) response.writeHead(404).end()
  else response.writeHead(200, found.headers).end(found.content)
}).listen(Number(port), '127.0.0.1')
