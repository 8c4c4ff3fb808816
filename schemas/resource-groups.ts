/** IAM resource groups: sets of resources that policies point to. EXTENDED.md §2, CONTRACT.md §8.5. */
import { type Static, Type } from 'typebox'
import { AccountId } from './accounts.ts'
import { DeletedId } from './envelope.ts'
import { Id, readOnly } from './fields.ts'
import { operation } from './operation.ts'
import { MEMBERS_READ, MEMBERS_WRITE } from './permissions.ts'
import { table } from './table.ts'

export const ResourceGroupId = Id({
  description: 'Resource group identifier.',
  example: '6d7f2f5f5b1d4a0e9081fdc98d432fd1',
})

const scopeKey = Type.String({
  description: 'A kind of resource and an id.',
  example: 'com.cloudflare.api.account.023e105f4ecef8ad9ca31a8372d0c353',
})
const objectKey = Type.String({
  description: 'A kind of resource and an id; `*` for everything in the scope.',
  example: 'com.cloudflare.api.account.zone.22b1de5f1c0e4b3ea97bb1e963b06a43',
})

/** What a group holds. It is one object, not a list (CONTRACT.md, D16). */
const Scope = Type.Object(
  { key: readOnly(scopeKey), objects: Type.Array(Type.Object({ key: readOnly(objectKey) })) },
  { title: 'Scope' },
)

/** The same in a request. */
const ScopeRequest = Type.Object(
  {
    key: scopeKey,
    objects: Type.Array(Type.Object({ key: objectKey }), { description: 'At least one.' }),
  },
  { title: 'ScopeRequest' },
)

/** A set of resources. */
export const ResourceGroup = Type.Object(
  {
    id: Type.String({ readOnly: true, example: '6d7f2f5f5b1d4a0e9081fdc98d432fd1' }),
    name: Type.Optional(readOnly(Type.String())),
    meta: Type.Optional(
      Type.Object({
        key: Type.Optional(Type.String()),
        value: Type.Optional(Type.String()),
        editable: Type.Optional(
          Type.String({ description: '`false` for what the service made, above all the whole account.' }),
        ),
      }),
    ),
    scope: Scope,
  },
  { title: 'ResourceGroup' },
)
export type ResourceGroup = Static<typeof ResourceGroup>

const ResourceGroupRow = Type.Object({ ...ResourceGroup.properties, account_id: Type.String() })
export type ResourceGroupRow = Static<typeof ResourceGroupRow>

export const resourceGroups = table('resource_groups', ResourceGroupRow, { owner: 'account_id' })

const name = Type.String({ description: 'Name of the resource group.', example: 'NewResourceGroup' })
const params = Type.Object({ account_id: AccountId })
const groupParams = Type.Object({ account_id: AccountId, resource_group_id: ResourceGroupId })

export const operations = {
  list: operation({
    id: 'account-resource-group-list',
    method: 'GET',
    path: '/accounts/:account_id/iam/resource_groups',
    summary: 'List Resource Groups',
    description: 'All resource groups of the account on one page, those of the service itself first.',
    neighbour: true,
    family: 'iam',
    permissions: MEMBERS_READ,
    security: ['api_token', 'api_key'],
    params,
    query: Type.Object({
      id: Type.Optional(ResourceGroupId),
      name: Type.Optional(
        Type.String({
          description: 'The whole name.',
          example: 'com.cloudflare.api.account.023e105f4ecef8ad9ca31a8372d0c353',
        }),
      ),
    }),
    result: Type.Array(ResourceGroup),
    paging: 'single',
  }),

  create: operation({
    id: 'account-resource-group-create',
    method: 'POST',
    path: '/accounts/:account_id/iam/resource_groups',
    summary: 'Create Resource Group',
    neighbour: true,
    family: 'iam',
    permissions: MEMBERS_WRITE,
    security: ['api_token', 'api_key'],
    params,
    body: Type.Object({ name, scope: ScopeRequest }, { title: 'ResourceGroupCreation' }),
    result: ResourceGroup,
  }),

  get: operation({
    id: 'account-resource-group-details',
    method: 'GET',
    path: '/accounts/:account_id/iam/resource_groups/:resource_group_id',
    summary: 'Resource Group Details',
    neighbour: true,
    family: 'iam',
    permissions: MEMBERS_READ,
    security: ['api_token', 'api_key'],
    params: groupParams,
    result: ResourceGroup,
  }),

  update: operation({
    id: 'account-resource-group-update',
    method: 'PUT',
    path: '/accounts/:account_id/iam/resource_groups/:resource_group_id',
    summary: 'Update Resource Group',
    description: 'Changes what is sent. The group of the whole account cannot be changed.',
    neighbour: true,
    family: 'iam',
    permissions: MEMBERS_WRITE,
    security: ['api_token', 'api_key'],
    params: groupParams,
    body: Type.Object(
      { name: Type.Optional(name), scope: Type.Optional(ScopeRequest) },
      { title: 'ResourceGroupUpdate' },
    ),
    result: ResourceGroup,
  }),

  delete: operation({
    id: 'account-resource-group-delete',
    method: 'DELETE',
    path: '/accounts/:account_id/iam/resource_groups/:resource_group_id',
    summary: 'Remove Resource Group',
    description: 'Removes a group that no policy points to. The group of the whole account stays.',
    neighbour: true,
    family: 'iam',
    permissions: MEMBERS_WRITE,
    security: ['api_token', 'api_key'],
    params: groupParams,
    result: DeletedId,
  }),
}
