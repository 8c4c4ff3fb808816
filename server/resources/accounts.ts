/** Accounts and their profiles. */
import { type Account, type AccountRow, accounts, deletedAccounts, operations } from '../../schemas/accounts.ts'
import { resourceGroups } from '../../schemas/members.ts'
import { organizations, type Profile } from '../../schemas/organizations.ts'
import { FORBIDDEN_IN_NAMES } from '../assumed.ts'
import { ApiFailure, fail } from '../errors.ts'
import { resource } from '../resource.ts'
import { hierarchy } from '../rules/hierarchy.ts'
import type { World } from '../state/world.ts'

const EMPTY_PROFILE: Profile = {
  business_name: '',
  business_email: '',
  business_phone: '',
  business_address: '',
  external_metadata: '',
}

export default resource(
  'Accounts',
  operations,
  (world) => {
    const all = () => world.store.table(accounts)
    const found = (id: string) => all().get(id) as AccountRow
    const present = (row: AccountRow) => presentAccount(row, world)

    return {
      list: ({ query }) =>
        all()
          .filter(query.name === undefined ? undefined : nameHas(query.name))
          .orderBy('name', query.direction)
          .map(present),

      create({ body }) {
        checkName(body.name)
        const unit = body.unit?.id
        if (unit && unit.length > 32) {
          throw fail('INVALID_BODY', { problem: '/unit/id is longer than 32 characters' }, { pointer: '/unit/id' })
        }
        const row = all().put({
          id: world.ids.id(),
          name: body.name,
          type: body.type ?? 'standard',
          created_on: world.clock.iso(),
          // A tenant unit shows as what manages the account (ERRORS.md §7.1).
          ...(unit && { parent_org_id: unit }),
          settings: {
            abuse_contact_email: null,
            access_approval_expiry: null,
            api_access_enabled: null,
            default_nameservers: 'cloudflare.standard',
            enforce_twofactor: false,
            use_account_custom_ns_by_default: false,
          },
        })
        world.store.table(resourceGroups).put(wholeAccount(row.id, world.ids.id()))
        return present(row)
      },

      get: ({ params }) => present(found(params.account_id)),

      update({ params, body }) {
        const row = found(params.account_id)
        checkName(body.name)
        if (body.id !== undefined && world.resolve(accounts, body.id) !== row.id) throw fail('ACCOUNT_ID_MISMATCH')
        if (body.type !== undefined && body.type !== row.type) throw fail('ACCOUNT_TYPE')
        const { abuse_contact_email = row.settings.abuse_contact_email, enforce_twofactor } = body.settings ?? {}
        const settings = {
          ...row.settings,
          abuse_contact_email,
          enforce_twofactor: enforce_twofactor ?? row.settings.enforce_twofactor,
        }
        return present(all().put({ ...row, name: body.name, settings }))
      },

      delete({ params: { account_id } }) {
        world.store.deleteOwnedBy(account_id)
        all().delete(account_id)
        world.store.table(deletedAccounts).put({ id: account_id })
        return { id: account_id }
      },

      batchMove({ body }) {
        const { account_ids, destination_organization_id } = body
        const destination = destinationOf(destination_organization_id, world)
        let moved = 0
        let refused: { tag: string; message: string } | undefined
        for (const tag of account_ids) {
          const row = all().get(world.resolve(accounts, tag))
          try {
            if (!row) throw fail('ACCOUNT_NOT_FOUND')
            move(row, destination, world)
            moved += 1
          } catch (failure) {
            if (!(failure instanceof ApiFailure)) throw failure
            refused ??= { tag, message: failure.message }
          }
        }
        if (refused) return { statuses: { tag: refused.tag, moved: false, message: refused.message } }
        const message = `${moved} of ${account_ids.length} accounts moved`
        return { statuses: { tag: account_ids.at(-1) ?? '', moved: moved > 0, message } }
      },

      move({ params, body }) {
        const row = found(params.account_id)
        const destination = destinationOf(body.destination_organization_id, world)
        move(row, destination, world)
        return {
          account_id: row.id,
          source_organization_id: row.parent_org_id ?? '',
          destination_organization_id: destination,
        }
      },

      getProfile: ({ params }) => found(params.account_id).profile ?? EMPTY_PROFILE,

      updateProfile({ params, body }) {
        const row = found(params.account_id)
        const given = Object.entries(body).filter(([, value]) => value !== '')
        all().put({ ...row, profile: { ...EMPTY_PROFILE, ...row.profile, ...Object.fromEntries(given) } })
      },
    }
  },
  {
    create: [['/name', 'required', 'ACCOUNT_NAME_REQUIRED']],
    update: [
      ['/name', 'required', 'ACCOUNT_NAME_REQUIRED'],
      ['/name', 'maxLength', 'ACCOUNT_NAME_TOO_LONG'],
      ['/type', 'enum', 'ACCOUNT_TYPE'],
    ],
  },
)

/** What an account looks like from outside. Fields that are not set are left out, since none may be null. */
function presentAccount(row: AccountRow, world: World): Account {
  const { abuse_contact_email, enforce_twofactor } = row.settings
  const parent = row.parent_org_id === undefined ? undefined : world.store.table(organizations).get(row.parent_org_id)
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    settings: { enforce_twofactor, ...(abuse_contact_email !== null && { abuse_contact_email }) },
    ...(row.parent_org_id !== undefined && {
      managed_by: { parent_org_id: row.parent_org_id, ...(parent && { parent_org_name: parent.name }) },
    }),
    created_on: row.created_on,
  }
}

function nameHas(part: string): (row: AccountRow) => boolean {
  const wanted = part.toLowerCase()
  return (row) => row.name.toLowerCase().includes(wanted)
}

function checkName(name: string): void {
  if (name.trim() === '') throw fail('ACCOUNT_NAME_REQUIRED')
  if (FORBIDDEN_IN_NAMES.test(name)) throw fail('ACCOUNT_NAME_CHARACTER')
  if ([...name].length > 100) throw fail('ACCOUNT_NAME_TOO_LONG')
}

/** The resource group that stands for a whole account; every account has one. */
function wholeAccount(account_id: string, id: string) {
  const key = `com.cloudflare.api.account.${account_id}`
  return { id, account_id, name: key, meta: { editable: 'false' }, scope: { key, objects: [{ key: '*' }] } }
}

function destinationOf(sent: string, world: World): string {
  const id = world.resolve(organizations, sent)
  if (!world.store.table(organizations).get(id)) throw fail('DESTINATION_NOT_FOUND')
  return id
}

/** An account moves within its hierarchy; one outside any organization may go anywhere. */
function move(row: AccountRow, destination: string, world: World): void {
  const from = hierarchy(row.parent_org_id, world)[0]
  if (from && from.id !== hierarchy(destination, world)[0]?.id) throw fail('OTHER_HIERARCHY')
  world.store.table(accounts).put({ ...row, parent_org_id: destination })
}
