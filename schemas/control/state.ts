/** Calls about everything that a world remembers. */
import { type Static, Type } from 'typebox'
import { DateTime } from '../fields.ts'
import { Diff, Document } from '../state.ts'
import { call, Name } from './call.ts'

export const reset = call({
  id: 'control-reset',
  method: 'POST',
  path: '/reset',
  summary: 'Reset the world',
  description:
    'Back to how it began: rows, ids, randomness, clock, faults, rate limits, journal. Named snapshots and the report stay.',
  status: 204,
})

export const getState = call({
  id: 'control-state',
  method: 'GET',
  path: '/state',
  summary: 'Save the world',
  description:
    'Everything that the world remembers, as a document that `PUT` takes, in this world or another. Without secrets, unless they are asked for.',
  query: Type.Object(
    {
      secrets: Type.Optional(
        Type.Boolean({
          description:
            'Also the digests that keys and the values of tokens are recognised by: another server needs them to recognise the same credentials. The values themselves are kept nowhere.',
          default: false,
        }),
      ),
    },
    { additionalProperties: false },
  ),
  answer: Document,
  status: 200,
})

export const putState = call({
  id: 'control-state-put',
  method: 'PUT',
  path: '/state',
  summary: 'Restore the world',
  description:
    'Puts the world into a state that `GET` answered. A document that is not valid is refused whole. Where it comes without secrets, rows keep those that this world knows of them, now or from its beginning, by their ids; a token of which it knows none is opened by no value until it is rolled. Faults, rate limits and journal begin anew.',
  body: Document,
  hasOwnReader: true,
  status: 204,
})

const baseline = 'The name of a snapshot. What the world began with, when it is left out.'

export const diffState = call({
  id: 'control-state-diff',
  method: 'GET',
  path: '/state/diff',
  summary: 'Compare the world',
  description: 'What was added, changed and removed, by collection. Secrets are left out.',
  query: Type.Object(
    { from: Type.Optional(Type.String({ description: baseline, example: 'before' })) },
    { additionalProperties: false },
  ),
  answer: Diff,
  status: 200,
})

/** A named snapshot, as the list shows it. */
export const SnapshotEntry = Type.Object(
  {
    name: Type.String({ example: 'before' }),
    time: DateTime({ description: 'By the clock of the world, when it was taken.' }),
    rows: Type.Integer({ description: 'In all collections together, without the catalogue.' }),
  },
  { title: 'SnapshotEntry' },
)
export type SnapshotEntry = Static<typeof SnapshotEntry>

const params = Type.Object({
  name: Name('before'),
})

export const listSnapshots = call({
  id: 'control-snapshots',
  method: 'GET',
  path: '/snapshots',
  summary: 'List snapshots',
  description: 'Those of this world, in the order in which they were first taken.',
  answer: Type.Object({ snapshots: Type.Array(SnapshotEntry) }, { title: 'Snapshots' }),
  status: 200,
})

export const takeSnapshot = call({
  id: 'control-snapshots-take',
  method: 'PUT',
  path: '/snapshots/:name',
  summary: 'Take a snapshot',
  description:
    'Remembers rows, ids, randomness and clock as they are now, at next to no cost. One of the same name is replaced (200).',
  params,
  answer: SnapshotEntry,
  status: 201,
  statusAgain: 200,
})

export const restoreSnapshot = call({
  id: 'control-snapshots-restore',
  method: 'POST',
  path: '/snapshots/:name/restore',
  summary: 'Restore a snapshot',
  description: 'Back to a snapshot, as often as you like. Faults, rate limits and journal begin anew.',
  params,
  status: 204,
})

export const deleteSnapshot = call({
  id: 'control-snapshots-delete',
  method: 'DELETE',
  path: '/snapshots/:name',
  summary: 'Delete a snapshot',
  params,
  status: 204,
})
