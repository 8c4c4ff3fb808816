/** Bodies of requests that end before there is a parser to read them: the journal says what was sent all the same. */
import type { FastifyRequest } from 'fastify'
import { BODY_LIMIT } from '../assumed.ts'

/**
 * Reads the body of a request, up to the limit that bodies have, into its entry for the journal.
 * @param then what to do when all of it came, or when the client has gone
 */
export function whenRead({ raw, entry }: FastifyRequest, then: () => void): void {
  const { 'content-length': length, 'transfer-encoding': encoding } = raw.headers
  if ((length === undefined || length === '0') && encoding === undefined) {
    then()
    return
  }
  const parts: Buffer[] = []
  let size = 0
  const take = (part: Buffer | string) => {
    const bytes = Buffer.from(part)
    if (size < BODY_LIMIT) parts.push(bytes)
    size += bytes.length
  }
  const stop = () => {
    raw.off('data', take).off('end', stop).off('close', stop)
    entry.body = Buffer.concat(parts).toString()
    then()
  }
  raw.on('data', take).once('end', stop).once('close', stop)
}
