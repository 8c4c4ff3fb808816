/** Speaks to a simulator in bytes: what no HTTP client lets through can be sent, too. */
import { connect } from 'node:net'

export interface WireAnswer {
  status: number
  headers: Record<string, string>
  text: string
}

/** Sends bytes on a connection of their own and waits for it to be closed. */
export function exchange(port: number, bytes: string | Buffer, { end = false } = {}): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const socket = connect(port, '127.0.0.1')
    socket.on('data', (chunk) => chunks.push(chunk))
    // A server that has heard enough may close while it is still being written to.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => resolve(Buffer.concat(chunks)))
    socket.write(bytes)
    if (end) socket.end()
  })
}

/** Reads an answer that was sent whole, without chunks; undefined when there is none. */
export function readAnswer(bytes: Buffer): WireAnswer | undefined {
  const at = bytes.indexOf('\r\n\r\n')
  if (at < 0) return undefined
  const [first = '', ...lines] = bytes.subarray(0, at).toString('latin1').split('\r\n')
  const headers = lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1]),
    headers: Object.fromEntries(headers),
    text: bytes.subarray(at + 4).toString(),
  }
}

/** One request, after which the server closes the connection. Header values and the target are sent as latin1. */
export function requestBytes(method: string, target: string, headers: [string, string][] = []): Buffer {
  const lines = [['host', 'localhost'], ['connection', 'close'], ...headers].map(([name, value]) => `${name}: ${value}`)
  return Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1')
}
