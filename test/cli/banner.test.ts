/** What a person is told when the server is ready; terminal.test.ts sees it on a real terminal. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { QUIRK_NAMES } from '../../schemas/quirks.ts'
import { banner } from '../../server/cli/banner.ts'
import { help } from '../../server/cli/help.ts'
import { readConfig } from '../../server/config.ts'

const told = (given: Parameters<typeof readConfig>[0]['given']) =>
  banner({ url: 'http://127.0.0.1:4010' }, readConfig({ given: given ?? {} }))

test('the banner says what makes answers differ from what everybody is used to', () => {
  assert.doesNotMatch(told({}), /^ {2}On /m)
  assert.match(
    told({ auth: 'enforce', quirks: 'members-need-key' }),
    /^ {2}On {9}auth enforce, quirks members-need-key$/m,
  )
  assert.match(told({ fixtures: './a.json', watch: true }), /^ {2}World {6}fixtures \.\/a\.json \(watched\), seed 1$/m)
  assert.match(told({ auth: 'off', faults: 'flaky' }), /^ {2}On {9}auth off, faults flaky$/m)
})

test('--help names every quirk', () => {
  for (const name of QUIRK_NAMES) assert.ok(help().includes(`\n  ${name}\n`), name)
})
