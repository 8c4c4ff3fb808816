/** Reads a query string in all the spellings that clients use. */
import { parse } from 'node:querystring'

/**
 * Dotted names are canonical (`name.contains=x`), repeated keys are lists. Bracketed names mean the same:
 * `name[contains]=x`, `action_type[]=create`, `action_type.not[]=view`, `action_type[not]=view`.
 * @example parseQuery('status=a&status=b&name[contains]=x') // { status: ['a', 'b'], 'name.contains': 'x' }
 */
export function parseQuery(text: string): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = Object.create(null)
  if (text === '') return query
  for (const [sent, value = ''] of Object.entries(parse(text, '&', '=', { maxKeys: 0 }))) {
    const name = sent.includes('[') ? sent.replace(/\[\]/g, '').replace(/\[([^\]]*)\]/g, '.$1') : sent
    const before = query[name]
    query[name] = before === undefined ? value : [before, value].flat()
  }
  return query
}
