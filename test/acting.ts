/** Credentials of the people of the documented world, to act as them. */
import { apiKey } from '../fixtures/docs/hash.ts'
import { EMAIL, KEY } from './simulator.ts'

/** The headers of somebody who signs in with address and key, for example `as('alice@example.com')`. */
export const as = (email: string): Record<string, string> => ({
  'x-auth-email': email,
  'x-auth-key': email === EMAIL ? KEY : apiKey(email),
})

/** The headers of the documented token of an account: nobody stands behind it. */
export const ACCOUNT_TOKEN = { authorization: 'Bearer 8M7wS6hCpXVc-DoRnPPY_UCWPgy8aea4Wy6kCe5T' }

/** The headers of another token, which may do everything in the documented account. */
export const AUTOMATION_TOKEN = { authorization: 'Bearer rcUI75i7n_ztWqU8fPhvD48v-uDzHJ2As0hKaD6Z' }
