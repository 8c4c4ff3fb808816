/** `/_fauxflare/faults`: what goes wrong. */
import { addFaults, clearFaults, deleteFault, getFault, listFaults } from '../../schemas/control/faults.ts'
import type { Cloud } from '../cloud.ts'
import { control } from './control.ts'
import { missing } from './missing.ts'

const names = (cloud: Cloud) => cloud.faults.list().flatMap(({ id, name }) => (name === undefined ? id : [id, name]))

export default [
  control(listFaults, ({ cloud }) => ({ faults: [...cloud.faults.list()] })),
  control(addFaults, ({ cloud, body }) => ({ faults: cloud.faults.add(body) })),
  control(clearFaults, ({ cloud }) => cloud.faults.clear()),
  control(
    getFault,
    ({ cloud, params: { id } }) => cloud.faults.get(id) ?? missing('find', 'fault rule', id, names(cloud)),
  ),
  control(deleteFault, ({ cloud, params: { id } }) => {
    if (!cloud.faults.remove(id)) missing('delete', 'fault rule', id, names(cloud))
  }),
]
