/** Keeps Fastify from compiling schemas: what comes and goes is checked by stages of our own. */
import type { FastifyServerOptions } from 'fastify'

/** The types of these functions are those of Fastify's own compilers, which take more than is asked of them. */
type Factories = NonNullable<NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']>

const buildValidator = () => () => () => true
const buildSerializer = () => () => JSON.stringify

/**
 * What takes the place of Fastify's own compilers, which are then not even loaded: any request passes, and answers are
 * written by `JSON.stringify`, so that nothing is dropped in silence. See decisions/0002.
 */
export const UNCOMPILED: { compilersFactory: Factories } = {
  compilersFactory: { buildValidator: buildValidator as never, buildSerializer: buildSerializer as never },
}
