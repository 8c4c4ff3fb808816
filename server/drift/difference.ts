/** What a comparison finds, and the names of everything it can find. */

/** Which way data flows: a `request` of theirs must be accepted by us, a `response` of ours be allowed by them. */
export type Direction = 'request' | 'response'

/** Every kind of difference and what it means; the names are those that `schemas/exceptions.json` uses. */
export const kinds = {
  'missing-operation': 'they have an operation that we have not',
  'operation-id': 'the operation has another id',
  'missing-parameter': 'they declare a parameter that we do not',
  'missing-body': 'they take a request body that we do not',
  'missing-media-type': 'they speak a media type that we do not',
  'missing-response': 'they declare a response that we do not',
  'missing-header': 'they declare a response header that we do not',
  'missing-field': 'they declare a field that we do not',
  'missing-variant': 'they declare an alternative that we do not',
  'missing-enum-value': 'they list a value that we do not',
  'missing-null': 'they declare null and we do not',
  'missing-required': 'they require what we leave optional',
  'missing-limit': 'they set a limit that we do not set, or set looser',
  'missing-default': 'they declare a default that we do not',
  'missing-deprecated': 'they call deprecated what we do not',
  'missing-read-only': 'they call read-only what we let a request set',
  'missing-security': 'they accept credentials that we do not',
  'missing-permission': 'they name a permission that we do not',
  'narrower-request': 'they accept a request that we refuse',
  'wider-response': 'we may answer what they never do',
  type: 'the types have nothing in common, or we say none',
  serialisation: 'the parameter is written another way into the URL',
  'unknown-keyword': 'a keyword that the comparison does not know',
  unreadable: 'a part of a document that cannot be read',
  'stale-exception': 'an exception that excuses nothing',
} as const

/** The name of a kind of difference: `missing-limit`. */
export type Kind = keyof typeof kinds

/** A difference within one operation. */
export interface Finding {
  /** Where in the operation: `query per_page`, `request body /name`, `response 200 /result/0/settings`. */
  where: string
  kind: Kind
  /** What they have, in short: `maxLength 100`. */
  theirs: string
  /** What we have, in short: `none`. */
  ours: string
  /** The difference in words: `no maxLength, theirs is 100`. */
  message: string
}

/** A difference between two documents. */
export interface Difference extends Finding {
  /** Their method and path: `GET /accounts/{account_id}`; `*` when it is the document's as a whole. */
  operation: string
  /** Why it is meant to be there, when an exception says so. */
  reason?: string
}

/** Makes a finding. */
export function finding(kind: Kind, where: string, message: string, theirs = 'none', ours = 'none'): Finding {
  return { where, kind, theirs, ours, message }
}

/** Puts findings, whose places are JSON pointers, into a part of an operation: `/name` into `request body`. */
export function placed(part: string, findings: readonly Finding[]): Finding[] {
  return findings.map((found) => ({ ...found, where: found.where === '' ? part : `${part} ${found.where}` }))
}
