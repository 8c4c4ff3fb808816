/**
 * Requests as Terraform's provider sends them, over a socket and with the answers as they came: it compares some parts
 * of them as text. The provider itself is not run (clients.md §6 tells what it was read to do).
 */
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { fauxflare } from '../../server/index.ts'
import { closeAfter, TOKEN } from '../simulator.ts'

/** An answer, read and unread. */
export interface Answer {
  status: number
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look at answers of every shape
  result: any
}

/** What a configuration is applied with. */
export interface Provider {
  /** Sends a body, or a text in its place, and takes whatever comes. */
  send(request: string, body?: unknown): Promise<Answer>
  /** The same, of a request that must succeed: `apply('POST /accounts', { name })`. */
  apply(request: string, body?: unknown): Promise<Answer>
}

const HEADERS = {
  accept: 'application/json',
  'user-agent': 'terraform-provider-cloudflare/5.22.0 terraform-plugin-framework/1.17.0 terraform/1.11.4',
  'x-stainless-lang': 'Terraform',
  authorization: `Bearer ${TOKEN}`,
}

/** Starts a simulator that asks for credentials that exist. As most do who use it, the provider has the token of a user. */
export async function terraform(t: TestContext): Promise<Provider> {
  const cf = await fauxflare({ clock: '2026-11-21T10:00:00Z', auth: 'enforce' })
  closeAfter(t, cf)
  async function send(request: string, body?: unknown): Promise<Answer> {
    const [method, path] = request.split(' ') as [string, string]
    const answer = await fetch(cf.baseURL + path, {
      method,
      headers: { ...HEADERS, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, text, result: text === '' ? undefined : JSON.parse(text).result }
  }
  return {
    send,
    async apply(request, body) {
      const answer = await send(request, body)
      assert.ok(answer.status < 300, `${request}: ${answer.status} ${answer.text}`)
      return answer
    },
  }
}

/** Destroys something, and sees that it is gone in the way that the provider looks for: with 404, each time. */
export async function destroy({ send, apply }: Provider, path: string): Promise<void> {
  await apply(`DELETE ${path}`)
  for (const method of ['GET', 'DELETE']) assert.equal((await send(`${method} ${path}`)).status, 404, method)
}

/** Whether a text is a moment as RFC 3339 writes it. */
export function isMoment(text: unknown): boolean {
  return typeof text === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(text)
}
