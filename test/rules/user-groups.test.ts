/** What the policies of a user group and the scope of a resource group come to, for whoever is in the group. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { operations as memberOperations } from '../../schemas/members.ts'
import { operations as subscriptionOperations } from '../../schemas/subscriptions.ts'
import { users } from '../../schemas/users.ts'
import { userMay } from '../../server/rules/user-rights.ts'
import { ACCOUNT, type Simulator, simulator } from '../simulator.ts'

const ZONE = '22b1de5f1c0e4b3ea97bb1e963b06a43'
const WHOLE_ACCOUNT = '6d7f2f5f5b1d4a0e9081fdc98d432fd1'
const SUPER = '8e23b19e4e0d44c29d239c5688ba8cbb'
const BILLING = '298ce8e7a2ba08b9d18ce0a32bb458ee'
/** Changes DNS records, and nothing that is simulated. */
const SOMEBODY = 'liam.keane@example.com'

const policy = (access: 'allow' | 'deny', group: string, resources: string) => ({
  access,
  permission_groups: [{ id: group }],
  resource_groups: [{ id: resources }],
})

async function result({ call }: Simulator, request: string, body: unknown) {
  const answer = await call(`${request.replace(' /', ` /accounts/${ACCOUNT}/`)}`, { body })
  assert.equal(answer.status, 200, answer.text)
  return answer.body.result
}

/** Whether somebody may manage members, and billing of the account and of a zone. */
function rights({ worlds }: Simulator): [members: boolean, billing: boolean, zone: boolean] {
  const world = worlds.next()
  const [user] = world.store.table(users).where({ email: SOMEBODY }).slice(0, 1)
  assert.ok(user)
  const account = { kind: 'account', account_id: ACCOUNT } as const
  const zone = { kind: 'zone', account_id: ACCOUNT, zone_id: ZONE } as const
  return [
    userMay(user, memberOperations.delete, account, world).isAllowed,
    userMay(user, subscriptionOperations.create, account, world).isAllowed,
    userMay(user, subscriptionOperations.create, zone, world).isAllowed,
  ]
}

test('a member may do what the policies of its user groups allow, and not what they deny', async (t) => {
  const cf = await simulator(t)
  const [{ id: member }] = await result(cf, 'PUT /iam/user_groups/user_group_id/members', [{ id: await memberId(cf) }])
  assert.deepEqual(rights(cf), [false, false, false])

  const group = await result(cf, 'POST /iam/user_groups', {
    name: 'Deputies',
    policies: [policy('allow', SUPER, WHOLE_ACCOUNT)],
  })
  assert.deepEqual(rights(cf), [false, false, false])
  await result(cf, `POST /iam/user_groups/${group.id}/members`, [{ id: member }])
  assert.deepEqual(rights(cf), [true, true, true])
  await result(cf, `PUT /iam/user_groups/${group.id}`, {
    policies: [policy('allow', SUPER, WHOLE_ACCOUNT), policy('deny', BILLING, WHOLE_ACCOUNT)],
  })
  assert.deepEqual(rights(cf), [true, false, false])
  await result(cf, `PUT /iam/user_groups/${group.id}/members`, [])
  assert.deepEqual(rights(cf), [false, false, false])
})

test('a resource group holds what it names: all of the account, or domains of it', async (t) => {
  const zone = `com.cloudflare.api.account.zone.${ZONE}`
  const account = `com.cloudflare.api.account.${ACCOUNT}`
  const rows: [title: string, scope: { key: string; objects: { key: string }[] }, billing: [boolean, boolean]][] = [
    ['everything', { key: account, objects: [{ key: '*' }] }, [true, true]],
    ['one domain', { key: account, objects: [{ key: zone }] }, [false, true]],
    ['everything of one domain', { key: zone, objects: [{ key: '*' }] }, [false, true]],
    ['everything of another account', { key: 'com.cloudflare.api.account.x', objects: [{ key: '*' }] }, [false, false]],
    ['another domain', { key: account, objects: [{ key: `${zone}0` }] }, [false, false]],
  ]
  const cf = await simulator(t)
  const resources = await result(cf, 'POST /iam/resource_groups', { name: 'Domains', scope: rows[0]?.[1] })
  const policies = [policy('allow', BILLING, resources.id)]
  const group = await result(cf, 'POST /iam/user_groups', { name: 'Billing', policies })
  await result(cf, `POST /iam/user_groups/${group.id}/members`, [{ id: await memberId(cf) }])
  for (const [title, scope, [ofAccount, ofZone]] of rows) {
    await t.test(title, async () => {
      await result(cf, `PUT /iam/resource_groups/${resources.id}`, { scope })
      assert.deepEqual(rights(cf), [false, ofAccount, ofZone])
    })
  }
})

async function memberId({ call }: Simulator): Promise<string> {
  const { result: found } = (await call(`GET /accounts/${ACCOUNT}/members?per_page=50&page=1`)).body
  return found.find(({ email }: { email: string }) => email === SOMEBODY).id
}
