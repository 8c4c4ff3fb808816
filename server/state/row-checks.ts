/** A check for the rows of each collection. */
import { CATALOGUE, TABLES } from '../../schemas/tables.ts'
import { type Check, compile } from '../ajv.ts'
import { closed } from '../readings.ts'

/** By the name of the collection. Compiled when first used. */
export const rowChecks: Readonly<Record<string, Check>> = Object.fromEntries(
  [...CATALOGUE, ...TABLES].map(({ name, row }) => [name, compile(() => closed(row))]),
)
