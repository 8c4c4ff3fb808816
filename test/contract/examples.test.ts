/** Every success example of the contract, replayed: the documented status, and an answer of the same shape. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulator } from '../simulator.ts'
import { type Example, keysOf, readExamples } from './examples.ts'
import { shared } from './material.ts'

const { text, skip } = shared('contract/EXAMPLES.md')

/** Where an answer of ours knowingly has more (`+`) or less (`-`) than the example: the key, and everything below. */
const KNOWN: { examples: number[]; keys: string[]; reason: string }[] = [
  { examples: [2], keys: ['+result.managed_by'], reason: 'a tenant unit shows as what manages the account' },
  {
    examples: [11, 13, 16],
    keys: ['+result[].policies[].permission_groups[].meta', '+result.policies[].permission_groups[].meta'],
    reason: 'recorded groups have `description` and `editable` as well',
  },
  { examples: [11], keys: ['+result[].roles[]', '+result[].user.id'], reason: 'our list begins with other people' },
  { examples: [12, 14, 15], keys: ['+result.policies[]'], reason: 'a role is one policy, and both are shown' },
  { examples: [13, 16], keys: ['+result.roles[]'], reason: 'a policy shows as roles, too' },
  { examples: [15], keys: ['+result.roles[].permissions'], reason: 'the catalogue has the role of that id in full' },
  { examples: [27], keys: ['+result.last_used_on'], reason: 'when a token was last used is not for a PUT to clear' },
  { examples: [30], keys: ['+messages[].type'], reason: 'the live service sends `"type": null`' },
  { examples: [31], keys: ['+result[].description'], reason: 'recorded from the live service' },
  { examples: [32], keys: ['-messages'], reason: 'the schema of audit logs has no messages' },
  { examples: [32], keys: ['-result_info.cursor', '-result_info.cursors'], reason: 'our log has no third such entry' },
]

type Row = { id?: string }

/** Where all rows of the example are in our list, only those are compared: like goes with like. */
function comparable(answer: Record<string, unknown>, example: Record<string, unknown>): Record<string, unknown> {
  const [ours, theirs] = [answer.result, example.result]
  if (!Array.isArray(ours) || !Array.isArray(theirs)) return answer
  const ids = new Set(theirs.map((row: Row) => row.id))
  const same = ours.filter((row: Row) => ids.has(row.id))
  return same.length === ids.size ? { ...answer, result: same } : answer
}

function isKnown(difference: string, { title }: Example): boolean {
  const number = Number.parseInt(title, 10)
  return KNOWN.some(
    ({ examples, keys }) =>
      examples.includes(number) &&
      keys.some(
        (key) => difference === key || (/^[.[]/.test(difference.slice(key.length)) && difference.startsWith(key)),
      ),
  )
}

test('there is an example for each operation', { skip }, () => {
  assert.equal(readExamples(text).length, 33)
})

test('every example is answered with its status and its keys', { skip }, async (t) => {
  const { call } = await simulator(t, { stateless: true })
  const found = new Set<string>()
  const unknown: string[] = []
  for (const example of readExamples(text)) {
    const { title, request, body, status, answer } = example
    const reply = await call(request, body === undefined ? {} : { body })
    assert.equal(reply.status, status, `${title}: ${reply.text}`)
    if (answer === undefined) {
      assert.equal(reply.text, '', title)
      continue
    }
    const [ours, theirs] = [keysOf(comparable(reply.body, answer)), keysOf(answer)]
    const differences = [
      ...ours.filter((key) => !theirs.includes(key)).map((key) => `+${key}`),
      ...theirs.filter((key) => !ours.includes(key)).map((key) => `-${key}`),
    ]
    for (const difference of differences) found.add(`${Number.parseInt(title, 10)} ${difference}`)
    unknown.push(...differences.filter((key) => !isKnown(key, example)).map((key) => `${title}: ${key}`))
  }
  assert.deepEqual(unknown, [])
  for (const { examples, keys } of KNOWN) {
    const isThere = [...found].some((line) => examples.some((n) => keys.some((key) => line.startsWith(`${n} ${key}`))))
    assert.ok(isThere, `${keys} of ${examples} is a difference no longer`)
  }
})

test('nothing that an example sends is too much for strict reading, but what is deprecated', { skip }, async (t) => {
  const { call } = await simulator(t, { stateless: true, requests: 'strict' })
  const deprecated: string[] = []
  for (const { title, request, body, status } of readExamples(text)) {
    const reply = await call(request, body === undefined ? {} : { body })
    if (reply.status === 400 && reply.text.includes('is deprecated')) deprecated.push(title)
    else assert.equal(reply.status, status, `${title}: ${reply.text}`)
  }
  assert.deepEqual(deprecated, ['18. account-roles-list-roles', '19. account-roles-role-details'])
})

test('what the examples read by id is what they show', { skip }, async (t) => {
  const { call } = await simulator(t, { stateless: true })
  const examples = readExamples(text).filter(({ request }) => request.startsWith('GET ') && !request.includes('?'))
  for (const { title, request, answer } of examples) {
    const theirs = answer?.result as Row | Row[]
    const { result } = (await call(request)).body
    if (Array.isArray(theirs)) continue
    assert.equal(result.id, theirs.id, title)
  }
})
