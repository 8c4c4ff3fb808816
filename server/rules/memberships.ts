/** What a user belongs to: a membership is a member of an account, seen from the side of the user. */
import { type MemberRow, members } from '../../schemas/members.ts'
import type { UserRow } from '../../schemas/users.ts'
import type { World } from '../state/world.ts'

/** Every membership of a user, invitations among them, ordered by id. An invitation may know the address alone. */
export function membershipsOf(user: UserRow, world: World): MemberRow[] {
  const everybody = world.store.table(members)
  const invited = everybody.where({ 'user.id': null, 'user.email:lower': user.email.toLowerCase() }).all()
  // In the order of the index that is there for the invited, so that there is one of them.
  const known = everybody.where({ 'user.id': user.id }).orderBy('user.email:lower').all()
  return [...known, ...invited].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** A membership by its id, if it is the user's. */
export function ownMembership(id: string, user: UserRow, world: World): MemberRow | undefined {
  const row = world.store.table(members).get(id)
  if (!row) return undefined
  const { id: member, email } = row.user
  const isOwn = member === undefined ? email.toLowerCase() === user.email.toLowerCase() : member === user.id
  return isOwn ? row : undefined
}
