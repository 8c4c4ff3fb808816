/** What a world is saved as, and what two states of it are compared by. */
import { type Static, Type } from 'typebox'
import { DateTime, mapOf, oneOf } from './fields.ts'

/** The form of a document. Earlier ones are still read: see server/state/migrations.ts. */
export const VERSION = 2

const Row = Type.Object({ id: Type.String() }, { title: 'Row', additionalProperties: true })

/** How a clock runs. */
export const ClockState = Type.Object(
  {
    mode: oneOf(['real', 'frozen', 'offset']),
    now: DateTime({ description: 'What the clock said. A frozen one stands still there.' }),
    offset_ms: Type.Optional(
      Type.Integer({ description: 'Of an `offset` clock: how far it is apart from that of the machine.' }),
    ),
  },
  { title: 'ClockState' },
)
export type ClockState = Static<typeof ClockState>

const Stream = (draws: string) =>
  Type.String({ pattern: '^[0-9a-f]{32}$', description: `Where the stream stands from which ${draws} are drawn.` })

/** Where the randomness of a world stands, so that what comes next is the same again. */
export const RandomState = Type.Object(
  {
    ids: Stream('identifiers'),
    secrets: Stream('token values'),
    headers: Stream('response headers'),
    chance: Stream('faults and delays'),
  },
  { title: 'RandomState' },
)
export type RandomState = Static<typeof RandomState>

/** The part of a document that only a data file has. */
const Kept = Type.Object(
  {
    changes: Type.Integer({ minimum: 1, description: 'The number of the file of changes that goes on from it.' }),
    sandbox: Type.Optional(
      mapOf(Type.Unknown(), { description: 'Of a sandbox: how it begins, and begins anew after each reset.' }),
    ),
  },
  { title: 'Kept' },
)

/** A whole world. Keys and rows come in a fixed order, so that two documents can be compared line by line. */
export const Document = Type.Object(
  {
    version: Type.Integer({ minimum: VERSION, maximum: VERSION, description: 'Of this form.' }),
    data: Type.Optional(Kept),
    clock: ClockState,
    random: RandomState,
    seeds: Type.Integer({
      minimum: 0,
      description: 'How often generated data was added: each time draws from a stream of its own.',
    }),
    aliases: mapOf(mapOf(Type.String()), {
      description: 'By collection, the words of the documentation that stand for an id.',
      example: { accounts: { account_id: '023e105f4ecef8ad9ca31a8372d0c353' } },
    }),
    tables: mapOf(Type.Array(Row), {
      description:
        'Rows by collection, ordered by id. All collections are there but those of the catalogue, which only stand here when they are not those of this release.',
    }),
  },
  { title: 'State' },
)
export type Document = Static<typeof Document>

const Fields = mapOf(Type.Unknown(), { description: 'The fields that differ, secrets left out.' })

/** What was done to a collection. */
export const CollectionDiff = Type.Object(
  {
    added: Type.Array(Row),
    removed: Type.Array(Row),
    changed: Type.Array(Type.Object({ id: Type.String(), before: Fields, after: Fields }, { title: 'RowDiff' }), {
      description: 'A field that is in one of them only was added or removed.',
    }),
  },
  { title: 'CollectionDiff' },
)
export type CollectionDiff = Static<typeof CollectionDiff>

/** By collection; one that did not change is left out, so that nothing at all is `{}`. */
export const Diff = mapOf(CollectionDiff, { title: 'Diff' })
export type Diff = Static<typeof Diff>
