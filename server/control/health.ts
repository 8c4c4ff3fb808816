/** `GET /_fauxflare/health`: what Docker's HEALTHCHECK asks. */
import { health } from '../../schemas/control/server.ts'
import { VERSION } from '../version.ts'
import { control } from './control.ts'

export default [
  control(health, () => ({ status: 'ok' as const, version: VERSION, uptime_s: Math.floor(process.uptime()) })),
]
