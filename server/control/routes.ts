/** Makes routes of calls. */
import { constants } from 'node:buffer'
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { NOTHING } from '../../schemas/control/call.ts'
import { getState } from '../../schemas/control/state.ts'
import type { ControlCall } from '../../schemas/control.ts'
import type { Document } from '../../schemas/state.ts'
import { checked, checkedQuery } from '../checked.ts'
import { CloudError } from '../cloud-error.ts'
import type { Clouds } from '../clouds.ts'
import { CONTROL, SANDBOXES } from '../paths.ts'
import { documentText } from '../state/document-text.ts'
import { DEFAULT } from '../worlds.ts'
import { Again, type Asked, type Control } from './control.ts'

/** Bytes of a body. */
const BODY_LIMIT = 1024 * 1024

/**
 * Bytes of a body that is a whole world: as long as a text in Node can be, about 512 MiB, since a body is read as one.
 * Some 800,000 members fit. `GET /state` answers with more, which files may hold.
 */
const STATE_LIMIT = constants.MAX_STRING_LENGTH

/**
 * Registers every call.
 * @param clouds left out where the routes are only described
 */
export function addControls(app: FastifyInstance, controls: readonly Control[], clouds?: Clouds): void {
  for (const { call, handle } of controls) {
    app.route({
      method: call.method,
      url: call.path,
      config: { call },
      bodyLimit: call.id === 'control-state-put' ? STATE_LIMIT : BODY_LIMIT,
      // `wget --spider` asks for the health like this.
      exposeHeadRoute: call.method === 'GET',
      handler: async (request, reply) => {
        if (!clouds) return reply
        const asked = ask(call, request, clouds)
        const answered = await handle(asked)
        // A change is acknowledged when it is in the file.
        if (call.method !== 'GET') await clouds.kept(worldOf(call, asked))
        return answer(call, answered, reply)
      },
    })
  }
}

/** The world that a call changes: a sandbox that it names, else the one that it was sent to. */
function worldOf({ path }: ControlCall, { cloud, params }: Asked<ControlCall>): string {
  return path === '/sandboxes/:name' ? (params as { name: string }).name : cloud.name
}

/** Finds the world, and holds what was sent against what the call takes. */
function ask(call: ControlCall, request: FastifyRequest, clouds: Clouds): Asked<ControlCall> {
  const name = request.raw.sandbox ?? DEFAULT
  const task = call.summary.replace(/^./, (letter) => letter.toLowerCase())
  if (call.defaultOnly && name !== DEFAULT) {
    const detail = `There is no ${CONTROL}${call.path} in a sandbox: it concerns the whole server. Ask without ${SANDBOXES}/${name}.`
    throw new CloudError(detail, { status: 404 })
  }
  const { params, query } = request
  if (call.params) checkedQuery(call.params, params, task)
  checkedQuery(call.query ?? NOTHING, query, task)
  const body = request.body ?? undefined
  if (body === undefined && call.body && !call.bodyOptional) {
    throw new CloudError(`Failed to ${task}: there is no body. /openapi.json shows what it may be.`)
  }
  if (!call.hasOwnReader) checked(call.body ?? NOTHING, body ?? {}, task)
  return { cloud: clouds.of(name), clouds, params, query, body: body ?? {} } as Asked<ControlCall>
}

function answer({ id, status, statusAgain = 200 }: ControlCall, answered: unknown, reply: FastifyReply): FastifyReply {
  if (status === 204) return reply.code(204).send()
  if (id === getState.id) {
    // In parts: it may be longer than a text can be, and others have their turn while it is written.
    const parts = Readable.from(documentText(answered as Document))
    return reply.code(status).type('application/json; charset=utf-8').send(parts)
  }
  if (answered instanceof Again) return reply.code(statusAgain).send(answered.answer)
  return reply.code(status).send(answered)
}
