/** A connection to a simulator, in bytes: what comes on it, and how it ends. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import type { TestContext } from 'node:test'
import { type Simulator, simulator, TOKEN } from '../simulator.ts'

/** A simulator that listens. */
export interface Listening extends Simulator {
  port: number
  /** Connections that are open, on its side. */
  connections(): Promise<number>
  /** Waits until there is none. */
  left(): Promise<void>
}

export async function listening(t: TestContext, options: Parameters<typeof simulator>[1] = {}): Promise<Listening> {
  const started = await simulator(t, options)
  const { app } = started
  const open = new Set<Socket>()
  app.server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => {
      open.delete(socket)
      app.server.emit('left')
    })
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    ...started,
    port: (app.server.address() as AddressInfo).port,
    connections: async () => open.size,
    async left() {
      while (open.size > 0) await once(app.server, 'left')
    },
  }
}

/** How a connection ended: `reset` with a RST, `closed` with a FIN. */
export type End = 'reset' | 'closed'

export class Wire {
  readonly socket: Socket
  /** What came so far. */
  received = Buffer.alloc(0)
  /** Settles when the connection is gone. */
  readonly end: Promise<End>

  private constructor(socket: Socket) {
    this.socket = socket
    this.end = new Promise((resolve) => {
      let end: End = 'closed'
      socket.on('error', (error: NodeJS.ErrnoException) => {
        end = error.code === 'ECONNRESET' ? 'reset' : end
      })
      socket.on('close', () => resolve(end))
    })
    socket.on('data', (bytes: Buffer) => {
      this.received = Buffer.concat([this.received, bytes])
    })
  }

  static async open(t: TestContext, port: number): Promise<Wire> {
    const socket = connect(port, '127.0.0.1')
    t.after(() => socket.destroy())
    const wire = new Wire(socket)
    await once(socket, 'connect')
    return wire
  }

  send(...requests: (string | Buffer)[]): this {
    this.socket.write(Buffer.concat(requests.map((request) => Buffer.from(request))))
    return this
  }

  get text(): string {
    return this.received.toString('latin1')
  }

  /** Waits until so much came; fails when the connection ends first. */
  async until(isEnough: (text: string) => boolean): Promise<string> {
    while (!isEnough(this.text)) {
      const ended = await Promise.race([once(this.socket, 'data').then(() => undefined), this.end])
      assert.ok(ended === undefined || isEnough(this.text), `It ended (${ended}) after ${JSON.stringify(this.text)}`)
    }
    return this.text
  }
}

/** The bytes of a request with the documented token. A fault is named, or given as an effect. */
export function request(line: string, { fault, body = '' }: { fault?: unknown; body?: string } = {}): string {
  const header = typeof fault === 'string' ? fault : JSON.stringify(fault)
  return [
    `${line} HTTP/1.1`,
    'host: localhost',
    `authorization: Bearer ${TOKEN}`,
    ...(fault === undefined ? [] : [`fauxflare-fault: ${header}`]),
    ...(body === '' ? [] : ['content-type: application/json', `content-length: ${Buffer.byteLength(body)}`]),
    '',
    body,
  ].join('\r\n')
}

/** The parts of an answer, as far as it came. */
export function parts(text: string): { status: number; headers: Record<string, string>; body: string } {
  const at = text.indexOf('\r\n\r\n')
  const [first = '', ...lines] = text.slice(0, at).split('\r\n')
  const headers = lines.map((line) => line.split(/: ?(.*)/).slice(0, 2) as [string, string])
  return {
    status: Number(first.split(' ')[1]),
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    body: text.slice(at + 4),
  }
}
