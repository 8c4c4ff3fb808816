/** `POST /_fauxflare/reset`: back to how it began. */
import { reset } from '../../schemas/control/state.ts'
import { control } from './control.ts'

export default [control(reset, ({ cloud }) => cloud.reset())]
