/** `fauxflare()`: a simulator in the process of the tests that use it. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { test } from 'node:test'
import { ConfigError, type Fauxflare, fauxflare } from '../../server/index.ts'
import { ACCOUNT, TOKEN } from '../simulator.ts'

const headers = { authorization: `Bearer ${TOKEN}` }
const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'))
const skip = hasIpv6 ? false : 'this machine has no IPv6'

const account = async ({ baseURL }: Fauxflare, method = 'GET') =>
  (await fetch(`${baseURL}/accounts/${ACCOUNT}`, { method, headers })).status

/** On how many sockets this process listens. Node takes a turn or two to let go of one. */
async function listening(): Promise<number> {
  for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate)
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length
}

test('It listens on a free port of this machine and says where', async () => {
  await using cf = await fauxflare()
  assert.ok(cf.port > 0)
  assert.equal(cf.url, `http://127.0.0.1:${cf.port}`)
  assert.equal(cf.baseURL, `${cf.url}/client/v4`)
  assert.equal(await account(cf), 200)
})

test('Two of them share nothing, and each goes back to how it began', async () => {
  await using one = await fauxflare({ seed: 7 })
  await using two = await fauxflare({ seed: 7 })
  assert.notEqual(one.port, two.port)
  assert.equal(await account(one, 'DELETE'), 200)
  assert.equal(await account(one), 404)
  assert.equal(await account(two), 200)
  one.reset()
  assert.equal(await account(one), 200)
})

test('A port of undefined is a free port, as if it were not there', async () => {
  await using cf = await fauxflare({ port: undefined } as object)
  await using other = await fauxflare({ port: undefined, log: undefined } as object)
  assert.notEqual(cf.port, other.port)
})

test('A port that is taken is an error, and nothing stays open', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  t.after(() => taken.close())
  const before = await listening()
  const { port } = taken.address() as AddressInfo
  await assert.rejects(fauxflare({ port }), { code: 'EADDRINUSE' })
  assert.equal(await listening(), before)
})

test('What cannot be listened on is an error, and nothing stays open', async () => {
  const before = await listening()
  await assert.rejects(fauxflare({ host: '203.0.113.77' }), { code: 'EADDRNOTAVAIL' })
  assert.equal(await listening(), before)
})

const wrong: [options: object, message: RegExp][] = [
  [{ port: -1 }, /port must be >= 0, not -1/],
  [{ port: '4010' }, /port must be integer, not "4010"/],
  [{ prot: 1 }, /there is no option .*prot/],
  [{ auth: 'enforced' as 'enforce' }, /auth must be one of off, any, enforce/],
  [{ clock: 'noon' }, /clock must be "real" or an ISO 8601 time/],
  [{ fixtures: './nowhere.json' }, /Failed to load the fixtures "\.\/nowhere\.json": there is no such file/],
]

for (const [options, message] of wrong) {
  test(`Rejects ${JSON.stringify(options)} without listening`, async () => {
    const before = await listening()
    await assert.rejects(fauxflare(options), (error) => {
      assert.ok(error instanceof ConfigError)
      assert.match(error.message, message)
      return true
    })
    assert.equal(await listening(), before)
  })
}

test('Neither the environment nor a config file has a say', async (t) => {
  process.env.FAUXFLARE_FIXTURES = 'nowhere'
  t.after(() => delete process.env.FAUXFLARE_FIXTURES)
  await using cf = await fauxflare()
  assert.equal(await account(cf), 200)
})

test('Closing twice, also at once, is harmless, and the port is free again', async () => {
  const cf = await fauxflare()
  await account(cf)
  await Promise.all([cf.close(), cf.close()])
  await cf.close()
  await cf[Symbol.asyncDispose]()
  await assert.rejects(account(cf))
  await using next = await fauxflare({ port: cf.port })
  assert.equal(next.port, cf.port)
})

test('Closing does not wait for a client that keeps its connection open', async () => {
  const before = await listening()
  const cf = await fauxflare()
  const answer = await fetch(`${cf.baseURL}/accounts`, { headers })
  await answer.text()
  await cf.close()
  assert.equal(await listening(), before)
})

test('An address of IPv6 stands in brackets', { skip }, async () => {
  await using cf = await fauxflare({ host: '::1' })
  assert.equal(cf.url, `http://[::1]:${cf.port}`)
  assert.equal(await account(cf), 200)
})

test('A host that means all addresses is told as one that can be reached', async () => {
  await using cf = await fauxflare({ host: '0.0.0.0' })
  assert.equal(cf.url, `http://127.0.0.1:${cf.port}`)
  assert.equal(await account(cf), 200)
})

test('All addresses of IPv6 are told as one that can be reached', { skip }, async () => {
  await using cf = await fauxflare({ host: '::' })
  assert.equal(cf.url, `http://[::1]:${cf.port}`)
  assert.equal(await account(cf), 200)
})

test('localhost is told as an address that answers', async () => {
  await using cf = await fauxflare({ host: 'localhost' })
  assert.equal(await account(cf), 200)
})
