/** Documents that earlier releases wrote: what came later is empty in them. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { LATER, TABLES } from '../../schemas/tables.ts'
import { loadFixtures } from '../../server/fixtures/load.ts'
import { readDocument } from '../../server/state/document.ts'
import { SnapshotError } from '../../server/state/snapshot.ts'
import { steering } from '../control/steer.ts'
import { failureOf, simulator } from '../simulator.ts'

/** As the first release wrote it, with the 31 documented operations. */
const OLD = 'test/state/documents/first-release.json'
const written = () => JSON.parse(readFileSync(OLD, 'utf8'))
const { catalogue = {} } = loadFixtures('empty')

const ACCOUNT = '2370b6c5caf32fed348c35e14636c0ab'
const GUEST = '8f278f414256dc5126155e2a2c783d92'
const VALUE = 'cfat_NYPGxZ1IuLIieiC0-wiP-IVRNRbVBNH9Z-hohcbj31b0fa62'
const JOHN = { 'x-auth-email': 'user@example.com', 'x-auth-key': '144c9defac04969c7bfad8efaa8ea194' }

test('A document of the first release is read: all that it says, and nothing else', () => {
  const document = written()
  const { tables } = readDocument(document, catalogue)
  for (const { name } of TABLES) assert.deepEqual(tables[name], document.tables[name] ?? [], name)
  const absent = TABLES.filter(({ name }) => !(name in document.tables))
  assert.deepEqual(
    absent,
    TABLES.filter((key) => LATER.includes(key)),
  )
})

for (const { name } of TABLES) {
  const isLater = LATER.some((key) => key.name === name)
  test(`A document without ${name} is ${isLater ? 'read' : 'refused'}`, () => {
    const document = written()
    delete document.tables[name]
    const read = () => readDocument(document, catalogue)
    if (isLater) assert.deepEqual(read().tables[name], [])
    else assert.throws(read, (error) => error instanceof SnapshotError && error.pointer === `/tables/${name}`)
  })
}

test('A world from such a document is lived in, and is saved with every collection', async (t) => {
  const { app, call } = await simulator(t, { fixtures: OLD, auth: 'enforce' })
  assert.equal((await call(`GET /accounts/${ACCOUNT}`, { headers: JOHN })).body.result.name, 'Example')
  // Its token still signs in, and its invitation, which says no end, has not lapsed.
  const bearer = { authorization: `Bearer ${VALUE}` }
  assert.equal((await call(`GET /accounts/${ACCOUNT}/tokens/verify`, { headers: bearer })).body.result.status, 'active')
  assert.equal(
    (await call(`GET /accounts/${ACCOUNT}/members/${GUEST}`, { headers: bearer })).body.result.status,
    'pending',
  )

  const empty: string[] = [`/accounts/${ACCOUNT}/iam/user_groups`, '/user/subscriptions', '/user/tenants']
  for (const path of empty) assert.deepEqual((await call(`GET ${path}`, { headers: JOHN })).body.result, [], path)
  assert.deepEqual(failureOf(await call('POST /accounts', { headers: JOHN, body: { name: 'Second' } })), [
    403,
    1002,
    'Forbidden. Account creation is not allowed',
  ])
  const made = await call(`POST /accounts/${ACCOUNT}/iam/user_groups`, { headers: JOHN, body: { name: 'New' } })
  assert.equal(made.status, 200)

  const steer = steering(app)
  const { body: document } = await steer('GET /state?secrets=true')
  assert.deepEqual(
    Object.keys(document.tables),
    TABLES.map(({ name }) => name),
  )
  assert.equal((await steer('PUT /state', document)).status, 204)
  const found = await call(`GET /accounts/${ACCOUNT}/iam/user_groups/${made.body.result.id}`, { headers: JOHN })
  assert.equal(found.body.result.name, 'New')
  // And the old one can be put in the place of the new one.
  assert.equal((await steer('PUT /state', written())).status, 204)
  assert.deepEqual((await call(`GET /accounts/${ACCOUNT}/iam/user_groups`, { headers: JOHN })).body.result, [])
})
