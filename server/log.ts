/** Where log lines go: to standard error, so that standard output is left to the one line that scripts wait for. */
import type { FastifyBaseLogger } from 'fastify'
import { type DestinationStream, pino } from 'pino'
import type { Config } from '../schemas/config.ts'

/** What lines are written to: Pino's. */
export type Log = FastifyBaseLogger

/** Fastify speaks of requests and answers as a whole. What they carry is not for a log. */
const SERIALIZERS = {
  req: ({ method }: { method?: string }) => ({ method }),
  res: ({ statusCode }: { statusCode?: number }) => ({ statusCode }),
}

/** @param stream gets a line of JSON for each thing that is said at this level, or above */
export function logTo(stream: DestinationStream, level: string): Log {
  return pino({ level, serializers: SERIALIZERS }, stream)
}

/**
 * @param isTerminal whether a person reads along; then the lines are coloured text, else JSON
 * @returns undefined for `silent`
 */
export async function logFor(log: Config['log'], isTerminal: boolean): Promise<Log | undefined> {
  if (log === 'silent') return undefined
  const level = log === 'json' ? 'info' : log
  if (!isTerminal) return logTo(process.stderr, level)
  const { default: pretty } = await import('pino-pretty')
  return logTo(pretty({ destination: 2, ignore: 'pid,hostname,reqId', translateTime: 'SYS:HH:MM:ss' }), level)
}
