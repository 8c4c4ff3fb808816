/** `/_fauxflare/clock`: the time of the world. */
import { advanceClock, getClock, setClock } from '../../schemas/control/clock.ts'
import type { Cloud } from '../cloud.ts'
import { control } from './control.ts'

const settingOf = ({ clock: { mode, now } }: Cloud) => ({ mode, now })

export default [
  control(getClock, ({ cloud }) => settingOf(cloud)),
  control(setClock, ({ cloud, body }) => {
    cloud.clock.set(body)
    return settingOf(cloud)
  }),
  control(advanceClock, ({ cloud, body }) => {
    cloud.clock.advance(body.by)
    return settingOf(cloud)
  }),
]
