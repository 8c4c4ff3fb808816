/** The log of one request. */
import type { FastifyBaseLogger } from 'fastify'

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
type Words = readonly unknown[]
type Bindings = Parameters<FastifyBaseLogger['child']>[0]
type Options = Parameters<FastifyBaseLogger['child']>[1]

/**
 * Says what it says with the id of the request, as the child of Pino would that Fastify makes for each request. That one
 * is made for the first line: few requests have anything to say.
 */
export class RequestLog implements FastifyBaseLogger {
  readonly #parent: FastifyBaseLogger
  readonly #bindings: Bindings
  readonly #options: Options
  #own: FastifyBaseLogger | undefined = undefined

  constructor(parent: FastifyBaseLogger, bindings: Bindings, options: Options) {
    this.#parent = parent
    this.#bindings = bindings
    this.#options = options
  }

  get level(): string {
    return this.#child().level
  }

  set level(level: string) {
    this.#child().level = level
  }

  fatal(...words: Words): void {
    this.#say('fatal', words)
  }

  error(...words: Words): void {
    this.#say('error', words)
  }

  warn(...words: Words): void {
    this.#say('warn', words)
  }

  info(...words: Words): void {
    this.#say('info', words)
  }

  debug(...words: Words): void {
    this.#say('debug', words)
  }

  trace(...words: Words): void {
    this.#say('trace', words)
  }

  silent(...words: Words): void {
    this.#say('silent', words)
  }

  child(bindings: Bindings, options?: Options): FastifyBaseLogger {
    return this.#child().child(bindings, options)
  }

  #say(level: Level, words: Words): void {
    const child = this.#child()
    Reflect.apply(child[level], child, words)
  }

  #child(): FastifyBaseLogger {
    this.#own ??= this.#parent.child(this.#bindings, this.#options)
    return this.#own
  }
}
