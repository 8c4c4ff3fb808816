/** A server that keeps its worlds in files, and how tests speak to it. */
import type { TestContext } from 'node:test'
import { type Config, type Fauxflare, fauxflare } from '../../server/index.ts'
import { closeAfter, TOKEN } from '../simulator.ts'

const CLOCK = '2026-11-21T10:00:00Z'

/** A server that is closed before the next one begins. */
export async function begin(t: TestContext, data: string, options: Partial<Config> = {}): Promise<Fauxflare> {
  const server = await fauxflare({ data, clock: CLOCK, ...options })
  closeAfter(t, server)
  return server
}

export async function ask(base: { baseURL: string }, call: string, body?: unknown) {
  const [method = '', path = ''] = call.split(' ')
  const answer = await fetch(base.baseURL + path, {
    method,
    headers: { authorization: `Bearer ${TOKEN}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: JSON.parse(await answer.text()) }
}

export const make = (base: { baseURL: string }, name: string) => ask(base, 'POST /accounts', { name, type: 'standard' })
export const names = async (base: { baseURL: string }): Promise<string[]> => {
  const { body } = await ask(base, 'GET /accounts?per_page=50')
  return body.result.map((account: { name: string }) => account.name)
}

export async function steer({ url }: Fauxflare, call: string, body?: unknown, sandbox?: string) {
  const [method = '', path = ''] = call.split(' ')
  const answer = await fetch(`${url}${sandbox ? `/sandboxes/${sandbox}` : ''}/_fauxflare${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
}
