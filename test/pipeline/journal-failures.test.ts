/** A request is in the journal once even when a stage fails on the way out, with the answer that left in the end. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import Fastify, { type FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { operation } from '../../schemas/operation.ts'
import authentication from '../../server/pipeline/authentication.ts'
import contract from '../../server/pipeline/contract.ts'
import envelope from '../../server/pipeline/envelope.ts'
import failures from '../../server/pipeline/failures.ts'
import headers from '../../server/pipeline/headers.ts'
import { journalCloses, journalOpens } from '../../server/pipeline/journal.ts'
import jsonBody from '../../server/pipeline/json-body.ts'
import paging from '../../server/pipeline/paging.ts'
import world from '../../server/pipeline/world.ts'
import { resource } from '../../server/resource.ts'
import { addRoutes } from '../../server/routes.ts'
import { World } from '../../server/state/world.ts'

const operations = {
  get: operation({
    id: 'get-widget',
    method: 'GET',
    path: '/widgets/:name',
    summary: '',
    family: 'iam',
    permissions: [],
    security: [],
    params: Type.Object({ name: Type.String() }),
    result: Type.Object({ id: Type.String() }),
  }),
}
const widgets = resource('Widgets', operations, () => ({
  // One that breaks the contract, and one that keeps it.
  get: ({ params }) => (params.name === 'bad' ? {} : { id: 'a' }) as { id: string },
}))

type Extra = (app: FastifyInstance) => void

/** A server with one resource, and with stages of a test before and after the journal closes. */
async function widgetServer(t: TestContext, { before, after }: { before?: Extra; after?: Extra } = {}) {
  const app = Fastify()
  app.setSerializerCompiler(() => JSON.stringify)
  const made = World.from({ tables: {}, aliases: {} }, { seed: 1, clock: '2026-11-21T10:00:00Z', stateless: false })
  await app.register(async (api) => {
    await api.register(failures, { resources: [widgets], prefix: '', bodyLimit: 1024 })
    await api.register(world, { worldFor: () => made })
    await api.register(journalOpens)
    await api.register(authentication, { auth: 'off' })
    await api.register(jsonBody)
    addRoutes(api, [widgets], 'lenient')
    await api.register(paging, { requests: 'lenient' })
    await api.register(envelope)
    await api.register(contract, { contract: 'fail' })
    before?.(api)
    await api.register(headers)
    await api.register(journalCloses)
    after?.(api)
  })
  t.after(() => app.close())
  return { app, journal: made.journal, tally: made.tally }
}

/** Fails when it is first asked, and passes from then on. */
const failingOnce: Extra = (app) => {
  let count = 0
  app.addHook('onSend', (_request, _reply, payload, done) => {
    count += 1
    if (count === 1) done(new Error('the wire broke'))
    else done(null, payload)
  })
}

const rows: [title: string, path: string, stages: { before?: Extra; after?: Extra }, status: number][] = [
  ['nothing fails', '/widgets/good', {}, 200],
  ['the check of the contract', '/widgets/bad', {}, 500],
  ['a stage before it is written down', '/widgets/good', { before: failingOnce }, 500],
  ['a stage after it was written down', '/widgets/good', { after: failingOnce }, 500],
  ['the contract and a stage before', '/widgets/bad', { before: failingOnce }, 500],
  ['the contract and a stage after', '/widgets/bad', { after: failingOnce }, 500],
]

test('a failure on the way out leaves one exchange', async (t) => {
  for (const [title, path, stages, status] of rows) {
    await t.test(title, async (t) => {
      const { app, journal, tally } = await widgetServer(t, stages)
      const answer = await app.inject(path)
      assert.equal(answer.statusCode, status, answer.body)
      assert.deepEqual(
        journal.all().map(({ id, operation, response }) => [id, operation, response?.status, response?.body]),
        [['1', 'get-widget', status, answer.json()]],
      )
      assert.deepEqual(tally.report([], []).operations, [
        { operation: 'get-widget', requests: 1, statuses: { [status]: 1 }, violations: 0 },
      ])
    })
  }
})
