/** Reads which oddities of the live service a world has. */
import { QUIRK_NAMES, type QuirkName } from '../schemas/quirks.ts'
import { didYouMean, thereAre } from './near.ts'

const isQuirk = (name: string): name is QuirkName => (QUIRK_NAMES as readonly string[]).includes(name)

/**
 * The quirks of a list, each once.
 * @param list names with commas between them; none for an empty text
 * @throws RangeError with the names that there are, and the near one, for a name that is none
 * @example quirksOf('members-need-key, tokens-reordered') // ['members-need-key', 'tokens-reordered']
 */
export function quirksOf(list: string): QuirkName[] {
  const names = list.split(',').flatMap((name) => name.trim() || [])
  return [
    ...new Set(
      names.map((name) => {
        if (isQuirk(name)) return name
        throw new RangeError(
          `there is no quirk ${JSON.stringify(name)}.${didYouMean(name, QUIRK_NAMES)}${thereAre(QUIRK_NAMES, 'quirk')}`,
        )
      }),
    ),
  ]
}
