/** A small account by hand, drawn from a seed: what audit logs are written from. */

import type { AccountStory, DemoGround, DemoPlan, Stay, TokenLife } from '../../fixtures/demo/story.ts'
import { rows } from '../../fixtures/rows.ts'
import { permissionGroups } from '../../schemas/permission-groups.ts'
import { roles } from '../../schemas/roles.ts'
import type { TokenRow } from '../../schemas/tokens.ts'
import { Random } from '../../server/state/random.ts'

export const DAY = 86_400_000

/** When it ends. */
export const UNTIL = Date.parse('2026-11-01T00:00:00Z')

export const planOf = (audit_days: number, members: number): DemoPlan => ({
  accounts: 1,
  members_per_account: members,
  tokens_per_account: 6,
  audit_days,
  until: UNTIL,
  isExact: { members: false, tokens: false },
})

const catalogue = { roles: rows(roles), permission_groups: rows(permissionGroups) }

export const groundOf = (seed: number): DemoGround => ({
  random: Random.ofCall(seed, 1),
  isTaken: () => false,
  catalogue,
})

const SUPER = 'Super Administrator - All Privileges'
const ROLES = [SUPER, 'Administrator', 'DNS', 'Workers Editor', 'Firewall', 'Analytics', 'Billing']
const GROUPS = ['DNS Write', 'Workers Scripts Write', 'Cache Purge', 'Zone WAF Write', 'Logs Read']
const written = (time: number) => new Date(time).toISOString()
const groupId = (name: string) => catalogue.permission_groups.find((group) => group.name === name)?.id ?? ''

/**
 * The story of an account in which everybody who does something is a Super Administrator at that time.
 * @param members how many there are besides whoever made it
 * @param age how old the account is, in days
 */
export function storyOf(seed: number, { members, age }: { members: number; age: number }): AccountStory {
  const random = Random.of(seed, 'chance')
  const roll = (sides: number) => Math.floor(random.fraction() * sides)
  const created_on = UNTIL - age * DAY
  const between = (from: number, to: number) => Math.floor((from + random.fraction() * (to - from)) / 1000) * 1000
  const person = (email: string): Stay['user'] => ({
    id: random.id(),
    email,
    first_name: 'Ada',
    last_name: 'Example',
    two_factor_authentication_enabled: false,
  })
  const account: AccountStory['account'] = {
    id: random.id(),
    name: `Company ${seed}`,
    type: 'enterprise',
    created_on: written(created_on),
    settings: {
      abuse_contact_email: 'abuse@example.com',
      access_approval_expiry: null,
      api_access_enabled: null,
      default_nameservers: null,
      enforce_twofactor: roll(2) === 0,
      use_account_custom_ns_by_default: null,
    },
    profile: {
      business_name: `Company ${seed}`,
      business_email: 'office@example.com',
      business_phone: '+1 202 555 0100',
      business_address: '1 Example Street',
      external_metadata: '',
    },
  }
  const member = (stay: Omit<Stay, 'row'>): Stay => {
    const { member_id: id, user, from } = stay
    if (stay.until !== undefined) return stay
    const status = from < UNTIL ? ('accepted' as const) : ('pending' as const)
    return { ...stay, row: { id, account_id: account.id, status, user, roles: [], policies: [] } }
  }
  const founder = member({
    user: person('founder@example.com'),
    member_id: random.id(),
    roles: [SUPER],
    invited_on: created_on,
    from: created_on,
  })
  const stays = [founder]
  for (let turn = 0; turn < members; turn += 1) {
    const invited_on = between(created_on + 1, UNTIL)
    const from = roll(5) === 0 ? Infinity : Math.min(between(invited_on, invited_on + 5 * DAY), UNTIL)
    const isOver = Number.isFinite(from) && from < UNTIL - DAY && roll(4) === 0
    stays.push(
      member({
        user: person(`person-${turn}@example.com`),
        member_id: random.id(),
        roles: [ROLES[roll(ROLES.length)] ?? SUPER],
        invited_by: founder,
        invited_on,
        from: from < UNTIL ? from : Infinity,
        ...(isOver && { until: between(from + 1000, UNTIL), removed_by: founder }),
      }),
    )
  }
  const zones = ['example.com', 'shop.example.com'].map((name) => ({ id: random.id(), name }))
  /** The first token may not purge what is cached of the first zone. */
  const refusal = {
    id: random.id(),
    effect: 'deny' as const,
    resources: { [`com.cloudflare.api.account.zone.${zones[0]?.id}`]: '*' },
    permission_groups: [{ id: groupId('Cache Purge') }],
  }
  const tokens = Array.from({ length: 6 }, (_, turn): TokenLife => {
    const made_on = between(created_on + 1, UNTIL)
    const end = roll(3) === 0 ? between(made_on, UNTIL) : UNTIL
    const way = end === UNTIL ? 'alive' : roll(2) === 0 ? 'disabled' : 'deleted'
    const row: TokenRow = {
      id: random.id(),
      owner_id: account.id,
      name: turn === 0 ? 'terraform' : `token ${turn}`,
      status: way === 'disabled' ? 'disabled' : 'active',
      issued_on: written(made_on),
      modified_on: written(made_on),
      ...(roll(5) > 0 && { last_used_on: written(between(made_on, end)) }),
      ...(turn === 1 && { condition: { request_ip: { in: ['198.51.100.64/28'], not_in: ['198.51.100.66/32'] } } }),
      policies: [
        {
          id: random.id(),
          effect: 'allow',
          resources: { [`com.cloudflare.api.account.${account.id}`]: { 'com.cloudflare.api.account.zone.*': '*' } },
          permission_groups: GROUPS.map((name) => ({ id: groupId(name) })),
        },
        {
          id: random.id(),
          effect: 'allow',
          resources: { [`com.cloudflare.api.account.${account.id}`]: '*' },
          permission_groups: [{ id: groupId('Workers Scripts Write') }],
        },
        ...(turn === 0 ? [refusal] : []),
      ],
      value_sha256: random.hex(64),
    }
    const rolls = way === 'alive' && roll(2) === 0 ? [{ time: between(made_on, UNTIL), by: founder }] : []
    const last = { time: end, by: founder }
    return { row, made_by: founder, made_on, rolls, ...(way !== 'alive' && { [way]: last }) }
  })
  const subscriptions = [undefined, zones[0]].map((zone) => {
    const ordered_on = between(created_on + 1, UNTIL)
    const current_period_start = written(between(ordered_on, UNTIL))
    const common = { id: random.id(), account_id: account.id, ...(zone && { zone_id: zone.id }) }
    const row = { ...common, frequency: 'monthly' as const, state: 'Paid' as const, current_period_start }
    const rate_plan = zone ? { id: 'pro' as const, sets: [] } : { id: 'lite' as const, sets: [] }
    return { row: { ...row, rate_plan }, ordered_by: founder, ordered_on }
  })
  return { account, created_on, stays, tokens, subscriptions, zones }
}
