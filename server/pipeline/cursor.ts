/** Cursors and page tokens: opaque positions in a list, bound to the question that they belong to. */
import { createHash } from 'node:crypto'
import type { Position } from '../../schemas/operation.ts'

/** Query parameters that say where in a list to be, not which list. */
const PLACE = new Set(['cursor', 'limit', 'page_token', 'page_size'])

/**
 * What a cursor is bound to: the path and every parameter that filters or orders.
 * @returns a short digest, so that a cursor of one question is no cursor of another
 */
export function question(path: string, query: Record<string, unknown>): string {
  const asked = Object.entries(query)
    .filter(([name]) => !PLACE.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([path, asked]))
    .digest('base64url')
    .slice(0, 12)
}

/** Writes a position down. */
export function encodeCursor(position: Position, bound: string): string {
  return Buffer.from(JSON.stringify([bound, ...position])).toString('base64url')
}

/** Reads a position; undefined when the text is not a cursor of this question. */
export function decodeCursor(text: string, bound: string): Position | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (!Array.isArray(parts) || parts.length !== 3 || parts[0] !== bound) return undefined
    const position = parts.slice(1)
    return position.every((value) => value === null || typeof value !== 'object') ? (position as Position) : undefined
  } catch {
    return undefined
  }
}
