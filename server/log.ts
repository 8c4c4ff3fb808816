/** Where log lines go: to standard error, so that standard output is left to the one line that scripts wait for. */
import type { FastifyServerOptions } from 'fastify'
import type { Config } from '../schemas/config.ts'

/** @param isTerminal whether a person reads along; then the lines are coloured text, else JSON */
export async function loggerFor(log: Config['log'], isTerminal: boolean): Promise<FastifyServerOptions['logger']> {
  if (log === 'silent') return false
  const level = log === 'json' ? 'info' : log
  if (!isTerminal) return { level, stream: process.stderr }
  const { default: pretty } = await import('pino-pretty')
  return { level, stream: pretty({ destination: 2, ignore: 'pid,hostname,reqId', translateTime: 'SYS:HH:MM:ss' }) }
}
