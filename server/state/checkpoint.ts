/** How a world was at one moment: to go back to, to compare with, and to carry elsewhere. */
import { type Document, VERSION } from '../../schemas/state.ts'
import type { TableKey } from '../../schemas/table.ts'
import { CATALOGUE, TABLES } from '../../schemas/tables.ts'
import { readDocument } from './document.ts'
import { isMap } from './is-map.ts'
import { SnapshotError } from './snapshot.ts'
import type { Store } from './store.ts'
import type { Row } from './table.ts'
import { secretsOf, withoutSecrets, withSecrets } from './withheld.ts'
import type { World } from './world.ts'
import { forkState, stateFrom, type WorldState } from './world-state.ts'

/** What a document is read against. */
export interface Origin extends Pick<WorldState, 'catalogue' | 'store'> {
  /** Where secrets are looked for that `store`, the rows as they are now, no longer has. */
  before?: readonly Store[]
}

export class Checkpoint {
  /** Never written to: whoever goes on from it takes a copy. */
  readonly state: WorldState
  /** How the clock ran and what it said when this was taken. */
  readonly #clock: Document['clock']

  private constructor(state: WorldState, clock: Document['clock']) {
    this.state = state
    this.#clock = clock
  }

  /** Remembers a world as it is now, at next to no cost: rows are shared until one side writes. */
  static of(world: WorldState): Checkpoint {
    const state = forkState(world)
    return new Checkpoint(state, state.clock.state())
  }

  /**
   * Reads a document as {@link Checkpoint.document} writes it. Nothing is changed by it, whatever comes.
   * @param document is copied, so that it may be changed afterwards
   * @param origin the world that it is for
   * @throws SnapshotError with the place of the first fault
   */
  static read(document: unknown, origin: Origin): Checkpoint {
    return Checkpoint.take(copied(document), origin)
  }

  /**
   * Reads a document like {@link Checkpoint.read}, without a copy: for one that was just parsed and that nobody else
   * holds. Its rows become those of the checkpoint.
   */
  static take(document: unknown, { catalogue, store, before = [] }: Origin): Checkpoint {
    const snapshot = readDocument(filled(document, [store, ...before]), catalogue)
    const { clock } = snapshot as { clock: Document['clock'] }
    return new Checkpoint(stateFrom(snapshot, { seed: 0, clock: 'real' }), clock)
  }

  /** A world with the faults and the name of another, in the state of this checkpoint; as often as you like. */
  restore(world: World): World {
    return world.at(this.state)
  }

  /** When it was taken, by the clock of the world: ISO 8601. */
  get time(): string {
    return this.#clock.now
  }

  /** How many rows there are, without the catalogue. */
  get rows(): number {
    return this.state.store.size
  }

  /** The rows of a collection, ordered by id. They are those of the world: not to be changed. */
  rowsOf(key: TableKey<{ id: string }>): Row[] {
    return this.state.store.table(key).all()
  }

  /**
   * The portable form, without secrets.
   * @example JSON.stringify(checkpoint)
   */
  toJSON(): Document {
    return this.document()
  }

  /**
   * The portable form. Collections come in the order of `schemas/tables.ts`, rows ordered by id, and the fields of a row
   * as answers show them, since their order is part of what a client sees. The rows are those of the world: whoever
   * hands them out to be changed copies them.
   * @param options `secrets`: with the digests that keys and the values of tokens are recognised by, which another
   * server needs to recognise them too. Without them, a server puts back those that it knows (see withheld.ts)
   */
  document({ secrets: isWhole = false }: { secrets?: boolean } = {}): Document {
    const { ids, secrets, headers, chance, seeds } = this.state
    return {
      version: VERSION,
      clock: this.#clock,
      random: { ids: ids.state, secrets: secrets.state, headers: headers.state, chance: chance.state },
      seeds,
      aliases: this.#aliases(),
      tables: Object.fromEntries(
        [...CATALOGUE.filter((key) => this.#isOwn(key)), ...TABLES].map((key) => [key.name, this.#shown(key, isWhole)]),
      ),
    }
  }

  #shown(key: TableKey<{ id: string }>, isWhole: boolean): Row[] {
    const rows = this.rowsOf(key)
    const secrets = isWhole ? [] : secretsOf(key.name)
    return secrets.length === 0 ? rows : rows.map((row) => withoutSecrets(row, secrets))
  }

  #aliases(): Document['aliases'] {
    const { aliases } = this.state
    return Object.fromEntries(
      [...CATALOGUE, ...TABLES].flatMap(({ name }) => {
        const words = Object.entries(aliases[name] ?? {})
        return words.length === 0 ? [] : [[name, Object.fromEntries(words.sort(([a], [b]) => (a < b ? -1 : 1)))]]
      }),
    )
  }

  /** Whether a collection of the catalogue is another one than comes with this release. */
  #isOwn(key: TableKey<{ id: string }>): boolean {
    const standard = new Set(this.state.catalogue[key.name])
    const rows = this.rowsOf(key)
    return rows.length !== standard.size || rows.some((row) => !standard.has(row))
  }
}

/** A document with the secrets that are known of its rows. */
function filled(document: unknown, stores: readonly Store[]): unknown {
  if (!isMap(document) || !isMap(document.tables)) return document
  return { ...document, tables: withSecrets(document.tables, stores) }
}

/** A copy of which nobody else holds a part, and which is nothing but JSON. */
function copied(document: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(document) ?? 'null')
  } catch (error) {
    throw new SnapshotError('', `is not JSON: ${(error as Error).message.replace(/\s+/g, ' ')}`)
  }
}
