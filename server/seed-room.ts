/** Whether generated data would fit into memory: an answer is better than a process that ends. */
import { totalmem } from 'node:os'
import { getHeapStatistics } from 'node:v8'
import { type DemoPlan, TOLD } from '../fixtures/demo/story.ts'
import { CloudError } from './cloud-error.ts'

/**
 * Bytes that rows take in memory, with their place in a collection; measured, and rounded up. The log of an account grows
 * by the day, and with each member of whom there is something to tell.
 */
const BYTES = { account: 9000, member: 1000, token: 1500, day: 450, told: 1000 }

/** The part of the heap that is filled at most: the rest is for requests, and for indexes. */
const FILLED = 0.85

/** From here on it is given up: what is in use has been cleared up by then, and there is more to come. */
const FULL = 0.95

/** What it would take, in bytes. */
function needOf({ accounts, members_per_account, tokens_per_account, audit_days }: DemoPlan): number {
  const rows = BYTES.account + members_per_account * BYTES.member + tokens_per_account * BYTES.token
  const log = audit_days * BYTES.day + (audit_days > 0 ? Math.min(members_per_account, TOLD) * BYTES.told : 0)
  return accounts * (rows + log)
}

/** What may be filled still, in bytes. */
function roomIn({ heap_size_limit, used_heap_size }: ReturnType<typeof getHeapStatistics>): number {
  return Math.max(0, heap_size_limit * FILLED - used_heap_size)
}

/** @throws CloudError when that much would not fit: 507 */
export function checkRoom(plan: DemoPlan): void {
  if (needOf(plan) > roomIn(getHeapStatistics())) throw noRoom(plan)
}

/** Whether memory is nearly used up. */
export function isFull(): boolean {
  const { heap_size_limit, used_heap_size } = getHeapStatistics()
  return used_heap_size > heap_size_limit * FULL
}

/** Says how much is missing, and what would fit. */
export function noRoom(plan: DemoPlan): CloudError {
  const heap = getHeapStatistics()
  const [need, room] = [needOf(plan), roomIn(heap)]
  const wanted = `${plan.accounts} accounts, each with ${plan.members_per_account} members,`
  const fitting = Math.floor((plan.accounts * room) / need)
  const instead =
    fitting >= plan.accounts
      ? ''
      : fitting > 0
        ? ` About ${fitting} such accounts would fit.`
        : ` About ${Math.floor((plan.members_per_account * room * plan.accounts) / need)} members in all would fit.`
  const whole = Math.ceil((heap.used_heap_size + need) / FILLED / 2 ** 30) * 2 ** 30
  const more =
    whole < totalmem()
      ? ` Or give Node more memory: NODE_OPTIONS=--max-old-space-size=${whole / 2 ** 20}.`
      : ' This machine has not memory enough for all of it.'
  return new CloudError(
    `Failed to add generated data: ${wanted} take about ${inWords(need)}, and there is room for ${inWords(room)}.${instead}${more}`,
    { status: 507 },
  )
}

const inWords = (bytes: number) =>
  bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(1)} GB` : `${Math.round(bytes / 2 ** 20)} MB`
