/** `fauxflare check`: its exit code says whether something is wrong with fixtures, and each line where. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { check, runCheck } from '../../server/cli/check.ts'
import { COMMAND, folder, line, run } from './command.ts'

const GOOD = JSON.stringify({
  accounts: [{ name: 'Acme' }],
  members: [{ email: 'a@example.com' }, { email: 'b@example.com' }],
})
const BAD = '{\n  "acounts": [],\n  "accounts": [{}]\n}'

/** What the command says of files of these contents, and its exit code. */
function told(t: TestContext, files: Record<string, string>, { json = false, names = Object.keys(files) } = {}) {
  const place = folder(t, files)
  let text = ''
  const code = runCheck(
    names.map((name) => join(place, name)),
    json,
    (part) => {
      text += part
    },
  )
  return { code, text: text.replaceAll(`${place}/`, '') }
}

test('Says what it found where all is well', (t) => {
  assert.deepEqual(told(t, { 'acme.json': GOOD }), {
    code: 0,
    text: 'acme.json: 2 users, 1 account, 1 resource group, 2 members (2 users, 1 resource group added). All is well.\n',
  })
  assert.deepEqual(told(t, { 'none.json': '{}' }), { code: 0, text: 'none.json: no rows. All is well.\n' })
})

test('Says what is wrong in each file, and where', (t) => {
  const { code, text } = told(t, { 'acme.json': GOOD, 'bad.json': BAD, 'broken.json': '[' })
  assert.equal(code, 1)
  assert.deepEqual(text.split('\n').slice(1), [
    'bad.json:2:3  /acounts  is not a collection. Did you mean "accounts"?',
    'bad.json:3:16  /accounts/0/name  is required.',
    'bad.json: 2 problems.',
    'broken.json:1:2  is not JSON: Unexpected end of JSON input.',
    'broken.json: 1 problem.',
    '',
  ])
})

test('Says the same as JSON', (t) => {
  const { code, text } = told(t, { 'acme.json': GOOD, 'bad.json': BAD }, { json: true })
  assert.equal(code, 1)
  assert.deepEqual(JSON.parse(text), {
    files: [
      {
        path: 'acme.json',
        problems: 0,
        isCut: false,
        rows: { users: 2, accounts: 1, resource_groups: 1, members: 2 },
        added: { users: 2, resource_groups: 1 },
      },
      { path: 'bad.json', problems: 2, isCut: false, rows: {}, added: {} },
    ],
    problems: [
      {
        path: 'bad.json',
        line: 2,
        column: 3,
        pointer: '/acounts',
        message: 'is not a collection. Did you mean "accounts"?',
      },
      { path: 'bad.json', line: 3, column: 16, pointer: '/accounts/0/name', message: 'is required.' },
    ],
  })
})

const wrong: [args: string[], message: RegExp][] = [
  [[], /^ConfigError: Failed to check: name files or folders of fixtures/],
  [['--port', '1', 'a.json'], /^ConfigError: Failed to check: --port is for serving\. /],
  [['--jsn', 'a.json'], /^ConfigError: Failed to check: Unknown option '--jsn'\. Did you mean "--json"\?/],
  [['nowhere.json'], /^ConfigError: Failed to check "nowhere\.json": there is no such file\.$/],
]
for (const [args, message] of wrong) {
  test(`A command that is wrong says so: fauxflare check ${args.join(' ')}`, async () => {
    await assert.rejects(check(args), message)
  })
}

test('As a command, it ends with 0 or 1 for what it found, and with 2 when there is nothing to check', async (t) => {
  const cwd = folder(t, { 'acme.json': GOOD, 'bad.json': BAD })
  const good = run(t, ['check', 'acme.json'], { cwd })
  const bad = run(t, ['check', 'acme.json', 'bad.json', '--json'], { cwd })
  const none = run(t, ['check', 'nowhere.json'], { cwd })
  assert.deepEqual([(await good).code, (await bad).code, (await none).code], [0, 1, 2])
  assert.match(line((await good).stdout), /^acme\.json: 2 users, .* All is well\.$/)
  assert.equal(JSON.parse((await bad).stdout).problems.length, 2)
  assert.match(line((await none).stderr), /^Failed to check "nowhere\.json": there is no such file\.$/)
})

test('What it found decides how it ends, also when nobody reads it to the end', async (t) => {
  const cwd = folder(t, { 'bad.json': JSON.stringify({ accounts: Array.from({ length: 1000 }, () => ({})) }) })
  const [command = '', ...before] = COMMAND
  // It is longer than a pipe can hold.
  const child = spawn(command, [...before, 'check', 'bad.json', '--json'], { cwd, stdio: 'pipe' })
  child.stdout.once('readable', () => child.stdout.destroy())
  const [told, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  assert.deepEqual([code, told], [1, ''])
})
