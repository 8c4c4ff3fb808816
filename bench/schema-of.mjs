/** The schema that an answer fits exactly: what a developer who knows the answer would give Fastify. */

/** @typedef {{ [key: string]: unknown }} Schema */

/**
 * @param {readonly unknown[]} samples values that are found in the same place
 * @returns {Schema}
 * @throws Error for samples that are of different types
 */
export function schemaOf(samples) {
  const values = samples.filter((value) => value !== null)
  const nullable = values.length < samples.length ? { nullable: true } : {}
  const [type, ...others] = new Set(values.map(typeOf))
  if (others.length > 0) throw new Error(`An answer has both ${type} and ${others.join(', ')} in the same place.`)
  if (type === undefined) return samples.length > 0 ? { type: 'null' } : {}
  if (type === 'array') return { type, items: schemaOf(/** @type {unknown[][]} */ (values).flat()), ...nullable }
  if (type === 'object') return { ...objectOf(/** @type {Record<string, unknown>[]} */ (values)), ...nullable }
  return { type, ...nullable }
}

/** @param {Record<string, unknown>[]} values */
function objectOf(values) {
  // The fullest first: a serialiser writes fields in the order of the schema.
  const fullest = [...values].sort((a, b) => Object.keys(b).length - Object.keys(a).length)
  const names = [...new Set(fullest.flatMap((value) => Object.keys(value)))]
  const properties = Object.fromEntries(
    names.map((name) => [name, schemaOf(values.flatMap((value) => (Object.hasOwn(value, name) ? [value[name]] : [])))]),
  )
  // Where only some are required, a serialiser writes those first, and that would be other bytes.
  const isWhole = names.every((name) => values.every((value) => Object.hasOwn(value, name)))
  return { type: 'object', properties, ...(isWhole && { required: names }) }
}

/** @param {unknown} value */
function typeOf(value) {
  return Array.isArray(value) ? 'array' : typeof value
}
