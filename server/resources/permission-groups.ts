/** The catalogue of token permission groups, as an account's tokens may have them. */
import { operations } from '../../schemas/permission-groups.ts'
import { resource } from '../resource.ts'
import { tokenGroups } from '../rules/token-groups.ts'

export default resource('Account Owned API Tokens', operations, (world) => ({
  list: ({ query }) => tokenGroups('account', query, world),
}))
