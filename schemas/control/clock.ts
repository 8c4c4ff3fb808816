/** Calls about time. */
import { type Static, Type } from 'typebox'
import { DateTime, oneOf } from '../fields.ts'
import { call } from './call.ts'

const Mode = oneOf(['real', 'frozen', 'offset'], {
  description: '`real`: as the machine’s. `frozen`: stands still. `offset`: runs on from another time.',
})

/** How the clock of a world runs. */
export const ClockSetting = Type.Object(
  { mode: Mode, now: DateTime({ example: '2026-11-21T10:00:00.000Z' }) },
  { title: 'ClockSetting' },
)
export type ClockSetting = Static<typeof ClockSetting>

export const getClock = call({
  id: 'control-clock',
  method: 'GET',
  path: '/clock',
  summary: 'Get the time',
  answer: ClockSetting,
  status: 200,
})

export const setClock = call({
  id: 'control-clock-set',
  method: 'PUT',
  path: '/clock',
  summary: 'Set the clock',
  description:
    'With `now` alone, a frozen clock stands still at that time, and any other runs on from there. With `mode` alone, it goes on with the time that it has; `real` goes back to the time of the machine. Going back in time is allowed.',
  body: Type.Object(
    {
      mode: Type.Optional(Mode),
      now: Type.Optional(DateTime({ description: 'An ISO 8601 time with its zone, such as `2026-11-21T10:00:00Z`.' })),
    },
    { title: 'ClockChange', additionalProperties: false, minProperties: 1, example: { mode: 'frozen' } },
  ),
  answer: ClockSetting,
  status: 200,
})

export const advanceClock = call({
  id: 'control-clock-advance',
  method: 'POST',
  path: '/clock/advance',
  summary: 'Advance the clock',
  body: Type.Object(
    {
      by: Type.String({
        description: 'An ISO 8601 duration; with a minus before it, back in time.',
        example: 'P31D',
        minLength: 1,
        maxLength: 100,
      }),
    },
    { title: 'ClockAdvance', additionalProperties: false },
  ),
  answer: ClockSetting,
  status: 200,
})
