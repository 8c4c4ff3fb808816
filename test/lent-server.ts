/** Servers that tests hand on to each other: to make one takes as long as some twenty requests. */
import type { FastifyInstance } from 'fastify'
import type { Config } from '../schemas/config.ts'
import { createApp } from '../server/app.ts'
import type { Worlds } from '../server/worlds.ts'

export interface LentServer {
  readonly app: FastifyInstance
  /** What it remembers while it is lent: each test brings worlds of its own. */
  worlds: Worlds
}

/** Those that nobody has now, by their options. */
const free = new Map<string, LentServer[]>()

/** A server with these options and these worlds: one that is free, or a new one. */
export async function lend(config: Config, worlds: Worlds): Promise<LentServer> {
  const known = free.get(JSON.stringify(config))?.pop()
  if (known) {
    known.worlds = worlds
    return known
  }
  const now = { worlds }
  const lent = new Proxy(worlds, {
    get(_, name) {
      const value = Reflect.get(now.worlds, name, now.worlds)
      return typeof value === 'function' ? value.bind(now.worlds) : value
    },
  })
  return Object.assign(now, { app: await createApp(lent, config) })
}

/** Hands a server on. Nothing of the test may still be going on in it. */
export function giveBack(config: Config, server: LentServer): void {
  const of = JSON.stringify(config)
  free.set(of, [...(free.get(of) ?? []), server])
}
