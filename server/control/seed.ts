/** `POST /_fauxflare/seed`: adds generated data. */
import { seed } from '../../schemas/control/seed.ts'
import { control } from './control.ts'

export default [control(seed, ({ cloud, body }) => cloud.seed(body))]
