/** What any answer must be, however mad the request was. */
import assert from 'node:assert/strict'

interface Answer {
  status: number
  headers: Record<string, unknown>
  text: string
}

/** Fails for a 500, and for a failure that is not in the envelope. */
export function assertSane({ status, headers, text }: Answer, what: string): void {
  const shown = `${what.slice(0, 300)} answered ${status} ${text.slice(0, 400)}`
  assert.ok(status >= 200 && status < 500, shown)
  if (status === 204) {
    assert.equal(text, '', shown)
    return
  }
  assert.match(String(headers['content-type']), /^application\/json\b/, shown)
  const body = JSON.parse(text)
  assert.equal(body.success, status < 400, shown)
  if (status < 400) return
  assert.ok(Array.isArray(body.errors) && body.errors.length > 0, shown)
  for (const { code, message } of body.errors) {
    assert.ok(Number.isInteger(code) && code >= 400, shown)
    assert.ok(typeof message === 'string' && message !== '', shown)
  }
}
