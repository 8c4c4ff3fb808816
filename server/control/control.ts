/** The hinge of the control API: what a call is (data, from `schemas/control/`), and what it does. */
import type { Static, TObject, TSchema } from 'typebox'
import type { ControlCall } from '../../schemas/control.ts'
import type { Cloud } from '../cloud.ts'
import type { Clouds } from '../clouds.ts'

type Read<Schema> = Schema extends TSchema ? Static<Schema> : Record<never, never>

/** What a handler is given. All of it has been held against the schemas, but for bodies that have a reader of their own. */
export interface Asked<Call extends ControlCall> {
  /** The world that the path means. */
  cloud: Cloud
  clouds: Clouds
  params: Read<Call['params']>
  query: Read<Call['query']>
  body: Call extends { hasOwnReader: true } ? unknown : Read<Call['body']>
}

/** An answer of a call that makes something, when it was there already. */
export class Again<Answer> {
  readonly answer: Answer

  constructor(answer: Answer) {
    this.answer = answer
  }
}

/** What a handler answers: what the call says, or nothing. */
export type Answered<Call extends ControlCall> = Call['answer'] extends TSchema
  ? Static<Call['answer']> | (Call extends { statusAgain: 200 } ? Again<Static<Call['answer']>> : never)
  : // biome-ignore lint/suspicious/noConfusingVoidType: a handler that answers nothing just ends
    void

/** A call with what it does. */
export interface Control {
  call: ControlCall
  handle(asked: Asked<ControlCall>): unknown
}

/**
 * Puts a call and its handler together: one that answers something else does not compile. What takes long is a promise.
 * @example control(getClock, ({ cloud }) => ({ mode: cloud.clock.mode, now: cloud.clock.now }))
 */
export function control<Call extends ControlCall & { params?: TObject; query?: TObject }>(
  call: Call,
  handle: (asked: Asked<Call>) => Answered<Call> | Promise<Answered<Call>>,
): Control {
  return { call, handle: handle as Control['handle'] }
}
