/** The control API: this server's own, beside the simulated one. */
import { Type } from 'typebox'
import { oneOf } from './fields.ts'

/** What the health check answers. */
export const Health = Type.Object(
  {
    status: oneOf(['ok']),
    version: Type.String({ example: '0.1.0' }),
    uptime_s: Type.Integer({ description: 'Seconds since the process started.' }),
  },
  { title: 'Health' },
)
