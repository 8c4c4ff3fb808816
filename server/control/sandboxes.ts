/** `/_fauxflare/sandboxes`: the worlds of the server. */
import { deleteSandbox, listSandboxes, putSandbox } from '../../schemas/control/sandboxes.ts'
import { DEMO } from '../fixtures/begin.ts'
import { loadGenerator } from '../seeding.ts'
import { Again, control } from './control.ts'
import { missing } from './missing.ts'

export default [
  control(listSandboxes, ({ clouds }) => ({ sandboxes: clouds.list() })),
  control(putSandbox, async ({ clouds, params: { name }, body }) => {
    if (body.fixtures === DEMO) await loadGenerator()
    const wasThere = clouds.has(name)
    clouds.make(name, body)
    const sandbox = clouds.get(name)
    return wasThere ? new Again(sandbox) : sandbox
  }),
  control(deleteSandbox, ({ clouds, params: { name } }) => {
    const names = clouds.list().map((sandbox) => sandbox.name)
    if (!clouds.delete(name)) missing('delete', 'sandbox', name, names.slice(1))
  }),
]
