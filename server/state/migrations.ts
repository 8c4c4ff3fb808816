/** Documents of earlier versions become documents of this one, step by step. */
import { VERSION } from '../../schemas/state.ts'
import { LATER } from '../../schemas/tables.ts'
import { isMap } from './is-map.ts'

type Known = Readonly<Record<string, unknown>>

/** By version, what makes of a document of that version one of the next. What is wrong in it stays as it is. */
const STEPS: ReadonlyMap<unknown, (document: Known) => Known> = new Map([
  // Collections were added while the version stayed 1; calls that add generated data are counted since 2.
  [
    1,
    (document: Known) => ({
      ...document,
      version: 2,
      seeds: 0,
      ...(isMap(document.tables) && {
        tables: { ...Object.fromEntries(LATER.map(({ name }) => [name, []])), ...document.tables },
      }),
    }),
  ],
])

/**
 * A document as this release writes it; undefined when it is of a version that nobody here knows.
 * @param document is not changed
 */
export function migrated(document: Known): Known | undefined {
  if (document.version === VERSION) return document
  const step = STEPS.get(document.version)
  return step && migrated(step(document))
}
