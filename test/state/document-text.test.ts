/** A document as text, and how a file is read that is too long for one. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { loadFixtures } from '../../server/fixtures/load.ts'
import { Checkpoint } from '../../server/state/checkpoint.ts'
import { documentText, readJsonFile, rowsText } from '../../server/state/document-text.ts'
import { World } from '../../server/state/world.ts'

const world = World.from(loadFixtures('docs'), { seed: 7, clock: '2026-11-21T10:00:00Z', stateless: false })
const document = Checkpoint.of(world).document({ secrets: true })

function file(t: TestContext, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'fauxflare-text-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'cloud.json'), text)
  return join(folder, 'cloud.json')
}

test('The text of a document is JSON with one row a line, in parts that are not small', () => {
  const parts = [...documentText(document)]
  const text = parts.join('')
  assert.deepEqual(JSON.parse(text), document)
  const rows = Object.values(document.tables).flat()
  const lines = new Set(text.split('\n').map((line) => line.trim().replace(/,$/, '')))
  for (const row of rows) assert.ok(lines.has(JSON.stringify(row)), row.id)
  assert.ok(parts.length > 1 && parts.length < text.length / 200_000, String(parts.length))
})

test('Rows alone are a list with one row a line', () => {
  assert.equal([...rowsText([{ id: 'a' }, { id: 'b' }])].join(''), '[\n  {"id":"a"},\n  {"id":"b"}\n]\n')
  assert.equal([...rowsText([])].join(''), '[]\n')
})

test('A file that is too long for a text is read line by line, and is the same document', (t) => {
  // Letters of several bytes lie across the blocks that are read.
  const named = { ...document, tables: { ...document.tables, zones: [{ id: 'é€😀'.repeat(200_000) }] } }
  const path = file(t, [...documentText(named)].join(''))
  assert.deepEqual(readJsonFile(path, 0), named)
})

test('A file that is too long and written in another way is refused', (t) => {
  const path = file(t, JSON.stringify(document, null, 2))
  assert.throws(() => readJsonFile(path, 0), {
    name: 'SyntaxError',
    message: /cloud\.json is longer than a text in Node can be, and line \d+ cannot be read by itself\. Write/,
  })
})
