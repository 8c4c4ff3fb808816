/** Stage 8: cuts a page out of a list and says in `result_info` where it stands. CONTRACT.md §7. */
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import type { Paging } from '../../schemas/envelope.ts'
import type { Operation, Position, View } from '../../schemas/operation.ts'
import { fail } from '../errors.ts'
import { decodeCursor, encodeCursor, question } from './cursor.ts'
import { Answer } from './envelope.ts'
import type { RequestMode } from './validation.ts'

interface Page {
  result: unknown[]
  info?: Record<string, unknown>
}

interface Asked {
  operation: Operation
  /** The query after validation: numbers are numbers, defaults are filled in. */
  query: Record<string, unknown>
  /** What cursors are bound to. */
  path: string
  strict: boolean
}

/** What `page_size` is when it is left out or 0. */
const PAGE_SIZE = 10

/** One way of cutting for each kind of paging. */
const CUTS: Record<Paging, (view: View<unknown>, asked: Asked) => Page> = {
  page(view, { operation, query }) {
    const page = Math.floor(query.page as number)
    // Too large a `per_page` is capped without a word (ERRORS.md §4).
    const most = (operation.query.properties.per_page as { maximum?: number } | undefined)?.maximum
    const per_page = Math.min(Math.floor(query.per_page as number), most ?? Number.POSITIVE_INFINITY)
    const result = view.slice((page - 1) * per_page, per_page)
    const total_count = view.total()
    const total_pages = Math.ceil(total_count / per_page)
    return { result, info: { page, per_page, total_pages, count: result.length, total_count } }
  },

  cursor(view, asked) {
    const bound = question(asked.path, asked.query)
    const { items, next } = view.after(position(asked, 'cursor', bound), Math.floor(asked.query.limit as number))
    const cursor = next && encodeCursor(next, bound)
    return {
      result: items,
      info: { count: String(items.length), ...(cursor && { cursor, cursors: { after: cursor } }) },
    }
  },

  history(view, asked) {
    const { result, info } = CUTS.cursor(view, asked)
    const cursor = info?.cursor
    return { result, info: { count: result.length, ...view.info, ...(cursor !== undefined && { cursor }) } }
  },

  token(view, asked) {
    const bound = question(asked.path, asked.query)
    const size = (asked.query.page_size as number | undefined) || PAGE_SIZE
    const { items, next } = view.after(position(asked, 'page_token', bound), size)
    return {
      result: items,
      info: { ...(next && { next_page_token: encodeCursor(next, bound) }), total_size: view.total() },
    }
  },

  single(view, { operation }) {
    const result = view.slice(0, Number.POSITIVE_INFINITY)
    if (operation.family !== 'billing') return { result }
    const count = result.length
    // 20 is what was recorded; with more rows than that, the one page is as long as it must be.
    const per_page = Math.max(20, count)
    return { result, info: { page: 1, per_page, total_pages: Math.min(1, count), count, total_count: count } }
  },
}

/** Where to go on. A cursor that cannot be read means the first page, or in `strict` mode an error. */
function position({ query, strict }: Asked, name: string, bound: string): Position | undefined {
  const text = query[name] as string | undefined
  if (!text) return undefined
  const found = decodeCursor(text, bound)
  if (found || !strict) return found
  throw fail(
    'BAD_PARAMETERS',
    {},
    {
      chain: [{ code: 11000, message: `${name} variable does not belong to this list and these filters` }],
    },
  )
}

const stage: FastifyPluginAsync<{ requests: RequestMode }> = async (app, { requests }) => {
  app.addHook('preSerialization', (request: FastifyRequest, _reply, payload, done) => {
    const operation = request.operation
    if (!(payload instanceof Answer) || !operation?.paging) return done(null, payload)
    try {
      const asked: Asked = {
        operation,
        query: request.query as Record<string, unknown>,
        path: JSON.stringify(request.params) + operation.path,
        strict: requests === 'strict',
      }
      const { result, info } = CUTS[operation.paging](payload.result as View<unknown>, asked)
      done(null, new Answer(result, payload.messages, info))
    } catch (failure) {
      done(failure as Error)
    }
  })
}

export default plugin(stage, { name: 'paging' })
