/** The OpenAPI document of everything that is served. It is written when it is first asked for, not at every start. */
import Fastify from 'fastify'
import { CONTROLS } from './control/index.ts'
import { addControls } from './control/routes.ts'
import { documentOptions } from './openapi.ts'
import { API, CONTROL } from './paths.ts'
import { resources } from './resources/index.ts'
import { addRoutes } from './routes.ts'
import { UNCOMPILED } from './uncompiled.ts'

/** Registers the same routes as the server does, with @fastify/swagger looking on. */
export async function writeDocument() {
  const { default: swagger } = await import('@fastify/swagger')
  const app = Fastify({ schemaController: UNCOMPILED })
  await app.register(swagger, documentOptions)
  await app.register(async (scope) => addRoutes(scope, resources, 'lenient'), { prefix: API })
  await app.register(async (scope) => addControls(scope, CONTROLS), { prefix: CONTROL })
  await app.ready()
  const document = app.swagger()
  await app.close()
  return document
}
