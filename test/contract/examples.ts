/** Reads the examples of the contract: what is sent, and what comes back. */

/** One entry under “Success examples”. */
export interface Example {
  /** The heading: `1. accounts-list-accounts`. */
  title: string
  /** `GET /accounts/023e…`, without the prefix. */
  request: string
  body?: unknown
  status: number
  /** Absent for a 204. */
  answer?: Record<string, unknown>
}

/** Reads every success example out of the file's text. */
export function readExamples(text: string): Example[] {
  const successes = text.slice(text.indexOf('## Success examples'), text.indexOf('## Failure examples'))
  return successes
    .split(/^### /m)
    .slice(1)
    .map((entry) => {
      const title = entry.slice(0, entry.indexOf('\n'))
      const [, method, url] = /```http\n([A-Z]+) \/client\/v4(\S+)\n/.exec(entry) ?? []
      const status = /^<!-- example: .* (\d{3}) -->$/m.exec(entry)?.[1]
      if (method === undefined || url === undefined || status === undefined) throw new Error(`cannot read ${title}`)
      const body = block(entry, 'Request body')
      const answer = block(entry, `Response ${status}`)
      return {
        title,
        request: `${method} ${url}`,
        status: Number(status),
        ...(body !== undefined && { body }),
        ...(answer !== undefined && { answer: answer as Record<string, unknown> }),
      }
    })
}

function block(entry: string, heading: string): unknown {
  const found = new RegExp(`^${heading}:\\n\\n\`\`\`json\\n([\\s\\S]*?)\\n\`\`\``, 'm').exec(entry)
  return found ? JSON.parse(found[1] as string) : undefined
}

/**
 * Which keys a value has, at every depth. Rows of a list count as one, and so do keys that are names of resources.
 * @example keysOf({ roles: [{ id: 'a' }, { name: 'b' }] }) // ['roles', 'roles[].id', 'roles[].name']
 */
export function keysOf(value: unknown, at = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => keysOf(item, `${at}[]`)))].sort()
  if (typeof value !== 'object' || value === null) return []
  const found = Object.entries(value).flatMap(([key, child]) => {
    const name = key.includes('.') ? '*' : key
    const path = at === '' ? name : `${at}.${name}`
    return [path, ...keysOf(child, path)]
  })
  return [...new Set(found)].sort()
}
