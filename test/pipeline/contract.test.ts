/** The check of our own answers, with a made-up resource that breaks its schema, or its promise to work at all. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import Fastify from 'fastify'
import { Type } from 'typebox'
import { operation } from '../../schemas/operation.ts'
import authentication from '../../server/pipeline/authentication.ts'
import contract, { type ContractMode } from '../../server/pipeline/contract.ts'
import envelope from '../../server/pipeline/envelope.ts'
import failures from '../../server/pipeline/failures.ts'
import headers from '../../server/pipeline/headers.ts'
import identifiers, { placeholders } from '../../server/pipeline/identifiers.ts'
import jsonBody from '../../server/pipeline/json-body.ts'
import paging from '../../server/pipeline/paging.ts'
import world from '../../server/pipeline/world.ts'
import { resource } from '../../server/resource.ts'
import { addRoutes } from '../../server/routes.ts'
import { listed } from '../../server/state/listed.ts'
import { World } from '../../server/state/world.ts'

const Widget = Type.Object({
  id: Type.String({ maxLength: 3 }),
  size: Type.Optional(Type.Integer()),
  'a/b~c': Type.Optional(Type.String()),
})
type Widget = { id: string; size?: number }

const shape = { method: 'GET', summary: '', family: 'iam', permissions: [], security: [] } as const
const operations = {
  list: operation({ ...shape, id: 'list-widgets', path: '/widgets', result: Type.Array(Widget), paging: 'single' }),
  get: operation({
    ...shape,
    id: 'get-widget',
    path: '/widgets/:name',
    params: Type.Object({ name: Type.String() }),
    result: Widget,
  }),
  move: operation({
    ...shape,
    id: 'move-widget',
    method: 'POST',
    path: '/widgets',
    family: 'organizations',
    result: Widget,
  }),
}

/** What the widget of each name looks like: only the first is as it should be. */
const WIDGETS: Record<string, unknown> = {
  good: { id: 'a', size: 1 },
  missing: { size: 1 },
  extra: { id: 'a', color: 'red' },
  kind: { id: 5 },
  long: { id: 'abcd' },
  null: { id: 'a', size: null },
  slash: { id: 'a', 'a/b~c': 5 },
  nothing: null,
}

const widgets = resource('Widgets', operations, () => ({
  list: () => listed([{ id: 'a' }, { id: 'b', size: 'big' } as unknown as Widget]),
  get({ params }) {
    if (params.name === 'bug') throw new TypeError('widgets of undefined')
    return WIDGETS[params.name] as Widget
  },
  move: () => ({ id: 'abcd' }),
}))

async function widgetServer(t: TestContext, mode: ContractMode) {
  const lines: Record<string, unknown>[] = []
  const stream = { write: (line: string) => void lines.push(JSON.parse(line)) }
  const app = Fastify({ logger: { level: 'warn', stream } })
  app.setSerializerCompiler(() => JSON.stringify)
  const made = World.from({ tables: {}, aliases: {} }, { seed: 1, clock: '2026-11-21T10:00:00Z', stateless: false })
  await app.register(async (api) => {
    await api.register(failures, { resources: [widgets], prefix: '', bodyLimit: 1024 })
    await api.register(world, { worldFor: () => made })
    await api.register(placeholders)
    await api.register(authentication, { auth: 'off' })
    await api.register(identifiers)
    await api.register(jsonBody)
    addRoutes(api, [widgets], 'lenient')
    await api.register(paging, { requests: 'lenient' })
    await api.register(envelope)
    await api.register(contract, { contract: mode })
    await api.register(headers)
  })
  t.after(() => app.close())
  return { app, lines }
}

const said = (operation: string, problem: string) =>
  `fauxflare answered ${operation} with something that the contract does not allow: ${problem}. This is a bug of the simulator; start it with --contract warn to go on.`

const rows: [title: string, path: string, operation: string, problem: string, pointer: string][] = [
  ['a field that is missing', '/widgets/missing', 'get-widget', '/result/id is required', '/result/id'],
  ['a field too many', '/widgets/extra', 'get-widget', '/result/color is not allowed here', '/result/color'],
  ['a value of another kind', '/widgets/kind', 'get-widget', '/result/id must be string', '/result/id'],
  [
    'a value that is too long',
    '/widgets/long',
    'get-widget',
    '/result/id must NOT have more than 3 characters',
    '/result/id',
  ],
  ['null', '/widgets/null', 'get-widget', '/result/size must be integer', '/result/size'],
  ['a field with a slash', '/widgets/slash', 'get-widget', '/result/a~1b~0c must be string', '/result/a~1b~0c'],
  ['no result', '/widgets/nothing', 'get-widget', '/result must be object', '/result'],
  ['the second of a list', '/widgets', 'list-widgets', '/result/1/size must be integer', '/result/1/size'],
]

test('fail: an answer that breaks the contract is a 500 that says where', async (t) => {
  const { app, lines } = await widgetServer(t, 'fail')
  for (const [title, path, operation, problem] of rows) {
    await t.test(title, async () => {
      lines.length = 0
      const answer = await app.inject(path)
      assert.equal(answer.statusCode, 500)
      assert.deepEqual(answer.json(), {
        result: null,
        success: false,
        errors: [{ code: 10500, message: said(operation, problem) }],
        messages: [],
      })
      assert.equal(answer.headers['x-should-retry'], 'false')
      assert.equal(answer.headers['content-type'], 'application/json')
      assert.deepEqual(
        lines.map(({ level, msg }) => [level, msg]),
        [[50, said(operation, problem)]],
      )
    })
  }
})

test('warn: it is served as it is, and logged', async (t) => {
  const { app, lines } = await widgetServer(t, 'warn')
  for (const [title, path, operation, problem, pointer] of rows) {
    await t.test(title, async () => {
      lines.length = 0
      const answer = await app.inject(path)
      assert.equal(answer.statusCode, 200)
      assert.equal(answer.json().success, true)
      assert.deepEqual(
        lines.map((line) => [line.level, line.pointer, line.msg]),
        [[40, pointer, said(operation, problem)]],
      )
    })
  }
  assert.deepEqual((await app.inject('/widgets/extra')).json().result, WIDGETS.extra)
})

test('off: it is served as it is', async (t) => {
  const { app, lines } = await widgetServer(t, 'off')
  for (const [, path] of rows) assert.equal((await app.inject(path)).statusCode, 200)
  assert.deepEqual(lines, [])
})

test('an answer that keeps the contract passes in every mode', async (t) => {
  for (const mode of ['fail', 'warn', 'off'] as const) {
    const { app, lines } = await widgetServer(t, mode)
    const answer = await app.inject('/widgets/good')
    assert.deepEqual(answer.json(), { result: WIDGETS.good, success: true, errors: [], messages: [] })
    assert.equal((await app.inject('/nothing')).statusCode, 404)
    assert.deepEqual(lines, [])
  }
})

test('the 500 wears the envelope of its family', async (t) => {
  const { app } = await widgetServer(t, 'fail')
  const answer = await app.inject({ method: 'POST', url: '/widgets' })
  assert.equal(answer.statusCode, 500)
  assert.deepEqual(Object.keys(answer.json()), ['success', 'errors', 'messages'])
})

test('a behaviour that throws is a 500 in the envelope, logged with its error', async (t) => {
  const { app, lines } = await widgetServer(t, 'fail')
  const answer = await app.inject('/widgets/bug')
  assert.equal(answer.statusCode, 500)
  const message = 'fauxflare failed: widgets of undefined. This is a bug of the simulator; its log has the details.'
  assert.deepEqual(answer.json(), { result: null, success: false, errors: [{ code: 10500, message }], messages: [] })
  assert.equal(answer.headers['x-should-retry'], 'false')
  const [{ level, err, msg }] = lines as [{ level: number; err: { type: string }; msg: string }]
  assert.deepEqual([level, err.type, msg], [50, 'TypeError', message])
})
