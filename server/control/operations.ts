/** `GET /_fauxflare/operations`: what the simulated API can do. */
import { operations } from '../../schemas/control/server.ts'
import { control } from './control.ts'

export default [
  control(operations, ({ clouds }) => ({
    operations: clouds.operations.map(({ id, method, path, paging, permissions }) => ({
      id,
      method,
      // '/:kind(^accounts$|^zones$)/:id' → '/{kind}/{id}'
      path: path.replace(/:(\w+)(?:\([^)]*\))?/g, '{$1}'),
      // So far there is none beside the published ones.
      documented: true,
      pagination: paging ?? null,
      permissions: [...permissions],
    })),
  })),
]
