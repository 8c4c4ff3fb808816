/** Calls about what goes wrong. */
import { Type } from 'typebox'
import { FaultRule, KeptRule, Match, When } from '../faults.ts'
import { oneOf } from '../fields.ts'
import { call } from './call.ts'

/** The rules that come with the server. */
export const PRESETS = ['flaky', 'slow', 'outage', 'rate-limited', 'auth-outage', 'eventual'] as const

const Preset = Type.Object(
  {
    preset: oneOf(PRESETS, { description: 'Rules that come with the server.' }),
    match: Type.Optional(Match),
    when: Type.Optional(When),
  },
  { title: 'FaultPreset', additionalProperties: false },
)
const Rules = Type.Object({ faults: Type.Array(KeptRule) }, { title: 'KeptRules' })
const params = Type.Object({ id: Type.String({ description: 'The id of a rule, or its name.', example: 'fault-1' }) })

export const listFaults = call({
  id: 'control-faults',
  method: 'GET',
  path: '/faults',
  summary: 'List fault rules',
  description: 'In the order in which they are asked, each with how often it matched and struck.',
  answer: Rules,
  status: 200,
})

export const addFaults = call({
  id: 'control-faults-add',
  method: 'POST',
  path: '/faults',
  summary: 'Add fault rules',
  description:
    'Takes a rule, a preset, or a list of those; all of them are added, or none. They come after the rules that are there. The names of WireMock’s connection faults and of Toxiproxy’s toxics are understood as well, and so is a status in the place of an `error`, or milliseconds in the place of a `delay`. Answers the rules as they are kept.',
  body: Type.Union([FaultRule, Preset, Type.Array(Type.Union([FaultRule, Preset]))], {
    example: { match: { operation: 'account-creation' }, when: { times: 2 }, effect: { error: { status: 503 } } },
  }),
  hasOwnReader: true,
  answer: Rules,
  status: 201,
})

export const clearFaults = call({
  id: 'control-faults-clear',
  method: 'DELETE',
  path: '/faults',
  summary: 'Delete every fault rule',
  status: 204,
})

export const getFault = call({
  id: 'control-faults-get',
  method: 'GET',
  path: '/faults/:id',
  summary: 'Get a fault rule',
  params,
  answer: KeptRule,
  status: 200,
})

export const deleteFault = call({
  id: 'control-faults-delete',
  method: 'DELETE',
  path: '/faults/:id',
  summary: 'Delete a fault rule',
  params,
  status: 204,
})
