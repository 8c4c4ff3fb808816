/** The audit log of a user, in the form of version 1: what they did, wherever it was. EXTENDED.md §12. */
import { type Static, Type } from 'typebox'
import { keptFields } from './audit-entry.ts'
import { mapOf, oneOf, tolerated } from './fields.ts'
import { operation } from './operation.ts'
import { ACCOUNT_SETTINGS } from './permissions.ts'
import { table } from './table.ts'

const text = (description: string, example: string) => Type.Optional(Type.String({ description, example }))

export const UserAuditLog = Type.Object(
  {
    id: text('Identifier of the entry.', 'd5b0f326-1232-4452-8858-1089bd7168ef'),
    action: Type.Optional(
      Type.Object({
        type: text('What was done.', 'change_setting'),
        result: Type.Optional(Type.Boolean({ description: 'Whether it succeeded.', example: true })),
      }),
    ),
    actor: Type.Optional(
      Type.Object({
        id: text('The user who did it.', 'f6b5de0326bb5182b8a4840ee01ec774'),
        email: Type.Optional(Type.String({ format: 'email', example: 'michelle@example.com' })),
        ip: text('Where the request came from.', '198.41.129.166'),
        type: Type.Optional(oneOf(['user', 'admin', 'Cloudflare'])),
      }),
    ),
    interface: text('By which way it was done.', 'API'),
    metadata: Type.Optional(mapOf(Type.Unknown(), { description: 'What else there is to say of it.' })),
    newValue: text('The value after the change.', 'low'),
    oldValue: text('The value before the change.', 'high'),
    owner: Type.Optional(
      Type.Object({ id: Type.Optional(Type.String({ maxLength: 32, description: 'Whose log it is in.' })) }),
    ),
    resource: Type.Optional(
      Type.Object({
        id: text('What was changed.', '023e105f4ecef8ad9ca31a8372d0c353'),
        type: text('What kind of thing that is.', 'zone'),
      }),
    ),
    when: Type.Optional(Type.String({ format: 'date-time', description: 'When it was done.' })),
  },
  { title: 'UserAuditLog' },
)
export type UserAuditLog = Static<typeof UserAuditLog>

/** An entry about something of a user's own, as it is kept: in the form of version 2. */
export const UserAuditLogRow = Type.Object({ ...keptFields, user: Type.Object({ id: Type.String() }) })
export type UserAuditLogRow = Static<typeof UserAuditLogRow>

export const userAuditLogs = table('user_audit_logs', UserAuditLogRow, { owner: 'user.id' })

const Time = (description: string) =>
  Type.Optional(
    Type.Unsafe<string>({
      description,
      anyOf: [
        { type: 'string', format: 'date' },
        { type: 'string', format: 'date-time' },
      ],
    }),
  )

const count = (fields: { description: string; default: number; minimum: number; maximum?: number }) =>
  Type.Optional(tolerated(Type.Number(fields), Type.Number({ default: fields.default, minimum: 1, multipleOf: 1 })))

export const operations = {
  list: operation({
    id: 'audit-logs-get-user-audit-logs',
    method: 'GET',
    path: '/user/audit_logs',
    summary: 'Get user audit logs',
    description: 'What the user did, in every account and with their own things, newest first.',
    neighbour: true,
    family: 'iam',
    permissions: ACCOUNT_SETTINGS,
    security: ['api_token', 'api_key'],
    query: Type.Object({
      id: text('Only this entry.', 'f174be97-19b1-40d6-954d-70cd5fbd52db'),
      export: Type.Optional(
        Type.Boolean({
          description: 'Upstream then answers CSV, of which no column is published: here it is JSON all the same.',
        }),
      ),
      'action.type': text('Only what was done so.', 'add'),
      'actor.ip': text('Only from this address, or from this range in CIDR notation.', '17.168.228.63'),
      'actor.email': Type.Optional(
        Type.String({ format: 'email', description: 'Only what this user did.', example: 'alice@example.com' }),
      ),
      since: Time('Only entries of this time or later.'),
      before: Time('Only entries earlier than this.'),
      'zone.name': text('Only what is about this zone.', 'example.com'),
      direction: Type.Optional(
        oneOf(['desc', 'asc'], { description: 'Direction to order results.', default: 'desc' } as object),
      ),
      per_page: count({ description: 'Maximum number of results per page.', default: 100, minimum: 1, maximum: 1000 }),
      page: count({ description: 'Page number of paginated results.', default: 1, minimum: 1 }),
      hide_user_logs: Type.Optional(
        Type.Boolean({ description: 'Leaves out what is about the user’s own things.', default: false }),
      ),
    }),
    result: Type.Array(UserAuditLog),
    paging: 'page',
  }),
}
