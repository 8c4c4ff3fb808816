/** Pointers of `spoil` lead into answers that there can be. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kept, OPERATIONS, refusal } from './rules-in-a-world.ts'

const ACCOUNTS = 'accounts-list-accounts'
const ACCOUNT = 'accounts-account-details'

const taken: [operation: string | undefined, spoil: object, error?: number][] = [
  [ACCOUNTS, { remove: '' }],
  [ACCOUNTS, { set: '', value: [] }],
  [ACCOUNTS, { remove: '/result' }],
  [ACCOUNTS, { remove: '/result/0/name' }],
  [ACCOUNTS, { type: '/result/17/settings/enforce_twofactor' }],
  [ACCOUNTS, { set: '/result/0/name', value: null }],
  [ACCOUNTS, { set: '/result_info/total_count', value: -1 }],
  // A field that the contract does not know, and one more item.
  [ACCOUNTS, { set: '/result/0/colour', value: 'red' }],
  [ACCOUNTS, { set: '/result/-', value: {} }],
  // It may be that the operation fails by itself.
  [ACCOUNTS, { remove: '/errors/0/code' }],
  [ACCOUNT, { remove: '/result/id' }],
  [undefined, { remove: '/result/0/policies/0/permission_groups/0/id' }],
  [undefined, { remove: '/result/id' }],
  [ACCOUNT, { remove: '/errors/0/message' }, 500],
  // Whatever keys there are in such an object.
  ['account-api-tokens-create-token', { remove: '/result/policies/0/resources/com.cloudflare.api.account.1' }],
]

for (const [operation, spoil, error] of taken) {
  test(`${JSON.stringify(spoil)} is taken for ${operation ?? 'any operation'}${error ? ` with ${error}` : ''}`, () => {
    const match = operation === undefined ? {} : { operation }
    const rule = kept({ match, effect: { spoil, ...(error && { error }) } })
    assert.deepEqual(rule.effect?.spoil, [spoil])
  })
}

const refused: [operation: string | undefined, spoil: Record<string, unknown>, message: RegExp, error?: number][] = [
  [
    ACCOUNTS,
    { remove: '/result/0/nmae' },
    /no answer has "nmae" in \/result\/0\. Did you mean "name"\? There are "id", /,
  ],
  [ACCOUNTS, { type: '/reslt' }, /no answer has "reslt" in the body\. Did you mean "result"\?/],
  [ACCOUNTS, { remove: '/result/name' }, /It is a list, whose items have numbers: \/result\/0/],
  [ACCOUNTS, { remove: '/result/00' }, /It is a list/],
  [ACCOUNTS, { remove: '/result/-' }, /It is a list/],
  [ACCOUNTS, { remove: '/result/length' }, /It is a list/],
  [ACCOUNTS, { remove: '/result/0/name/0' }, /There is nothing in it/],
  [ACCOUNTS, { remove: '/result/0/__proto__' }, /no answer has "__proto__"/],
  [ACCOUNTS, { set: '/result/0/nmae', value: 1 }, /Did you mean "name"\?/],
  [ACCOUNTS, { set: '/result/0/colour/red', value: 1 }, /no answer has "colour"/],
  [ACCOUNTS, { remove: '/result/0/colour' }, /no answer has "colour"/],
  [ACCOUNT, { remove: '/result/0/name' }, /no answer has "0" in \/result/],
  [ACCOUNT, { remove: '/result_info/page' }, /no answer has "result_info"/],
  [ACCOUNT, { remove: '/result/name' }, /no failure has "name" in \/result\. There is nothing in it/, 500],
  [undefined, { remove: '/result_info' }, /no failure has "result_info"/, 500],
  [undefined, { remove: 'result' }, /must be a JSON pointer such as \/result\/id, not "result"/],
  [undefined, { remove: '/result~' }, /must be a JSON pointer/],
]

for (const [operation, spoil, message, error] of refused) {
  test(`${JSON.stringify(spoil)} is refused for ${operation ?? 'any operation'}: ${message.source}`, () => {
    const match = operation === undefined ? {} : { operation }
    const [verb] = Object.keys(spoil)
    const effect = { ...(error && { error }) }
    const single = refusal({ match, effect: { ...effect, spoil } })
    assert.equal(single.pointer, `/effect/spoil/${verb}`)
    assert.match(single.detail, message)
    const listed = refusal({ match, effect: { ...effect, spoil: [{ set: '/success', value: 1 }, spoil] } })
    assert.equal(listed.pointer, `/effect/spoil/1/${verb}`)
  })
}

const misshapen: [spoil: unknown, pointer: string, message: RegExp][] = [
  [[], '', /fewer than 1/],
  [7, '', /must be array/],
  [{ rm: '/x' }, '', /must be { "remove": … }, { "set": …, "value": … } or { "type": … }/],
  [{ remove: 7 }, '/remove', /must be string/],
  [{ set: '/result' }, '/value', /is required/],
  [{ set: '/result', value: 1, remove: '/result' }, '', /only one of/],
  [[{ remove: '/result' }, 7], '/1', /not 7/],
]

for (const [spoil, pointer, message] of misshapen) {
  test(`${JSON.stringify(spoil)} is no change of an answer: ${message.source}`, () => {
    const error = refusal({ effect: { spoil } })
    assert.equal(error.pointer, `/effect/spoil${pointer}`)
    assert.match(error.detail, message)
  })
}

test('Every operation with a body can lose its result, and one without can only fail', () => {
  for (const { id, status } of OPERATIONS) {
    const rule = { match: { operation: id }, effect: { spoil: { remove: '/result' } } }
    if (status === 204) continue
    kept(rule)
  }
  const silent = OPERATIONS.filter(({ status, family }) => status === 204 && family === 'organizations')
  for (const { id } of silent) refusal({ match: { operation: id }, effect: { spoil: { remove: '/result' } } })
})
