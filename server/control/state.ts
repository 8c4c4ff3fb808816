/** `/_fauxflare/state`: the whole world as a document, and what changed in it. */
import { diffState, getState, putState } from '../../schemas/control/state.ts'
import type { Document } from '../../schemas/state.ts'
import { control } from './control.ts'

export default [
  // Without the copy that `cloud.state()` makes: it goes nowhere but into the answer.
  control(getState, ({ cloud }) => cloud.snapshot().toJSON()),
  // A text would be the name of a snapshot.
  control(putState, ({ cloud, body }) => cloud.restore((typeof body === 'string' ? [body] : body) as Document)),
  control(diffState, ({ cloud, query }) => cloud.diff(query.from)),
]
