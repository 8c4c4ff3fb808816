/** A server that keeps its world in a file: what comes back after a restart. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fauxflare } from '../../server/index.ts'
import { folder } from '../cli/command.ts'
import { ACCOUNT } from '../simulator.ts'
import { ask, begin, make, names, steer } from './server.ts'

test('A world is there again after a restart, and no id comes up twice', async (t) => {
  const data = join(folder(t), 'cloud.json')
  const first = await begin(t, data)
  const one = await make(first, 'One')
  assert.equal((await ask(first, `DELETE /accounts/${ACCOUNT}/members/4536bcfad5faccb111b47003c79917fa`)).status, 200)
  const before = first.state({ secrets: true })
  await first.close()
  const second = await begin(t, data)
  assert.deepEqual(second.state({ secrets: true }), before)
  assert.deepEqual((await ask(second, `GET /accounts/${one.body.result.id}`)).body.result.name, 'One')
  const two = await make(second, 'Two')
  assert.notEqual(two.body.result.id, one.body.result.id)
})

test('What a file says comes before the fixtures, and a reset goes back to those', async (t) => {
  const data = join(folder(t), 'cloud.json')
  const first = await begin(t, data, { fixtures: 'empty' })
  await make(first, 'Kept')
  await first.close()
  const second = await begin(t, data, { fixtures: 'docs' })
  assert.deepEqual(await names(second), ['Kept'])
  assert.equal((await steer(second, 'POST /reset')).status, 204)
  assert.ok((await names(second)).includes('Demo Account'))
  await second.close()
  const third = await begin(t, data, { fixtures: 'empty' })
  assert.ok((await names(third)).includes('Demo Account'))
})

test('The clock, a state that is put in, a snapshot that is restored and generated data are kept', async (t) => {
  const data = join(folder(t), 'cloud.json')
  const first = await begin(t, data, { clock: 'real', fixtures: 'empty' })
  await make(first, 'One')
  assert.equal((await steer(first, 'PUT /snapshots/one')).status, 201)
  await make(first, 'Two')
  assert.equal((await steer(first, 'POST /snapshots/one/restore')).status, 204)
  assert.equal((await steer(first, 'PUT /clock', { mode: 'frozen', now: '2030-01-01T00:00:00Z' })).status, 200)
  assert.equal((await steer(first, 'POST /seed', { accounts: 1, members_per_account: 3 })).status, 201)
  const before = first.state({ secrets: true })
  await first.close()
  const second = await begin(t, data, { clock: 'real', fixtures: 'empty' })
  assert.equal(second.clock.now, '2030-01-01T00:00:00.000Z')
  assert.deepEqual(second.state({ secrets: true }), before)
  assert.equal(before.tables.accounts?.length, 2)
  assert.equal((await steer(second, 'PUT /state', { ...before, tables: { ...before.tables, tokens: [] } })).status, 204)
  const put = second.state({ secrets: true })
  await second.close()
  assert.deepEqual((await begin(t, data, { clock: 'real' })).state({ secrets: true }), put)
})

test('Nobody else may read the files', async (t) => {
  const data = join(folder(t), 'cloud.json')
  const server = await begin(t, data)
  await make(server, 'One')
  for (const file of readdirSync(join(data, '..'))) {
    assert.equal(statSync(join(data, '..', file)).mode & 0o777, 0o600, file)
  }
})

test('No secret is written', async (t) => {
  const data = join(folder(t), 'cloud.json')
  const server = await begin(t, data)
  const policies = [
    {
      effect: 'allow',
      resources: { [`com.cloudflare.api.account.${ACCOUNT}`]: '*' },
      permission_groups: [{ id: 'c1fde68c7bcc44588cbb6ddbc16d6480' }],
    },
  ]
  const { body } = await ask(server, `POST /accounts/${ACCOUNT}/tokens`, { name: 'secret', policies })
  const value: string = body.result.value
  assert.ok(value.length > 20)
  const files = readdirSync(join(data, '..')).map((file) => readFileSync(join(data, '..', file), 'utf8'))
  assert.ok(files.some((text) => text.includes(body.result.id)))
  assert.ok(files.every((text) => !text.includes(value)))
  await server.close()
  const verified = await fetch(
    `${(await begin(t, data, { auth: 'enforce' })).baseURL}/accounts/${ACCOUNT}/tokens/verify`,
    {
      headers: { authorization: `Bearer ${value}` },
    },
  )
  assert.equal(verified.status, 200)
})

test('Options that make no sense together are refused', async () => {
  await assert.rejects(fauxflare({ data: 'x.json', stateless: true }), /--data keeps .* --stateless forgets/)
  await assert.rejects(fauxflare({ dataSync: 'relaxed' }), /--data-sync .* --data/)
})
