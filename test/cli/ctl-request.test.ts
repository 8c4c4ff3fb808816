/** What `fauxflare ctl` makes of a command line: which call, with which path, query and body; and what it refuses. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CONTROL_CALLS } from '../../schemas/control.ts'
import { SPOKEN, usageOf } from '../../server/cli/calls.ts'
import { requestOf } from '../../server/cli/ctl.ts'
import { ctlHelp } from '../../server/cli/ctl-help.ts'
import { ConfigError } from '../../server/config.ts'
import { folder } from './command.ts'

const words = (line: string) => line.split(' ').filter(Boolean)

const calls: [line: string, sent: string, body?: unknown][] = [
  ['health', 'GET /health'],
  ['reset', 'POST /reset'],
  ['state', 'GET /state'],
  ['state --secrets', 'GET /state?secrets=true'],
  ['state --no-secrets', 'GET /state?secrets=false'],
  ['state put {"version":1}', 'PUT /state', { version: 1 }],
  ['state diff', 'GET /state/diff'],
  ['state diff --from before', 'GET /state/diff?from=before'],
  ['snapshots', 'GET /snapshots'],
  ['snapshots take before', 'PUT /snapshots/before'],
  ['snapshots restore before', 'POST /snapshots/before/restore'],
  ['snapshots delete a/b', 'DELETE /snapshots/a%2Fb'],
  ['seed', 'POST /seed'],
  ['seed medium', 'POST /seed', { size: 'medium' }],
  ['seed {"accounts":3}', 'POST /seed', { accounts: 3 }],
  ['faults', 'GET /faults'],
  ['faults add flaky', 'POST /faults', { preset: 'flaky' }],
  ['faults add {"effect":{}}', 'POST /faults', { effect: {} }],
  ['faults add [{"preset":"slow"}]', 'POST /faults', [{ preset: 'slow' }]],
  ['faults clear', 'DELETE /faults'],
  ['faults get fault-1', 'GET /faults/fault-1'],
  ['faults delete fault-1', 'DELETE /faults/fault-1'],
  ['clock', 'GET /clock'],
  ['clock set 2030-01-01', 'PUT /clock', { now: '2030-01-01' }],
  ['clock set {"mode":"real"}', 'PUT /clock', { mode: 'real' }],
  ['clock freeze', 'PUT /clock', { mode: 'frozen' }],
  ['clock freeze 2030-01-01T00:00:00Z', 'PUT /clock', { mode: 'frozen', now: '2030-01-01T00:00:00Z' }],
  ['clock real', 'PUT /clock', { mode: 'real' }],
  ['clock advance P31D', 'POST /clock/advance', { by: 'P31D' }],
  ['clock advance -P1D', 'POST /clock/advance', { by: '-P1D' }],
  ['clock advance -PT1H --url http://127.0.0.1:4010', 'POST /clock/advance', { by: '-PT1H' }],
  ['clock advance -- -P1D', 'POST /clock/advance', { by: '-P1D' }],
  ['requests', 'GET /requests'],
  [
    'requests --operation account-creation --status=4xx --limit 5',
    'GET /requests?operation=account-creation&status=4xx&limit=5',
  ],
  ['requests --path /accounts/*', 'GET /requests?path=%2Faccounts%2F*'],
  ['requests clear', 'DELETE /requests'],
  ['requests get 17', 'GET /requests/17'],
  ['requests verify {"match":{}}', 'POST /requests/verify', { match: {} }],
  ['report', 'GET /report'],
  ['operations', 'GET /operations'],
  ['sandboxes', 'GET /sandboxes'],
  ['sandboxes put w1', 'PUT /sandboxes/w1'],
  ['sandboxes put w1 {"seed":7}', 'PUT /sandboxes/w1', { seed: 7 }],
  ['sandboxes delete w1', 'DELETE /sandboxes/w1'],
]

describe('ctl', () => {
  for (const [line, sent, body] of calls) {
    test(`${line} is ${sent}`, async () => {
      const request = await requestOf(words(line), {})
      assert.equal(`${request.method} ${request.url}`, sent.replace(' ', ' http://127.0.0.1:4010/_fauxflare'))
      assert.deepEqual(request.body === null ? undefined : JSON.parse(request.body), body)
      assert.equal(request.headers['content-type'], request.method === 'GET' ? undefined : 'application/json')
      assert.equal('fauxflare-control-token' in request.headers, false)
    })
  }

  test('can say every call of the control API', () => {
    const said = calls.map(([line]) => line)
    for (const spoken of SPOKEN) {
      const own = spoken.words.join(' ')
      assert.ok(
        said.some((line) => line === own || line.startsWith(`${own} `)),
        own,
      )
      assert.ok(ctlHelp().includes(`\n  ${usageOf(spoken)} `), usageOf(spoken))
    }
    assert.deepEqual(new Set(SPOKEN.map(({ call }) => call)), new Set(CONTROL_CALLS))
  })

  test('no call hides another: each is the longest that begins with its words', () => {
    const all = SPOKEN.map(({ words: own }) => own.join(' '))
    assert.equal(new Set(all).size, all.length)
  })
})

describe('where ctl sends it', () => {
  const rows: [line: string, env: Record<string, string>, url: string][] = [
    ['reset --url http://localhost:1', {}, 'http://localhost:1/_fauxflare/reset'],
    ['--url=http://localhost:1/ reset', {}, 'http://localhost:1/_fauxflare/reset'],
    ['reset --url http://localhost:1/client/v4/', {}, 'http://localhost:1/_fauxflare/reset'],
    ['reset --url http://localhost:1/sandboxes/w1/client/v4', {}, 'http://localhost:1/sandboxes/w1/_fauxflare/reset'],
    ['reset --url https://mock.example.com/base', {}, 'https://mock.example.com/base/_fauxflare/reset'],
    ['reset', { FAUXFLARE_URL: 'http://[::1]:4010' }, 'http://[::1]:4010/_fauxflare/reset'],
    ['reset --url http://a', { FAUXFLARE_URL: 'http://b' }, 'http://a/_fauxflare/reset'],
    ['reset --sandbox w1', {}, 'http://127.0.0.1:4010/sandboxes/w1/_fauxflare/reset'],
    ['reset --sandbox a/b', {}, 'http://127.0.0.1:4010/sandboxes/a%2Fb/_fauxflare/reset'],
    ['reset', { FAUXFLARE_SANDBOX: 'w1' }, 'http://127.0.0.1:4010/sandboxes/w1/_fauxflare/reset'],
    ['sandboxes', { FAUXFLARE_SANDBOX: 'w1' }, 'http://127.0.0.1:4010/_fauxflare/sandboxes'],
  ]
  for (const [line, env, url] of rows) {
    test(`${JSON.stringify(env)} ${line}`, async () => assert.equal((await requestOf(words(line), env)).url, url))
  }

  test('the control token goes into its header', async () => {
    const byFlag = await requestOf(['reset', '--control-token', 's3cret'], { FAUXFLARE_CONTROL_TOKEN: 'other' })
    assert.equal(byFlag.headers['fauxflare-control-token'], 's3cret')
    const byEnv = await requestOf(['reset'], { FAUXFLARE_CONTROL_TOKEN: 'other' })
    assert.equal(byEnv.headers['fauxflare-control-token'], 'other')
  })
})

test('A body comes from a file as it is: by its name, and behind an @', async (t) => {
  const text = '{ "version": 1, "big": 12345678901234567890 }\n'
  const path = folder(t, { 'rules.json': text })
  for (const word of [`${path}/rules.json`, `@${path}/rules.json`]) {
    for (const call of ['state put', 'faults add', 'requests verify']) {
      assert.equal((await requestOf([...words(call), word], {})).body, text)
    }
  }
})

const wrong: [line: string, message: RegExp][] = [
  ['', /^Failed to call: name a call\. See fauxflare ctl --help\.$/],
  ['rest', /^Failed to call: there is no call "rest"\. Did you mean "reset"\?/],
  ['faults ad flaky', /there is no call "faults ad"\. Did you mean "faults add"\? .*faults clear/],
  ['snapshots save x', /there is no call "snapshots save"\..*snapshots, snapshots take, snapshots restore/],
  ['clok advance P1D', /there is no call "clok advance"\. Did you mean "clock advance"\?/],
  ['state world.json', /there is no call "state world\.json"\..*state put/],
  ['health now', /there is no call "health now"\./],
  ['constructor', /there is no call "constructor"\./],
  ['faults add', /^Failed to call: it is fauxflare ctl faults add <preset\|json>\. See fauxflare ctl --help\.$/],
  ['faults add flaky slow', /it is fauxflare ctl faults add <preset\|json>/],
  ['snapshots take', /it is fauxflare ctl snapshots take <name>/],
  ['snapshots take a b', /it is fauxflare ctl snapshots take <name>/],
  ['clock freeze now then', /it is fauxflare ctl clock freeze \[time\]/],
  ['clock real 2030-01-01', /it is fauxflare ctl clock real\./],
  ['sandboxes put', /it is fauxflare ctl sandboxes put <name> \[json\|file\]/],
  ['reset --form x', /Unknown option '--form'\. Did you mean "--from"\? See fauxflare ctl --help\.$/],
  ['reset --port 1', /Unknown option '--port'/],
  ['reset --from x', /"reset" has no option for "from"\. It takes none\.$/],
  ['requests --from x', /"requests" has no option for "from"\. It takes --operation, --method,/],
  ['reset -p', /Unknown option '-p'\./],
  // They would be taken out of the path, and another world be reset.
  ['reset --sandbox ..', /^Failed to call: nothing can be called "\.\."\.$/],
  ['snapshots delete .', /^Failed to call: nothing can be called "\."\.$/],
  ['reset --url', /'--url <value>' argument missing\. See/],
  ['reset --url localhost:4010', /--url must be such as http:\/\/127\.0\.0\.1:4010, not "localhost:4010"\.$/],
  ['reset --url http://', /--url must be such as/],
  ['reset --url http://a?b', /--url must be such as/],
  ['sandboxes --sandbox w1', /"sandboxes" concerns the whole server\. Leave --sandbox out\.$/],
  ['faults add {', /^Failed to call: the argument is not JSON: /],
  ['state put nowhere.json', /^Failed to read "nowhere\.json": there is no such file\.$/],
  ['state put @nowhere', /^Failed to read "nowhere": there is no such file\.$/],
  ['state put .', /^Failed to read "\.": EISDIR/],
]

for (const [line, message] of wrong) {
  test(`Refuses: ctl ${line}`, async () => {
    await assert.rejects(requestOf(words(line), {}), (error) => {
      assert.ok(error instanceof ConfigError)
      assert.match(error.message, message)
      assert.equal(error.message.split('\n').length, 1)
      return true
    })
  })
}
