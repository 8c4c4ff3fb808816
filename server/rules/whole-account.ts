/** The resource group that stands for a whole account: every account has one, and nobody can change it. */
import { type AccountRow, accounts } from '../../schemas/accounts.ts'
import { type ResourceGroupRow, resourceGroups } from '../../schemas/resource-groups.ts'
import { rememberedWith } from '../state/remembered.ts'
import type { World } from '../state/world.ts'
import { accountResource } from './resource-names.ts'

/** Makes the group of a whole account, which is called as the account is as a resource (ERRORS.md §7.2). */
export function wholeAccountGroup(account_id: string, id: string): ResourceGroupRow {
  const key = accountResource(account_id)
  return { id, account_id, name: key, meta: { editable: 'false' }, scope: { key, objects: [{ key: '*' }] } }
}

/** The id of the group that stands for a whole account. */
export function wholeAccount(account_id: string, world: World): string | undefined {
  const account = world.store.table(accounts).get(account_id)
  return account && wholeAccountOf(account, world)
}

const wholeAccountOf = rememberedWith([resourceGroups], ({ id }: AccountRow, world): string | undefined => {
  const name = accountResource(id)
  return world.store.table(resourceGroups, id).where({ name }).first()?.id
})

/** Whether a resource group holds all of an account, as the account's own does, and whichever else is as wide. */
export function holdsAccount(id: string, account_id: string, world: World): boolean {
  const scope = world.store.table(resourceGroups, account_id).get(id)?.scope
  return scope?.key === accountResource(account_id) && scope.objects.some(({ key }) => key === '*')
}
