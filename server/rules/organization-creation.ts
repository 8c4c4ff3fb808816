/** Who may make an organization. The texts are those of the guide to setting organizations up (ERRORS.md §7.8). */
import { accounts } from '../../schemas/accounts.ts'
import { members } from '../../schemas/members.ts'
import { organizations } from '../../schemas/organizations.ts'
import type { UserRow } from '../../schemas/users.ts'
import { fail } from '../errors.ts'
import type { World } from '../state/world.ts'
import { hierarchy } from './hierarchy.ts'
import { managesOrganization, organizationsOf } from './organization-members.ts'
import { isSuperAdministrator } from './super-administrators.ts'

/**
 * Organizations at the root are for Super Administrators of enterprise accounts that have a second factor: one for
 * each user and each company. Below another organization, they are for those who manage that one. Where credentials
 * need not exist, nobody is held to it.
 * @param parent_id the organization that it is to stand in; undefined for one at the root
 * @throws ApiFailure 403 for whoever is nobody to make any, 400 for whoever has one or must not have one yet
 */
export function checkOrganizationCreation(user: UserRow, parent_id: string | undefined, world: World): void {
  if (parent_id !== undefined) {
    if (managesOrganization(user, parent_id, world)) return
    const reason = `${user.email} is no member of the parent or of an organization above it`
    throw fail('AUTHENTICATION', {}, { denied: { reason, permission_groups: [] } })
  }
  const enterprises = enterprisesOf(user, world)
  if (enterprises.length === 0) throw fail('ORGANIZATION_PLAN')
  const administered = enterprises.filter(({ isAdministrator }) => isAdministrator)
  if (administered.length === 0) throw fail('ORGANIZATION_ROLE')
  if (!user.two_factor_authentication_enabled) {
    throw fail('ORGANIZATION_NOT_ELIGIBLE', { reason: 'two-factor authentication is not enabled.' })
  }
  if (organizationsOf(user.id, world).some((id) => isRoot(id, world))) throw fail('ORGANIZATION_MAXIMUM')
  if (administered.some(({ parent_org_id }) => hierarchy(parent_org_id, world).length > 0)) {
    throw fail('ORGANIZATION_ACCOUNT_TAKEN')
  }
  if (administered.some(({ account_id }) => hasAdministratorWithOne(account_id, world))) {
    throw fail('ORGANIZATION_COMPANY')
  }
}

interface Enterprise {
  account_id: string
  parent_org_id: string | undefined
  isAdministrator: boolean
}

/** The enterprise accounts that somebody has accepted to be in. */
function enterprisesOf(user: UserRow, world: World): Enterprise[] {
  return world.store
    .table(members)
    .where({ 'user.id': user.id, status: 'accepted' })
    .all()
    .flatMap((member) => {
      const account = world.store.table(accounts).get(member.account_id)
      if (account?.type !== 'enterprise') return []
      const { id, parent_org_id } = account
      return [{ account_id: id, parent_org_id, isAdministrator: isSuperAdministrator(member, world) }]
    })
}

/** Whether a Super Administrator of an account has an organization already. */
function hasAdministratorWithOne(account_id: string, world: World): boolean {
  return world.store
    .table(members, account_id)
    .where({ status: 'accepted' })
    .filter((member) => isSuperAdministrator(member, world))
    .all()
    .some(({ user: { id } }) => id !== undefined && organizationsOf(id, world).some((own) => isRoot(own, world)))
}

const isRoot = (id: string, world: World): boolean => {
  const row = world.store.table(organizations).get(id)
  return row !== undefined && row.parent_id === undefined
}
