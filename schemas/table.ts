/** A typed key to a collection of rows. */
import type { Static, TObject } from 'typebox'

/** A collection: what it is called in snapshots, what its rows look like, and whom they belong to. */
export interface TableKey<Row extends { id: string }> {
  /** The name in snapshots and fixtures, for example `members`. */
  name: string
  /** The closed schema of a row. */
  row: TObject
  /** The column with the id of the account (or zone) that a row belongs to, dotted when nested: `account.id`. */
  owner?: string
  /** Never set; it carries the type of a row. */
  readonly type?: Row
}

/**
 * Declares a collection.
 * @example const members = table('members', MemberRow, { owner: 'account_id' })
 */
export function table<Row extends TObject>(
  name: string,
  row: Row,
  options: { owner?: string } = {},
): TableKey<Static<Row> & { id: string }> {
  return { name, row, ...options }
}
