/** `GET /_fauxflare/report`: how the clients kept to the contract. */
import { report } from '../../schemas/control/server.ts'
import { control } from './control.ts'

export default [control(report, ({ cloud }) => cloud.report())]
