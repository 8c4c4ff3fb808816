/** One object of `process.nextTick` is kept, so that V8 knows what the others will look like. */
import assert from 'node:assert/strict'
import { executionAsyncResource } from 'node:async_hooks'
import { test } from 'node:test'
import { fauxflare } from '../server/index.ts'
import { keptTick } from '../server/kept-tick.ts'

test('What a start keeps has the form of any other tick', async () => {
  await using _ = await fauxflare()
  const other = await new Promise<object>((resolve) => process.nextTick(() => resolve(executionAsyncResource())))
  const kept = keptTick() ?? {}
  assert.notEqual(kept, other)
  assert.deepEqual(Reflect.ownKeys(kept), Reflect.ownKeys(other))
  assert.ok(Reflect.ownKeys(other).includes('callback'))
})
