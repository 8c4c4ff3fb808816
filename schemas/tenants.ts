/** Tenants: what partners make accounts in, unit by unit. EXTENDED.md §11, and GET /user/tenants of §6. */
import { type Static, Type } from 'typebox'
import { DateTime, Id, nullable, oneOf } from './fields.ts'
import { operation } from './operation.ts'
import { Organization, OrganizationAccount } from './organizations.ts'
import { USER_DETAILS_READ } from './permissions.ts'
import { table } from './table.ts'

/** An object of which nothing is published. */
const AnyObject = () => Type.Object({}, { additionalProperties: true })

const Contacts = Type.Object({ email: Type.Optional(Type.String()), website: Type.Optional(Type.String()) })

const Metadata = Type.Object({
  dns: Type.Optional(
    Type.Object({
      ns_pool: Type.Object({ primary: Type.Optional(Type.String()), secondary: Type.Optional(Type.String()) }),
    }),
  ),
})

export const TenantUnit = Type.Object(
  {
    unit_tag: Type.String({ description: 'What `unit.id` names when an account is made.' }),
    unit_name: Type.String(),
    unit_status: Type.String(),
    unit_metadata: AnyObject(),
    unit_memberships: Type.Array(AnyObject()),
  },
  { title: 'TenantUnit' },
)

export const Tenant = Type.Object(
  {
    tenant_tag: Type.String(),
    tenant_name: Type.String(),
    tenant_type: Type.String(),
    tenant_status: Type.String(),
    tenant_labels: Type.Array(Type.String()),
    tenant_contacts: Contacts,
    tenant_metadata: Metadata,
    tenant_network: AnyObject(),
    tenant_units: Type.Array(TenantUnit),
    cdate: DateTime({ description: 'When it was made.' }),
    edate: DateTime({ description: 'When it was last changed.' }),
    customer_id: Type.Optional(Type.String()),
  },
  { title: 'Tenant' },
)
export type Tenant = Static<typeof Tenant>

export const TenantMembership = Type.Object(
  { user_tag: Type.String(), user_email: Type.String(), user_name: Type.String() },
  { title: 'TenantMembership' },
)

const BoolAllocation = Type.Object({ type: oneOf(['bool']), value: Type.Boolean() }, { title: 'BoolAllocation' })
const MaxCountAllocation = Type.Object(
  { type: oneOf(['max_count']), value: Type.Integer() },
  { title: 'MaxCountAllocation' },
)
const NullAllocation = Type.Object(
  { type: oneOf(['']), value: Type.Optional(AnyObject()) },
  { title: 'NullAllocation' },
)

const Entitlement = Type.Object(
  {
    feature: Type.Object({ key: Type.String() }),
    allocation: Type.Union([MaxCountAllocation, BoolAllocation, NullAllocation]),
  },
  { title: 'Entitlement' },
)

/** What a tenant may do without anybody having bought it. */
export const Entitlements = Type.Object(
  {
    allow_add_subdomain: BoolAllocation,
    allow_auto_accept_invites: BoolAllocation,
    cname_setup_allowed: BoolAllocation,
    partial_setup_allowed: BoolAllocation,
    mhs_certificate_count: MaxCountAllocation,
    custom_entitlements: nullable(Type.Array(Entitlement)),
  },
  { title: 'Entitlements' },
)

/** A tenant as it is kept: units apart, members by the ids of users, and what it is entitled to. */
export const TenantRow = Type.Object({
  id: Id(),
  name: Type.String(),
  type: Type.String(),
  status: Type.String(),
  labels: Type.Array(Type.String()),
  contacts: Contacts,
  metadata: Metadata,
  network: AnyObject(),
  cdate: DateTime(),
  edate: DateTime(),
  customer_id: Type.Optional(Type.String()),
  account_types: Type.Array(Type.String(), { description: 'The types that its accounts may have.' }),
  entitlements: Entitlements,
  administrators: Type.Array(Type.String(), { description: 'The users who make and delete accounts in it.' }),
})
export type TenantRow = Static<typeof TenantRow>

export const tenants = table('tenants', TenantRow)

/** A part of a tenant. Its id is what accounts in it show as what manages them. */
export const TenantUnitRow = Type.Object({
  id: Type.String({ maxLength: 32 }),
  tenant_id: Type.String(),
  name: Type.String(),
  status: Type.String(),
  metadata: AnyObject(),
  memberships: Type.Array(AnyObject()),
})
export type TenantUnitRow = Static<typeof TenantUnitRow>

export const tenantUnits = table('tenant_units', TenantUnitRow, { owner: 'tenant_id' })

const params = Type.Object({ tenant_id: Type.String({ description: 'Tenant identifier.' }) })

/** What all of them have in common. No token permission groups are listed for tenants. */
const TENANTS = { neighbour: true, method: 'GET', family: 'organizations', security: ['api_key'] } as const

export const operations = {
  get: operation({
    ...TENANTS,
    id: 'Tenants_retrieveTenant',
    path: '/tenants/:tenant_id',
    summary: 'Get tenant',
    permissions: [],
    params,
    result: Tenant,
  }),

  listAccounts: operation({
    ...TENANTS,
    id: 'Tenants_listAccounts',
    path: '/tenants/:tenant_id/accounts',
    summary: 'List tenant accounts',
    permissions: [],
    params,
    result: Type.Array(OrganizationAccount),
    paging: 'single',
  }),

  listAccountTypes: operation({
    ...TENANTS,
    id: 'Tenants_validAccountTypes',
    path: '/tenants/:tenant_id/account_types',
    summary: 'Get tenant account types',
    permissions: [],
    params,
    result: Type.Array(Type.String()),
    paging: 'single',
  }),

  getEntitlements: operation({
    ...TENANTS,
    id: 'Tenants_listEntitlements',
    path: '/tenants/:tenant_id/entitlements',
    summary: 'Get tenant entitlements',
    permissions: [],
    params,
    result: Entitlements,
  }),

  listMemberships: operation({
    ...TENANTS,
    id: 'Tenants_listMemberships',
    path: '/tenants/:tenant_id/memberships',
    summary: 'List tenant memberships',
    permissions: [],
    params,
    result: Type.Array(TenantMembership),
    paging: 'single',
  }),

  listOfUser: operation({
    ...TENANTS,
    id: 'User_listUserTenants',
    path: '/user/tenants',
    summary: 'List user tenants',
    tag: 'User',
    description: 'Lists the root organizations that the user is a member of.',
    permissions: USER_DETAILS_READ,
    result: Type.Array(Organization),
    paging: 'single',
  }),
}
