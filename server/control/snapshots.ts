/** `/_fauxflare/snapshots`: states to come back to, by name. */
import { deleteSnapshot, listSnapshots, restoreSnapshot, takeSnapshot } from '../../schemas/control/state.ts'
import type { Cloud } from '../cloud.ts'
import { Again, control } from './control.ts'
import { missing } from './missing.ts'

const entryOf = (cloud: Cloud, name: string) => cloud.snapshots.list().find((entry) => entry.name === name)

export default [
  control(listSnapshots, ({ cloud }) => ({ snapshots: cloud.snapshots.list() })),
  control(takeSnapshot, ({ cloud, params: { name } }) => {
    const before = entryOf(cloud, name)
    cloud.snapshot(name)
    const entry = entryOf(cloud, name) ?? missing('take a snapshot', 'snapshot', name, [])
    return before ? new Again(entry) : entry
  }),
  control(restoreSnapshot, ({ cloud, params }) => cloud.restore(params.name)),
  control(deleteSnapshot, ({ cloud, params: { name } }) => {
    const names = cloud.snapshots.list().map((entry) => entry.name)
    if (!cloud.snapshots.delete(name)) missing('delete', 'snapshot', name, names)
  }),
]
