/** The README tells the truth: its tables are those of the code, and its first request has the answer that it prints. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { regenerate } from '../scripts/readme.ts'
import { simulator } from './simulator.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

test('the generated tables are up to date: otherwise run npm run readme', () => {
  assert.equal(readme, regenerate(readme))
})

test('the first request has the answer that is printed', async (t) => {
  const [, token, path] =
    /Authorization: Bearer (\S+)' \\\n\s+http:\/\/127\.0\.0\.1:4010\/client\/v4(\S+)/.exec(readme) ?? []
  const printed = /its full answer:\n\n```json\n([\s\S]*?)```/.exec(readme)?.[1]
  assert.ok(token && path && printed)
  const { call } = await simulator(t)
  const { text } = await call(`GET ${path}`, { headers: { authorization: `Bearer ${token}` } })
  assert.equal(text, JSON.stringify(JSON.parse(printed)))
})
