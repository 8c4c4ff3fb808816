/** Ids of 32 characters in the form of a UUID. */

/** @example dashed('f174be9719b140d6954d70cd5fbd52db') // 'f174be97-19b1-40d6-954d-70cd5fbd52db' */
export function dashed(id: string): string {
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
