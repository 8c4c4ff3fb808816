/** What is said of data that does not fit: everything that is wrong, and what may have been meant. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from 'typebox'
import { oneOf } from '../schemas/fields.ts'
import { checked, checkedQuery } from '../server/checked.ts'
import { CloudError } from '../server/cloud-error.ts'

const Shape = Type.Object(
  {
    mode: Type.Optional(oneOf(['on', 'off'])),
    limit: Type.Optional(Type.Integer({ minimum: 1, default: 5 })),
    inner: Type.Optional(Type.Object({ name: Type.String() }, { additionalProperties: false })),
    list: Type.Optional(Type.Array(oneOf(['a', 'b']))),
  },
  { additionalProperties: false },
)

/** The detail and the mistakes of a value, `[pointer, detail]`. */
function refused(run: () => void): [message: string, ...mistakes: string[][]] {
  try {
    run()
  } catch (error) {
    assert.ok(error instanceof CloudError)
    assert.equal(error.status, 400)
    return [error.message, ...(error.errors ?? []).map(({ pointer, detail }) => [pointer, detail])]
  }
  return ['taken']
}

const rows: [value: unknown, expected: [message: string, ...mistakes: string[][]]][] = [
  [{}, ['taken']],
  [{ mode: 'on', limit: 3, inner: { name: 'x' }, list: ['a'] }, ['taken']],
  [[], ['Failed to try: it must be object.', ['', 'must be object.']]],
  [null, ['Failed to try: it must be object.', ['', 'must be object.']]],
  [{ mode: 'of' }, ['Failed to try: /mode must be one of on, off.', ['/mode', 'must be one of on, off.']]],
  [{ list: ['a', 'c'] }, ['Failed to try: /list/1 must be one of a, b.', ['/list/1', 'must be one of a, b.']]],
  [{ limit: '3' }, ['Failed to try: /limit must be integer.', ['/limit', 'must be integer.']]],
  [{ inner: {} }, ['Failed to try: /inner/name is required.', ['/inner/name', 'is required.']]],
  [
    { inner: { name: 'x', 'na/me': 1 } },
    [
      'Failed to try: /inner/na~1me is not allowed here. Did you mean "name"? Known: name.',
      ['/inner/na~1me', 'is not allowed here. Did you mean "name"? Known: name.'],
    ],
  ],
  [
    { mode: 1, limit: 0 },
    ['Failed to try: /mode must be string. (and 1 more)', ['/mode', 'must be string.'], ['/limit', 'must be >= 1.']],
  ],
]

for (const [value, expected] of rows) {
  test(`${JSON.stringify(value)} is ${expected.length > 1 ? 'refused' : 'taken'}`, () => {
    assert.deepEqual(
      refused(() => checked(Shape, value, 'try')),
      expected,
    )
  })
}

test('A query is texts: they become what is declared, and names stand in the place of pointers', () => {
  const query: Record<string, unknown> = { limit: '3', mode: 'on' }
  checkedQuery(Shape, query, 'try')
  assert.deepEqual(query, { limit: 3, mode: 'on' })
  const [message, ...mistakes] = refused(() => checkedQuery(Shape, { limt: '3' }, 'try'))
  assert.match(message, /^Failed to try: limt is not allowed here. Did you mean "limit"\?/)
  assert.deepEqual(
    mistakes.map(([pointer]) => pointer),
    ['limt'],
  )
})
