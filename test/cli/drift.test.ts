/** `fauxflare drift`: its exit code says whether another document differs from ours. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createApp } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import { loadFixtures } from '../../server/fixtures/load.ts'
import { worldOptionsOf } from '../../server/world-options.ts'
import { Worlds } from '../../server/worlds.ts'
import { AT_ONCE, folder, line, run } from './command.ts'

/** A document with one operation that we do not have. */
const OTHER = {
  openapi: '3.0.3',
  info: { title: 'Another', version: '1' },
  paths: {
    '/accounts/{account_id}/nothing': {
      get: {
        operationId: 'nothing',
        parameters: [{ name: 'account_id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 200: { description: 'Nothing.' } },
      },
    },
  },
}

async function ownDocument(): Promise<string> {
  const config = readConfig({})
  const app = await createApp(new Worlds(loadFixtures('empty'), await worldOptionsOf(config)), config)
  const { body } = await app.inject('/openapi.json')
  await app.close()
  return body
}

describe('fauxflare drift', { concurrency: AT_ONCE }, () => {
  test('ends with 1 when a document differs, and says where', async (t) => {
    const cwd = folder(t, { 'other.json': JSON.stringify(OTHER) })
    const { code, stdout } = await run(t, ['drift', 'other.json'], { cwd })
    assert.equal(code, 1)
    assert.match(stdout, /\/accounts\/\{account_id\}\/nothing/)
  })

  test('prints its findings as JSON when asked to', async (t) => {
    const cwd = folder(t, { 'other.json': JSON.stringify(OTHER) })
    const { code, stdout } = await run(t, ['drift', 'other.json', '--json'], { cwd })
    assert.equal(code, 1)
    const { differences } = JSON.parse(stdout) as { differences: { operation: string }[] }
    assert.ok(differences.some(({ operation }) => operation === 'GET /accounts/{account_id}/nothing'))
  })

  test('finds no difference between our document and itself, beyond the exceptions that then list nothing', async (t) => {
    const cwd = folder(t, { 'own.json': await ownDocument() })
    const { code, stdout } = await run(t, ['drift', 'own.json', '--json'], { cwd })
    const { differences } = JSON.parse(stdout) as { differences: { kind: string }[] }
    assert.deepEqual(
      differences.filter(({ kind }) => kind !== 'stale-exception'),
      [],
    )
    assert.equal(code, differences.length === 0 ? 0 : 1)
  })

  const unusable: [args: string[], message: RegExp][] = [
    [['drift', 'nowhere.json'], /^Failed to compare with nowhere\.json: there is no such file/],
    [['drift', 'list.json'], /^Failed to compare with list\.json: it is not an OpenAPI document/],
    [['drift'], /^Failed to compare: name one OpenAPI file/],
  ]
  for (const [args, message] of unusable) {
    test(`ends with 2 when there is nothing to compare with: ${args.join(' ')}`, async (t) => {
      const { code, stdout, stderr } = await run(t, args, { cwd: folder(t, { 'list.json': '[]' }) })
      assert.equal(code, 2)
      assert.equal(stdout, '')
      assert.match(line(stderr), message)
    })
  }
})
