/** What the clients of a world did to what: from it follows which rights they need. */
import type { Operation } from '../../../schemas/operation.ts'
import type { TokenRow } from '../../../schemas/tokens.ts'
import { MOST_ROWS } from './counted-rows.ts'

/** What a request was about. */
export type Place =
  | { readonly kind: 'account'; readonly account_id: string }
  | { readonly kind: 'zone'; readonly account_id: string; readonly zone_id: string }
  | { readonly kind: 'user'; readonly user_id?: string }
  | { readonly kind: 'organization' | 'tenant' | 'none' }

/** A place, and what was asked there. */
export interface Step {
  readonly place: Place
  readonly operations: ReadonlySet<Operation>
}

/** What a policy allows that a token was given. */
export type Given = Pick<TokenRow['policies'][number], 'resources' | 'permission_groups'> & { owner_id: string }

export class Footprint {
  readonly #steps = new Map<string, { place: Place; operations: Set<Operation> }>()
  /** Accounts that the clients made themselves. */
  readonly #made = new Set<string>()
  readonly #given = new Map<string, Given>()
  #omitted = 0

  /** Notes a request. */
  add(operation: Operation, place: Place): void {
    const key = keyOf(place)
    let step = this.#steps.get(key)
    if (!step) {
      if (this.#steps.size >= MOST_ROWS) {
        this.#omitted += 1
        return
      }
      step = { place, operations: new Set() }
      this.#steps.set(key, step)
    }
    step.operations.add(operation)
  }

  /** Notes an account that was made: nobody can name it in a policy before it is there. */
  addMade(account_id: string): void {
    if (this.#made.size < MOST_ROWS) this.#made.add(account_id)
  }

  /** Notes what a token was given: only those can give it who have it. */
  addGiven(policy: Given): void {
    const { owner_id, resources, permission_groups } = policy
    const key = JSON.stringify([owner_id, resources, permission_groups.map(({ id }) => id)])
    if (this.#given.size < MOST_ROWS) this.#given.set(key, policy)
  }

  /** Notes everything that another one noted. */
  addAll(other: Footprint): void {
    for (const { place, operations } of other.#steps.values()) {
      for (const operation of operations) this.add(operation, place)
    }
    for (const id of other.#made) this.addMade(id)
    for (const policy of other.#given.values()) this.addGiven(policy)
    this.#omitted += other.#omitted
  }

  /** What was asked where, in the order in which places were first come to. */
  get steps(): Iterable<Step> {
    return this.#steps.values()
  }

  /** What tokens were given. */
  get given(): Iterable<Given> {
    return this.#given.values()
  }

  /** Whether the clients made this account. */
  isMade(account_id: string): boolean {
    return this.#made.has(account_id)
  }

  /** How many requests were to places for which there was no room. */
  get omitted(): number {
    return this.#omitted
  }
}

function keyOf(place: Place): string {
  if (place.kind === 'account') return place.account_id
  if (place.kind === 'zone') return `zone ${place.zone_id}`
  return place.kind === 'user' ? `user ${place.user_id ?? ''}` : place.kind
}
