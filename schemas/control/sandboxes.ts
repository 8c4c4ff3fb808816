/** Calls about the worlds that a server keeps. */
import { type Static, Type } from 'typebox'
import { call, Name } from './call.ts'

const fixtures = Type.String({
  minLength: 1,
  description:
    'What it begins with: `docs`, `demo` (made up from its seed), `empty`, or what the server was started with, by the same name.',
  example: 'empty',
})
const seed = Type.Integer({ minimum: -2147483648, maximum: 2147483647, description: 'Ids are drawn from it.' })
const stateless = Type.Boolean({ description: 'Whether each request is answered from the fixtures.' })
const clock = Type.String({
  minLength: 1,
  description: '`real`, or an ISO 8601 time at which its clock stands still.',
  example: '2026-11-21T10:00:00Z',
})
const quirks = Type.String({
  description: 'The oddities of the live service that it has, by their names, separated by commas.',
  example: 'members-need-key,tokens-reordered',
})

/** How a sandbox begins, and begins anew after each reset. */
export const SandboxOptions = Type.Object(
  {
    fixtures: Type.Optional(fixtures),
    seed: Type.Optional(seed),
    stateless: Type.Optional(stateless),
    clock: Type.Optional(clock),
    quirks: Type.Optional(quirks),
  },
  { title: 'SandboxOptions', additionalProperties: false, description: 'What is left out is as in the default world.' },
)
export type SandboxOptions = Static<typeof SandboxOptions>

/** A world, as the list shows it. */
export const Sandbox = Type.Object(
  {
    name: Type.String({ example: 'worker-3' }),
    path: Type.String({ description: 'Of its base URL.', example: '/sandboxes/worker-3/client/v4' }),
    options: Type.Object({ fixtures, seed, stateless, clock, quirks }, { title: 'SandboxBeginning' }),
    rows: Type.Integer({ description: 'In all collections together, without the catalogue.' }),
    requests: Type.Integer({ description: 'Answered since it began or was last reset.' }),
  },
  { title: 'Sandbox' },
)
export type Sandbox = Static<typeof Sandbox>

const params = Type.Object({
  name: Name('worker-3'),
})

export const listSandboxes = call({
  id: 'control-sandboxes',
  method: 'GET',
  path: '/sandboxes',
  summary: 'List sandboxes',
  description: 'Every world of this server, the default one first.',
  answer: Type.Object({ sandboxes: Type.Array(Sandbox) }, { title: 'Sandboxes' }),
  status: 200,
  defaultOnly: true,
})

export const putSandbox = call({
  id: 'control-sandboxes-put',
  method: 'PUT',
  path: '/sandboxes/:name',
  summary: 'Make a sandbox',
  description:
    'A sandbox is made by its first request; this makes one with options. One that is there already is made anew (200), and everything in it is forgotten.',
  params,
  body: SandboxOptions,
  bodyOptional: true,
  answer: Sandbox,
  status: 201,
  statusAgain: 200,
  defaultOnly: true,
})

export const deleteSandbox = call({
  id: 'control-sandboxes-delete',
  method: 'DELETE',
  path: '/sandboxes/:name',
  summary: 'Delete a sandbox',
  params,
  status: 204,
  defaultOnly: true,
})
