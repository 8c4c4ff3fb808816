/**
 * The control API: this server's own, beside the simulated one. Every call, once, in the order of the document. Routes,
 * document and `fauxflare ctl` are read from here.
 */
import type { ControlCall } from './control/call.ts'
import { advanceClock, getClock, setClock } from './control/clock.ts'
import { addFaults, clearFaults, deleteFault, getFault, listFaults } from './control/faults.ts'
import { clearRequests, getRequest, listRequests, verifyRequests } from './control/requests.ts'
import { deleteSandbox, listSandboxes, putSandbox } from './control/sandboxes.ts'
import { seed } from './control/seed.ts'
import { health, operations, report } from './control/server.ts'
import {
  deleteSnapshot,
  diffState,
  getState,
  listSnapshots,
  putState,
  reset,
  restoreSnapshot,
  takeSnapshot,
} from './control/state.ts'

export { type ControlCall, Problem } from './control/call.ts'

/**
 * Every call.
 * @example CONTROL_CALLS.find(({ id }) => id === 'control-faults-add') // { method: 'POST', path: '/faults', … }
 */
export const CONTROL_CALLS: readonly ControlCall[] = [
  health,
  reset,
  getState,
  putState,
  diffState,
  listSnapshots,
  takeSnapshot,
  restoreSnapshot,
  deleteSnapshot,
  seed,
  listFaults,
  addFaults,
  clearFaults,
  getFault,
  deleteFault,
  getClock,
  setClock,
  advanceClock,
  listRequests,
  clearRequests,
  verifyRequests,
  getRequest,
  report,
  operations,
  listSandboxes,
  putSandbox,
  deleteSandbox,
]
