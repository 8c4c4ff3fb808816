/** Puts changes into a document, row by row: collections are made from the result, once. */
import type { RandomState } from '../../../schemas/state.ts'
import { isMap } from '../is-map.ts'
import type { Catalogue } from '../snapshot.ts'
import type { Row } from '../table.ts'
import { DataError } from './data-error.ts'
import { type Change, isSameRandom } from './moment.ts'

/** Says that a file was changed by something else than fauxflare, where, and what to do. */
export function damage(place: string, what: string): DataError {
  const [path] = place.replace(/, line \d+,$/, '').split('.changes-')
  return new DataError(
    `Failed to read the data file ${place.replace(/,$/, '')}: ${what.replace(/\.$/, '')}. It is left as it is. Put back a copy of it, or move it away to begin anew; \`fauxflare check ${path}\` says more.`,
  )
}

/** Whether what stands on a line has the form of a change. The rows are checked with all others. */
export function isChange(value: unknown): value is Change {
  if (!isMap(value)) return false
  const isPut = (rows: unknown) => Array.isArray(rows) && rows.every((row) => isMap(row) && typeof row.id === 'string')
  const isDelete = (ids: unknown) => Array.isArray(ids) && ids.every((id) => typeof id === 'string')
  return hasOnly(value.put, isPut) && hasOnly(value.delete, isDelete)
}

const hasOnly = (map: unknown, holds: (value: unknown) => boolean) =>
  map === undefined || (isMap(map) && Object.values(map).every(holds))

/** A collection that changes are put into. */
interface Patched {
  /** Undefined where a row was deleted. */
  rows: (Row | undefined)[]
  places: Map<string, number>
}

export class Replay {
  readonly #document: unknown
  readonly #catalogue: Catalogue
  readonly #patched = new Map<string, Patched>()
  /** The rows that came with changes, and with which. */
  readonly #places = new Map<unknown, string>()
  #frame: Pick<Change, 'random' | 'seeds' | 'clock'> = {}

  /**
   * @param document as it was parsed, whatever it is
   * @param catalogue what is in collections of the catalogue that the document leaves out
   */
  constructor(document: unknown, catalogue: Catalogue) {
    this.#document = document
    this.#catalogue = catalogue
  }

  /** Where randomness stands by now. */
  get random(): RandomState {
    const { random } = isMap(this.#document) ? this.#document : {}
    return this.#frame.random ?? (random as RandomState)
  }

  /** @throws DataError when a file of changes goes on from something else */
  checkHead(value: unknown, place: string): void {
    const follows = isMap(value) ? value.follows : undefined
    if (isMap(follows) && isMap(this.random) && isSameRandom(follows as RandomState, this.random)) return
    throw damage(
      place,
      'it does not go on from what is before it: one of the files was replaced by that of another world',
    )
  }

  /** @param place for {@link Replay.placeOf} */
  apply({ put = {}, delete: gone = {}, ...frame }: Change, place: string): void {
    this.#frame = { ...this.#frame, ...frame }
    for (const [name, rows] of Object.entries(put)) {
      const patched = this.#collection(name)
      for (const row of rows) {
        this.#places.set(row, place)
        const at = patched.places.get(row.id) ?? patched.rows.length
        patched.places.set(row.id, at)
        patched.rows[at] = row
      }
    }
    for (const [name, ids] of Object.entries(gone)) {
      const { rows, places } = this.#collection(name)
      for (const id of ids) {
        const at = places.get(id)
        if (at === undefined) continue
        rows[at] = undefined
        places.delete(id)
      }
    }
  }

  /** The document with all changes. What it was made from stays as it is, but belongs to it from now on. */
  document(): unknown {
    if (!isMap(this.#document) || !isMap(this.#document.tables)) return this.#document
    const patched = [...this.#patched].map(([name, { rows }]) => [name, rows.filter((row) => row !== undefined)])
    return {
      ...this.#document,
      ...this.#frame,
      tables: { ...this.#document.tables, ...Object.fromEntries(patched) },
    }
  }

  /** Which change brought the row that a pointer into the document leads to; undefined when none did. */
  placeOf(pointer: string): string | undefined {
    const [, name, index] = /^\/tables\/(\w+)\/(\d+)/.exec(pointer) ?? []
    const rows = this.#patched.get(name ?? '')?.rows.filter((row) => row !== undefined)
    return this.#places.get(rows?.[Number(index)])
  }

  #collection(name: string): Patched {
    const known = this.#patched.get(name)
    if (known) return known
    const tables = isMap(this.#document) && isMap(this.#document.tables) ? this.#document.tables : {}
    const found = tables[name] ?? this.#catalogue[name]
    const rows: Row[] = Array.isArray(found) ? [...found] : []
    const patched = { rows, places: new Map(rows.map((row, at) => [row?.id, at])) }
    this.#patched.set(name, patched)
    return patched
  }
}
