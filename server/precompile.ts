/** Compiles the checks of rows to plain JavaScript, so that a start need not. Only the build runs this. */
import { Ajv } from 'ajv'
import standaloneCode from 'ajv/dist/standalone/index.js'
import formats from 'ajv-formats'
import { CATALOGUE, TABLES } from '../schemas/tables.ts'
import { AJV_OPTIONS } from './ajv.ts'
import { closed } from './readings.ts'

/**
 * The source of a module that exports a validator for each collection, by name.
 * @example await writeFile('row-validators.js', rowValidators())
 */
export function rowValidators(): string {
  const ajv = new Ajv({ ...AJV_OPTIONS, code: { source: true, esm: true } })
  formats.default(ajv)
  const keys = [...CATALOGUE, ...TABLES]
  for (const { name, row } of keys) ajv.addSchema(closed(row), name)
  return standaloneCode.default(ajv, Object.fromEntries(keys.map(({ name }) => [name, name])))
}
