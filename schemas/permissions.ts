/** Groups of token permission groups that many operations share (upstream's `x-api-token-group`). */

/** The 29 groups that open what anybody with a footing in the account may read (CONTRACT.md §9, READ29). */
export const ACCOUNT_READERS = [
  'Trust and Safety Write',
  'Trust and Safety Read',
  'DNS View Write',
  'DNS View Read',
  'SCIM Provisioning',
  'Load Balancers Account Write',
  'Load Balancers Account Read',
  'Zero Trust: PII Read',
  'DDoS Botnet Feed Write',
  'DDoS Botnet Feed Read',
  'Workers R2 Storage Write',
  'Workers R2 Storage Read',
  'DDoS Protection Write',
  'DDoS Protection Read',
  'Workers Tail Read',
  'Workers KV Storage Write',
  'Workers KV Storage Read',
  'Workers Scripts Write',
  'Workers Scripts Read',
  'Load Balancing: Monitors and Pools Write',
  'Load Balancing: Monitors and Pools Read',
  'Account Firewall Access Rules Write',
  'Account Firewall Access Rules Read',
  'DNS Firewall Write',
  'DNS Firewall Read',
  'Billing Write',
  'Billing Read',
  'Account Settings Write',
  'Account Settings Read',
] as const

export const ACCOUNT_SETTINGS_WRITE = ['Account Settings Write'] as const
export const ACCOUNT_SETTINGS = ['Account Settings Write', 'Account Settings Read'] as const
export const MEMBERS_WRITE = ['SCIM Provisioning', 'Account Settings Write'] as const
export const MEMBERS_READ = ['SCIM Provisioning', 'Account Settings Write', 'Account Settings Read'] as const
export const BILLING_WRITE = ['Billing Write'] as const
export const BILLING_READ = ['Billing Write', 'Billing Read'] as const
export const TOKENS_WRITE = ['Account API Tokens Write'] as const
export const TOKENS_READ = ['Account API Tokens Write', 'Account API Tokens Read'] as const
export const USER_DETAILS_WRITE = ['User Details Write'] as const
export const USER_DETAILS_READ = ['User Details Write', 'User Details Read'] as const
export const USER_TOKENS_WRITE = ['API Tokens Write'] as const
export const USER_TOKENS_READ = ['API Tokens Write', 'API Tokens Read'] as const
export const MEMBERSHIPS_WRITE = ['Memberships Write'] as const
export const MEMBERSHIPS_READ = ['Memberships Write', 'Memberships Read'] as const
