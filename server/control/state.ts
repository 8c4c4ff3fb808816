/** `/_fauxflare/state`: the whole world as a document, and what changed in it. */
import { diffState, getState, putState } from '../../schemas/control/state.ts'
import { control } from './control.ts'

export default [
  // Without the copy that `cloud.state()` makes: it goes nowhere but into the answer.
  control(getState, ({ cloud, query }) => cloud.snapshot().document(query)),
  control(putState, ({ cloud, clouds, body }) => clouds.restore(cloud.name, body)),
  control(diffState, ({ cloud, query }) => cloud.diff(query.from)),
]
