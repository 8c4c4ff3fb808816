/** `GET /_fauxflare/operations`: what the simulated API can do. */
import { operations } from '../../schemas/control/server.ts'
import { documented } from '../state/faults/templates.ts'
import { control } from './control.ts'

export default [
  control(operations, ({ clouds }) => ({
    operations: clouds.operations.map(({ id, method, path, paging, permissions, neighbour = false }) => ({
      id,
      method,
      path: documented(path),
      documented: !neighbour,
      pagination: paging ?? null,
      permissions: [...permissions],
    })),
  })),
]
