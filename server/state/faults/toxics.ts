/** Toxiproxy's toxics, by the names that people search for: what each of them is here. */
import { type Static, type TObject, Type } from 'typebox'
import { type Connection, type Delay, LONGEST_DELAY } from '../../../schemas/wire-faults.ts'
import { closed, type Schema } from '../../readings.ts'
import { FaultError } from './errors.ts'
import { hold } from './explanation.ts'

/** What a toxic is made of. */
interface Parts {
  delay?: Delay
  connection?: Connection
}

interface Toxic {
  attributes: Schema
  read(attributes: unknown, at: string): Parts
}

const ms = Type.Optional(Type.Number({ minimum: 0, maximum: LONGEST_DELAY }))

function toxic<Attributes extends TObject>(
  attributes: Attributes,
  read: (attributes: Static<Attributes>, at: string) => Parts,
): Toxic {
  return { attributes: closed(attributes), read: read as Toxic['read'] }
}

/** As in Toxiproxy, an attribute that is left out is 0. */
const TOXICS: Readonly<Record<string, Toxic>> = {
  latency: toxic(Type.Object({ latency: ms, jitter: ms }), ({ latency = 0, jitter = 0 }) => ({
    delay:
      jitter === 0
        ? { ms: latency }
        : { uniform: [Math.max(0, latency - jitter), Math.min(LONGEST_DELAY, latency + jitter)] },
  })),

  // Kilobytes a second. Toxiproxy sends `rate` bytes in each millisecond.
  bandwidth: toxic(Type.Object({ rate: Type.Number({ minimum: 0.001 }) }), ({ rate }) => ({
    connection: { drip: { bytes_per_s: Math.max(1, rate * 1000) } },
  })),

  slow_close: toxic(Type.Object({ delay: ms }), ({ delay = 0 }) => ({ connection: { slow_close: { ms: delay } } })),

  // 0 never closes the connection.
  timeout: toxic(Type.Object({ timeout: ms }), ({ timeout = 0 }) => ({
    connection: timeout === 0 ? 'hang' : { hang: { ms: timeout } },
  })),

  reset_peer: toxic(Type.Object({ timeout: ms }), ({ timeout = 0 }) => ({
    ...(timeout > 0 && { delay: { ms: timeout } }),
    connection: 'reset',
  })),

  // `delay` is in microseconds.
  slicer: toxic(
    Type.Object({
      average_size: Type.Integer({ minimum: 1, maximum: 1_048_576 }),
      size_variation: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_048_576 })),
      delay: Type.Optional(Type.Number({ minimum: 0, maximum: LONGEST_DELAY * 1000 })),
    }),
    ({ average_size, size_variation, delay = 0 }, at) => {
      // Without a delay, slices follow each other as fast as they can.
      const bytes_per_s = (average_size * 1_000_000) / Math.max(delay, 1)
      if (bytes_per_s < 1) throw new FaultError(at, 'is slower than one byte a second: give a larger "average_size".')
      const slices = { slice_bytes: average_size, ...(size_variation && { slice_variation: size_variation }) }
      return { connection: { drip: { bytes_per_s, ...slices } } }
    },
  ),

  limit_data: toxic(Type.Object({ bytes: Type.Optional(Type.Integer({ minimum: 0 })) }), ({ bytes = 0 }) => ({
    connection: { truncate: { bytes } },
  })),
}

/** The names of the toxics. */
export const TOXIC_NAMES = Object.keys(TOXICS)

/**
 * What a toxic does.
 * @param at where its attributes stand in what was given
 * @throws FaultError for attributes that it cannot have
 * @example readToxic('latency', { latency: 100, jitter: 20 }, '/effect/latency') // { delay: { uniform: [80, 120] } }
 */
export function readToxic(name: string, attributes: unknown, at: string): Parts {
  const { attributes: schema, read } = TOXICS[name] as Toxic
  hold(schema, attributes, at)
  return read(attributes, at)
}
