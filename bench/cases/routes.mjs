/** The three routes that references and peers serve as well. */
import { createMember, getAccount, listMembers } from '../requests.mjs'
import { routeOf } from '../routes.mjs'

/** @param {import('../bench.mjs').Bench} bench */
export async function documentRoutes(bench) {
  const { account, members, created } = await bench.documents()
  return [routeOf(getAccount, account), routeOf(listMembers, members), routeOf(createMember, created)]
}
