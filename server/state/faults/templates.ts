/**
 * Paths as operations have them: `/accounts/:account_id/members`, `/:accounts_or_zones(^accounts$|^zones$)/…`. A doubled
 * colon is a colon: `/organizations/:organization_id/members::batchCreate`.
 */

/** The words that a segment can be; undefined when it can be anything. */
export type Choice = readonly string[] | undefined

/**
 * What each segment of a path can be.
 * @example choicesOf('/accounts/:account_id') // [['accounts'], undefined]
 */
export function choicesOf(path: string): Choice[] {
  return path
    .slice(1)
    .split('/')
    .map((segment) => {
      if (!/^:\w/.test(segment)) return [segment.replaceAll('::', ':')]
      const [, words] = /\((.*)\)$/.exec(segment) ?? []
      return words?.replace(/[\^$]/g, '').split('|')
    })
}

/**
 * The globs that fit a path, one for each of its words.
 * @example globsOf('/accounts/:account_id') // ['/accounts/*']
 */
export function globsOf(path: string): string[] {
  return choicesOf(path).reduce<string[]>(
    (globs, words = ['*']) => globs.flatMap((glob) => words.map((word) => `${glob}/${word}`)),
    [''],
  )
}

/**
 * A path as documents write it.
 * @example documented('/accounts/:account_id') // '/accounts/{account_id}'
 */
export function documented(path: string): string {
  return path.replace(/::|:(\w+)(?:\([^)]*\))?/g, (_, name?: string) => (name === undefined ? ':' : `{${name}}`))
}

/** Whether a path names an account. */
export function hasAccount(path: string): boolean {
  return /:account_(?:id|or_zone_id)\b/.test(path)
}

/** The account that the parameters of a path name. */
export function accountOf(params: Readonly<Record<string, string>>): string | undefined {
  return params.accounts_or_zones === 'accounts' ? params.account_or_zone_id : params.account_id
}
