/** Compares the parameters of two operations: path, query, headers and cookies. */
import { type Finding, finding, placed } from './difference.ts'
import { type JsonObject, objectOr } from './json.ts'
import { unknownMembers } from './keywords.ts'
import type { Operation, Parameter } from './operations.ts'
import type { SchemaComparison, Side } from './schemas.ts'
import type { Shape } from './shape.ts'

// OpenAPI says that parameters of these names are to be ignored: content types and security speak for them.
const ignoredHeaders = ['header:accept', 'header:content-type', 'header:authorization']

/** Compares the parameters of two operations. */
export function compareParameters(ours: Operation, theirs: Operation, schemas: SchemaComparison): Finding[] {
  const missing = [...theirs.parameters].flatMap(([key, there]) => {
    if (ignoredHeaders.includes(key)) return []
    const part = `${there.in} ${there.name}`
    const here = ours.parameters.get(key)
    if (!here) return [finding('missing-parameter', part, 'is not declared', 'declared')]
    return placed(part, compareParameter(here, there, schemas))
  })
  const demanded = [...ours.parameters].filter(
    ([key, { node }]) => node.required === true && !theirs.parameters.has(key),
  )
  return [
    ...missing,
    ...demanded.map(([, here]) =>
      finding('narrower-request', `${here.in} ${here.name}`, 'is required, they do not know it', 'none', 'required'),
    ),
  ]
}

function compareParameter(ours: Parameter, theirs: Parameter, schemas: SchemaComparison): Finding[] {
  const [here, there] = [shapeOf(ours, schemas.ours), shapeOf(theirs, schemas.theirs)]
  return [
    ...unknownMembers('parameter', theirs.node).map((name) =>
      finding('unknown-keyword', '', `${name}, in theirs, is not compared`, name),
    ),
    ...compareRequired(ours.node, theirs.node),
    ...(there.types?.has('array') || there.types?.has('object') ? compareWriting(ours, theirs) : []),
    ...compareFlags(ours, theirs),
    ...schemas.compare('request', here, there),
  ]
}

/** What a parameter allows. Documents call it deprecated in the parameter or in its schema; either counts. */
function shapeOf({ node }: Parameter, side: Side): Shape {
  const shape = side.shape(node.schema ?? objectOr(Object.values(objectOr(node.content))[0]).schema)
  return { ...shape, deprecated: shape.deprecated || node.deprecated === true }
}

/** Compares whether a parameter or a body must be sent. */
export function compareRequired(ours: JsonObject, theirs: JsonObject): Finding[] {
  if ((ours.required === true) === (theirs.required === true)) return []
  return ours.required === true
    ? [finding('narrower-request', '', 'is required', 'optional', 'required')]
    : [finding('missing-required', '', 'is optional', 'required', 'optional')]
}

/** Compares how a list or an object is written into the URL; on other values `style` and `explode` change nothing. */
function compareWriting(ours: Parameter, theirs: Parameter): Finding[] {
  const [us, them] = [writing(ours), writing(theirs)]
  return us === them ? [] : [finding('serialisation', '', `is written ${us}, theirs ${them}`, them, us)]
}

function compareFlags(ours: Parameter, theirs: Parameter): Finding[] {
  const refused = ['allowEmptyValue', 'allowReserved'].filter(
    (name) => theirs.node[name] === true && ours.node[name] !== true,
  )
  return refused.map((name) => finding('narrower-request', '', `no ${name}`, name, `no ${name}`))
}

/** The style of a parameter with the defaults that OpenAPI gives: `form, explode` in a query. */
function writing({ node, in: place }: Parameter): string {
  const style = String(node.style ?? (place === 'query' || place === 'cookie' ? 'form' : 'simple'))
  const explode = node.explode ?? style === 'form'
  return `${style}, ${explode ? 'explode' : 'no explode'}`
}
