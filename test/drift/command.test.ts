import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { runDrift } from '../../server/drift/command.ts'
import { tinyContract } from './tiny-contract.ts'

const folder = await mkdtemp(join(tmpdir(), 'fauxflare-drift-'))
after(() => rm(folder, { recursive: true }))

const ours = tinyContract({ body: { type: 'object' } })
const theirs = tinyContract({ body: { type: 'object', properties: { name: { type: 'string' } } } })
const exception = { operation: '*', where: 'request body /name', kind: 'missing-field', reason: 'a test' }

/** Runs the command on a file with this text, and gives the exit code and what was printed. */
async function run(text: string | undefined, options: object = {}): Promise<{ code: number; output: string }> {
  const file = join(folder, text === undefined ? 'missing.json' : 'openapi.json')
  if (text !== undefined) await writeFile(file, text)
  const printed: string[] = []
  const code = await runDrift(file, { ours, exceptions: [], write: (line) => printed.push(line), ...options })
  return { code, output: printed.join('') }
}

test('exits with 0 when nothing differs', async () => {
  assert.deepEqual(await run(JSON.stringify(ours)), { code: 0, output: '1 operation compared, no differences\n' })
})

test('exits with 1 when something differs', async () => {
  const { code, output } = await run(JSON.stringify(theirs))
  assert.equal(code, 1)
  assert.match(output, /request body \/name {2}missing-field {2}is not declared/)
})

test('exits with 0 when every difference is listed', async () => {
  const { code, output } = await run(JSON.stringify(theirs), { exceptions: [exception] })
  assert.equal(code, 0)
  assert.match(output, /1 difference \(1 listed in exceptions, 0 not\)\n$/)
})

test('exits with 1 when an exception lists nothing', async () => {
  const { code, output } = await run(JSON.stringify(ours), { exceptions: [exception] })
  assert.equal(code, 1)
  assert.match(output, /stale-exception/)
})

test('prints JSON on demand', async () => {
  const { output } = await run(JSON.stringify(theirs), { json: true })
  assert.deepEqual(JSON.parse(output), {
    operations: 1,
    differences: [
      {
        operation: 'PUT /accounts/{account_id}',
        where: 'request body /name',
        kind: 'missing-field',
        theirs: 'string',
        ours: 'none',
        message: 'is not declared',
      },
    ],
  })
})

const unusable: [text: string | undefined, message: RegExp][] = [
  [undefined, /^Failed to compare with .*missing\.json: there is no such file\. Name a file/],
  ['openapi: 3.0.3', /openapi\.json: it is not JSON .* Convert it to JSON if it is YAML\.\n$/],
  ['[]', /not an OpenAPI document of version 3\.0 or 3\.1\. It should be an object\.\n$/],
  ['{}', /It has no "openapi"\.\n$/],
  ['{"swagger":"2.0","paths":{}}', /It is of version 2\.0\.\n$/],
  ['{"openapi":"3.0.3"}', /It has no "paths"\.\n$/],
]

for (const [text, message] of unusable) {
  test(`exits with 2 when there is nothing to compare with: ${text ?? 'no file'}`, async () => {
    const complaints: string[] = []
    const { code, output } = await run(text, { complain: (line: string) => complaints.push(line) })
    assert.equal(code, 2)
    assert.equal(output, '')
    assert.match(complaints.join(''), message)
  })
}
