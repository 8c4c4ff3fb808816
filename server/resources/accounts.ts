/** Accounts and their profiles. */
import { type AccountRow, accounts, deletedAccounts, operations } from '../../schemas/accounts.ts'
import type { Caller } from '../../schemas/operation.ts'
import { resourceGroups } from '../../schemas/resource-groups.ts'
import { ACCOUNTS_ORDER, FORBIDDEN_IN_NAMES } from '../assumed.ts'
import { ApiFailure, fail } from '../errors.ts'
import { resource } from '../resource.ts'
import { checkDestination, checkRoom, destinationOf, mayMove, moveAccount } from '../rules/account-moves.ts'
import { hierarchy } from '../rules/hierarchy.ts'
import { identityOf, userBehind } from '../rules/identity.ts'
import { presentAccount } from '../rules/present-account.ts'
import { changedProfile, EMPTY_PROFILE } from '../rules/profile.ts'
import { checkAccountCreation, checkAccountDeletion, tenantFor } from '../rules/tenancy.ts'
import { nameHas } from '../rules/text-filters.ts'
import { accountsSeen } from '../rules/visible-accounts.ts'
import { wholeAccountGroup } from '../rules/whole-account.ts'
import { listed, mapped } from '../state/listed.ts'
import type { World } from '../state/world.ts'

export default resource(
  'Accounts',
  operations,
  (world) => {
    const all = () => world.store.table(accounts)
    const found = (id: string) => all().get(id) as AccountRow
    const present = (row: AccountRow) => presentAccount(row, world)

    return {
      list({ query: { name, direction }, caller }) {
        const viewer = caller.acting && identityOf(caller, world)
        if (viewer) return mapped(listed(accountsSeen(viewer, { name, direction }, world)), present)
        return all().filter(nameHas(name)).orderBy(ACCOUNTS_ORDER, direction).map(present)
      },

      create({ body, caller }) {
        checkName(body.name)
        const unit = body.unit?.id || undefined
        if (caller.acting) checkAccountCreation(userBehind(caller, world), unit, world)
        if (unit && unit.length > 32) {
          throw fail('INVALID_BODY', { problem: '/unit/id is longer than 32 characters' }, { pointer: '/unit/id' })
        }
        checkRoom(hierarchy(unit, world)[0], world)
        const tenant = tenantFor(unit, identityOf(caller, world)?.user, world)
        const row = all().put({
          id: world.ids.id(),
          name: body.name,
          type: body.type ?? 'standard',
          created_on: world.clock.iso(),
          // A tenant unit shows as what manages the account (ERRORS.md §7.1).
          ...(unit && { parent_org_id: unit }),
          ...(tenant && { tenant_id: tenant }),
          settings: {
            abuse_contact_email: null,
            access_approval_expiry: null,
            api_access_enabled: null,
            default_nameservers: 'cloudflare.standard',
            enforce_twofactor: false,
            use_account_custom_ns_by_default: false,
          },
        })
        world.store.table(resourceGroups).put(wholeAccountGroup(row.id, world.ids.id()))
        return present(row)
      },

      get: ({ params }) => present(found(params.account_id)),

      update({ params, body, caller }) {
        const row = found(params.account_id)
        checkName(body.name)
        if (body.id !== undefined && world.resolve(accounts, body.id) !== row.id) throw fail('ACCOUNT_ID_MISMATCH')
        if (body.type !== undefined && body.type !== row.type) throw fail('ACCOUNT_TYPE')
        const { abuse_contact_email = row.settings.abuse_contact_email, enforce_twofactor } = body.settings ?? {}
        if (caller.acting && enforce_twofactor && !row.settings.enforce_twofactor) checkOwnTwofactor(caller, world)
        const settings = {
          ...row.settings,
          abuse_contact_email,
          enforce_twofactor: enforce_twofactor ?? row.settings.enforce_twofactor,
        }
        return present(all().put({ ...row, name: body.name, settings }))
      },

      delete({ params: { account_id }, caller }) {
        if (caller.acting) checkAccountDeletion(userBehind(caller, world), account_id, world)
        world.store.deleteOwnedBy(account_id)
        all().delete(account_id)
        world.store.table(deletedAccounts).put({ id: account_id })
        return { id: account_id }
      },

      batchMove({ body, caller }) {
        const { destination_organization_id } = body
        const account_ids = [...new Set(body.account_ids)]
        const destination = destinationOf(destination_organization_id, world)
        const mover = caller.acting && userBehind(caller, world)
        if (caller.acting) checkDestination(mover, destination, world)
        let moved = 0
        let refused: { tag: string; message: string } | undefined
        for (const tag of account_ids) {
          const row = all().get(world.resolve(accounts, tag))
          try {
            if (!row || (mover && !mayMove(mover, row.id, world))) throw fail('ACCOUNT_NOT_FOUND')
            moveAccount(row, destination, world)
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

      move({ params, body, caller }) {
        const row = found(params.account_id)
        const destination = destinationOf(body.destination_organization_id, world)
        if (caller.acting) checkDestination(userBehind(caller, world), destination, world)
        moveAccount(row, destination, world)
        return {
          account_id: row.id,
          source_organization_id: row.parent_org_id ?? '',
          destination_organization_id: destination,
        }
      },

      getProfile: ({ params }) => found(params.account_id).profile ?? EMPTY_PROFILE,

      updateProfile({ params, body }) {
        const row = found(params.account_id)
        all().put({ ...row, profile: changedProfile(row.profile, body) })
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

/** Whoever has no second factor would lock themselves out. */
function checkOwnTwofactor(caller: Caller, world: World): void {
  const user = userBehind(caller, world)
  if (user && !user.two_factor_authentication_enabled) throw fail('TWOFACTOR_MISSING')
}

function checkName(name: string): void {
  if (name.trim() === '') throw fail('ACCOUNT_NAME_REQUIRED')
  if (FORBIDDEN_IN_NAMES.test(name)) throw fail('ACCOUNT_NAME_CHARACTER')
  if ([...name].length > 100) throw fail('ACCOUNT_NAME_TOO_LONG')
}
