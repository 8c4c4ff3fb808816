#!/usr/bin/env node
/** The command line. Exit codes: 0 for a clean end, 1 when something failed, 2 when the command itself is wrong. */
import { parseArgs } from 'node:util'
import closeWithGrace from 'close-with-grace'
import { type Config, OPTIONS, type OptionName } from '../schemas/config.ts'
import { banner, help } from './banner.ts'
import { ConfigError, parseOption, readConfig } from './config.ts'
import { loggerFor } from './log.ts'
import { type Fauxflare, start } from './start.ts'
import { VERSION } from './version.ts'

/** A command that is wrong: one line, exit code 2. */
function wrong(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}

interface Flags {
  values: Record<string, string | boolean | undefined>
  positionals: string[]
}

function readFlags(args: string[]): Flags {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      allowNegative: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
        json: { type: 'boolean' },
        ...Object.fromEntries(
          OPTIONS.map(({ name, type }) => [
            name,
            { type: type === 'boolean' ? ('boolean' as const) : ('string' as const) },
          ]),
        ),
      },
    }) as Flags
  } catch (error) {
    return wrong(`Failed to start: ${(error as Error).message.replace(/\s+/g, ' ')} See fauxflare --help.`)
  }
}

async function serve(given: Partial<Config>): Promise<void> {
  const config = readConfig({ given, env: process.env, folder: process.cwd() })
  const isTerminal = Boolean(process.stdout.isTTY) && config.log !== 'json'
  let server: Fauxflare | undefined
  // Before anything else: as the first process of a container, a signal that nobody handles does nothing.
  closeWithGrace({ delay: 2000, logger: false }, async ({ err }) => {
    if (err) process.stderr.write(`fauxflare failed: ${err.stack ?? err.message}\n`)
    await server?.close()
  })
  try {
    server = await start(config, await loggerFor(config.log, isTerminal))
  } catch (error) {
    process.stderr.write(`${explain(error, config)}\n`)
    process.exit(1)
  }
  const { url, port } = server
  const ready = isTerminal ? banner(server, config) : JSON.stringify({ ready: true, url, port, pid: process.pid })
  process.stdout.write(`${ready}\n`)
}

/** What the system refuses, in one line with advice. Everything else is a bug and shows its stack. */
function explain(error: unknown, { host, port }: Config): string {
  const { code, message, syscall } = error as NodeJS.ErrnoException
  if (syscall === undefined) throw error
  if (code === 'EADDRINUSE') {
    return `Failed to listen: port ${port} on ${host} is taken. Choose another with --port, or --port 0 for a free one.`
  }
  const advice = code === 'EACCES' ? 'another port with --port' : 'an address of this machine with --host'
  return `Failed to listen: ${message}. Choose ${advice}.`
}

async function main(): Promise<void> {
  const { values, positionals } = readFlags(process.argv.slice(2))
  if (values.help) return void process.stdout.write(help())
  if (values.version) return void process.stdout.write(`${VERSION}\n`)
  const [command, ...rest] = positionals
  if (command === 'drift') {
    const [file] = rest
    if (file === undefined || rest.length > 1)
      wrong('Failed to compare: name one OpenAPI file, as in fauxflare drift openapi.json.')
    const stray = OPTIONS.find(({ name }) => values[name] !== undefined)
    if (stray) wrong(`Failed to compare: ${stray.flag} is for serving. fauxflare drift takes a file and --json.`)
    const { drift } = await import('./drift.ts')
    process.exitCode = await drift(file, values.json === true)
    return
  }
  if (values.json) wrong('Failed to start: --json belongs to fauxflare drift. For log lines in JSON, use --log json.')
  if (command !== undefined) wrong(`Failed to start: there is no command "${command}". See fauxflare --help.`)
  const given: Record<string, unknown> = {}
  for (const { name } of OPTIONS) {
    const value = values[name]
    if (value !== undefined) given[name] = typeof value === 'string' ? parseOption(name as OptionName, value) : value
  }
  await serve(given)
}

try {
  await main()
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  wrong(error.message)
}
