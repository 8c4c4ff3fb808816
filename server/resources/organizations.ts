/** Organizations, the accounts below them, and the organizations above an account. */
import { type AccountRow, accounts } from '../../schemas/accounts.ts'
import { deletedOrganizations, type OrganizationRow, operations, organizations } from '../../schemas/organizations.ts'
import { users } from '../../schemas/users.ts'
import { fail } from '../errors.ts'
import { resource } from '../resource.ts'
import { hierarchy } from '../rules/hierarchy.ts'
import { actingUser, userBehind } from '../rules/identity.ts'
import { orderedId } from '../rules/ordered-id.ts'
import { checkOrganizationCreation } from '../rules/organization-creation.ts'
import { addMember, organizationsOf, presentMembers } from '../rules/organization-members.ts'
import { presentOrganization, presentOrganizationAccount } from '../rules/organizations.ts'
import { changedProfile, EMPTY_PROFILE } from '../rules/profile.ts'
import { textFilters } from '../rules/text-filters.ts'
import { NO_ORGANIZATION, organizationsSeenBy } from '../rules/visible-organizations.ts'
import { listed } from '../state/listed.ts'
import type { Filter } from '../state/parts.ts'
import type { World } from '../state/world.ts'

const NAME = { name: { read: ({ name }: OrganizationRow) => name, isExact: true } } as const

const ACCOUNT_NAMES = {
  name: { read: ({ name }: AccountRow) => name },
  account_pubname: { read: ({ name, public_name }: AccountRow) => public_name ?? name },
}

export default resource(
  'Organizations',
  operations,
  (world) => {
    const all = () => world.store.table(organizations)
    const found = (id: string) => all().get(id) as OrganizationRow
    const present = (row: OrganizationRow) => presentOrganization(row, world)

    return {
      list({ query, caller }) {
        const parent = query['parent.id']
        const wanted = chosen(query, world)
        const viewer = caller.acting && userBehind(caller, world)
        const seen = viewer ? organizationsSeenBy(viewer, world) : NO_ORGANIZATION
        return all()
          .where({ parent_id: parent === 'null' ? null : parent && world.resolve(organizations, parent) })
          .filter(wanted && among(wanted))
          .filter(textFilters(query, NAME))
          .filter(caller.acting && seen)
          .orderBy('create_time')
          .map(present)
      },

      create({ body, caller }) {
        checkName(body.name)
        const parent_id = body.parent && world.resolve(organizations, body.parent.id)
        if (parent_id !== undefined && !all().get(parent_id)) throw fail('PARENT_NOT_FOUND')
        const creator = actingUser(caller, world)
        if (caller.acting) checkOrganizationCreation(creator, parent_id, world)
        const row = all().put({
          id: orderedId(world),
          name: body.name,
          create_time: world.clock.iso(),
          ...(parent_id !== undefined && { parent_id, managed_by: parent_id }),
          ...(body.profile && { profile: { ...EMPTY_PROFILE, ...body.profile } }),
        })
        addMember(row.id, { user: { email: creator.email }, status: 'active' }, world)
        return present(row)
      },

      get: ({ params }) => present(found(params.organization_id)),

      update({ params, body }) {
        checkName(body.name)
        return present(all().put({ ...found(params.organization_id), name: body.name }))
      },

      delete({ params: { organization_id: id }, caller }) {
        const user = actingUser(caller, world)
        // An example server lets everything be deleted; see the option `stateless`.
        const content = world.stateless ? undefined : contentOf(id, user.id, world)
        if (content) throw fail('ORGANIZATION_NOT_EMPTY', { content })
        world.store.deleteOwnedBy(id)
        all().delete(id)
        world.store.table(deletedOrganizations).put({ id })
        return { id }
      },

      getProfile: ({ params }) => found(params.organization_id).profile ?? EMPTY_PROFILE,

      updateProfile({ params, body }) {
        const row = found(params.organization_id)
        all().put({ ...row, profile: changedProfile(row.profile, body) })
      },

      listOfAccount({ params }) {
        const account = world.store.table(accounts).get(params.account_id)
        return listed(hierarchy(account?.parent_org_id, world).map(present))
      },

      listAccounts: ({ params, query }) =>
        world.store
          .table(accounts)
          .where({ parent_org_id: params.organization_id })
          .filter(textFilters(query, ACCOUNT_NAMES))
          .orderBy(query.order_by === undefined ? 'id' : 'name', query.order_by && query.direction)
          .map(presentOrganizationAccount),
    }
  },
  {
    create: [['/name', 'required', 'ORGANIZATION_NAME_REQUIRED']],
    update: [['/name', 'required', 'ORGANIZATION_NAME_REQUIRED']],
  },
)

/** A filter that only rows pass whose id is in each of some sets. */
function among(sets: readonly ReadonlySet<string>[]): Filter<{ id: string }> {
  const ids = [...(sets[0] ?? [])].filter((id) => sets.every((set) => set.has(id)))
  return { name: JSON.stringify(['id', ...ids]), ids, holds: ({ id }) => ids.includes(id) }
}

interface Choice {
  id?: string[]
  'containing.account'?: string
  'containing.user'?: string
  'containing.organization'?: string
}

/** The organizations that each of the filters by id leaves; undefined when there is none of these filters. */
function chosen(query: Choice, world: World): ReadonlySet<string>[] | undefined {
  const { id, 'containing.account': account, 'containing.user': user, 'containing.organization': organization } = query
  const above = (row_id: string | undefined) => hierarchy(row_id, world).map((row) => row.id)
  const sets: string[][] = []
  if (id) sets.push(id.flatMap((text) => text.split(',')).map((sent) => world.resolve(organizations, sent)))
  if (account !== undefined) {
    const row = world.store.table(accounts).get(world.resolve(accounts, account))
    sets.push(above(row?.parent_org_id))
  }
  if (user !== undefined) sets.push(organizationsOf(world.resolve(users, user), world).flatMap(above))
  if (organization !== undefined) sets.push(above(world.resolve(organizations, organization)).slice(0, -1))
  return sets.length === 0 ? undefined : sets.map((ids) => new Set(ids))
}

function checkName(name: string): void {
  if (name.trim() === '') throw fail('ORGANIZATION_NAME_REQUIRED')
}

/** What keeps an organization from being deleted; undefined when nothing does. */
function contentOf(id: string, user_id: string, world: World): string | undefined {
  if (world.store.table(organizations).where({ parent_id: id }).total() > 0) return 'sub-organizations'
  if (world.store.table(accounts).where({ parent_org_id: id }).total() > 0) return 'accounts'
  return presentMembers(id, world).some(({ user }) => user.id !== user_id) ? 'other members' : undefined
}
