/** What a fault does to time and to the connection. */
import { type Static, Type } from 'typebox'
import { oneOf } from './fields.ts'

/** An hour, in milliseconds: no fault lasts longer. */
export const LONGEST_DELAY = 3_600_000

/** A time that a fault takes. */
export const Milliseconds = (description: string) => Type.Number({ minimum: 0, maximum: LONGEST_DELAY, description })

export const Delay = Type.Union(
  [
    Type.Object({ ms: Milliseconds('Exactly so long.') }, { additionalProperties: false }),
    Type.Object(
      { uniform: Type.Array(Milliseconds('A bound.'), { minItems: 2, maxItems: 2 }) },
      { additionalProperties: false, description: 'Between two bounds, each value as likely as the other.' },
    ),
    Type.Object(
      {
        lognormal: Type.Object(
          { median: Milliseconds('Half of the delays are shorter.'), sigma: Type.Number({ minimum: 0, maximum: 3 }) },
          { additionalProperties: false },
        ),
      },
      { additionalProperties: false, description: 'Mostly near the median, with a long tail, as real latency.' },
    ),
  ],
  { title: 'Delay', description: 'Real time, whatever the clock of the world says.' },
)
export type Delay = Static<typeof Delay>

/** Faults of the connection that need no argument. */
export const CONNECTION_FAULTS = ['reset', 'close', 'hang', 'truncate', 'garbage', 'noise'] as const

/**
 * What happens to the connection. `reset`, `close` and `hang` strike before the operation runs, so that nothing is
 * changed; the others spoil the way of an answer that was made.
 */
export const Connection = Type.Union(
  [
    oneOf(CONNECTION_FAULTS, {
      description:
        '`reset`: TCP RST. `close`: closed without an answer. `hang`: never an answer. `truncate`: half the body, then closed. `garbage`: valid headers, then bytes that are no body. `noise`: random bytes in the place of an answer, then closed.',
    }),
    Type.Object(
      {
        hang: Type.Object(
          { ms: Milliseconds('Close without an answer after so long.') },
          { additionalProperties: false },
        ),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        truncate: Type.Object(
          { bytes: Type.Integer({ minimum: 0, description: 'So much of the body, then closed.' }) },
          { additionalProperties: false },
        ),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        drip: Type.Object(
          {
            bytes_per_s: Type.Number({ minimum: 1, description: 'How fast the body comes.' }),
            slice_bytes: Type.Optional(
              Type.Integer({ minimum: 1, maximum: 1_048_576, description: 'How much comes at a time.' }),
            ),
            slice_variation: Type.Optional(
              Type.Integer({
                minimum: 1,
                maximum: 1_048_576,
                description: 'So much more or less, drawn from the seed.',
              }),
            ),
          },
          { additionalProperties: false },
        ),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        slow_close: Type.Object(
          { ms: Milliseconds('The whole answer is sent; its end comes so much later.') },
          { additionalProperties: false },
        ),
      },
      { additionalProperties: false },
    ),
  ],
  { title: 'Connection' },
)
export type Connection = Static<typeof Connection>
