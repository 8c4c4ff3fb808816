/** What accounts, zones and users are called in policies, and in the scopes of permission groups. CONTRACT.md §8.9. */

export const ACCOUNT = 'com.cloudflare.api.account'
export const ZONE = 'com.cloudflare.api.account.zone'
export const USER = 'com.cloudflare.api.user'

/** The name of an account as a resource. */
export function accountResource(account_id: string): string {
  return `${ACCOUNT}.${account_id}`
}

/** The name of a zone as a resource. */
export function zoneResource(zone_id: string): string {
  return `${ZONE}.${zone_id}`
}

/** The name of a user as a resource. */
export function userResource(user_id: string): string {
  return `${USER}.${user_id}`
}
