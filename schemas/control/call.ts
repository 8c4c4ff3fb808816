/**
 * What a call of the control API is, as data. Its route, its place in the document and `fauxflare ctl` are three
 * readings of it.
 */
import { type Static, type TObject, type TSchema, Type } from 'typebox'

export interface ControlCall {
  /** `control-faults-add`: the operationId. What stands behind `control-` are the words of `fauxflare ctl`. */
  id: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/_fauxflare`: `/faults/:id`. */
  path: string
  /** One line, as a heading. */
  summary: string
  description?: string
  params?: TObject
  query?: TObject
  body?: TSchema
  /** True where the body may be left out. */
  bodyOptional?: boolean
  /**
   * True where the state reads the body itself, for it takes more forms than `body` says, or can say better what is
   * wrong with it.
   */
  hasOwnReader?: boolean
  /** What it answers; nothing where it is left out. */
  answer?: TSchema
  /** 201 when something was made, 204 when there is nothing to say. */
  status: 200 | 201 | 204
  /** The status when what it makes was there already. */
  statusAgain?: 200
  /** True for what concerns the server, not one world: it is not there below `/sandboxes/{name}`. */
  defaultOnly?: boolean
  /** True where no token is asked for. */
  isOpen?: boolean
}

/** Declares a call; the type of its handler is read from what it returns. */
export const call = <const Call extends ControlCall>(declared: Call): Call => declared

/** What is left out: parameters, or a body, of which there are none. */
export const NOTHING = Type.Object({}, { additionalProperties: false })

/** What a sandbox or a snapshot may be called. Clients take `.` and `..` out of a path before they send it. */
export const NAME = '^(?!\\.\\.?$)[A-Za-z0-9._-]{1,64}$'

/** The same in words. */
export const NAME_IS = '1 to 64 letters, digits, dots, hyphens and underscores, and neither "." nor ".."'

/** A name as a parameter of a path. */
export const Name = (example: string) => Type.String({ pattern: NAME, description: `${NAME_IS}.`, example })

/** Every error of the control API (RFC 9457). */
export const Problem = Type.Object(
  {
    type: Type.String({ example: 'about:blank' }),
    title: Type.String({ description: 'The status in words.', example: 'Bad Request' }),
    status: Type.Integer({ example: 400 }),
    detail: Type.String({ description: 'What failed, why, and what to do.' }),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: Type.String({ description: 'A JSON pointer into the body, or the name of a parameter.' }),
          detail: Type.String(),
        }),
        { description: 'What is wrong with what was sent, field by field.' },
      ),
    ),
  },
  { title: 'Problem' },
)
export type Problem = Static<typeof Problem>
