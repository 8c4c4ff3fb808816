/** The README tells the truth: its tables are those of the code, and its first request has the answer that it prints. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { PART_NAMES, regenerate } from '../scripts/readme.ts'
import { simulator } from './simulator.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

test('the generated tables are up to date: otherwise run npm run readme', () => {
  assert.equal(readme, regenerate(readme))
})

test('every generated part has its place', () => {
  const places = [...readme.matchAll(/<!-- generated: (\w+) -->/g)].map(([, name]) => name)
  assert.deepEqual(places.sort(), [...PART_NAMES].sort())
})

test('links within the README lead somewhere', () => {
  const anchors = [...readme.matchAll(/^#{2,} (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  )
  for (const [, anchor = ''] of readme.matchAll(/\]\(#([^)]+)\)/g)) assert.ok(anchors.includes(anchor), anchor)
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
