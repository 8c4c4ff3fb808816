#!/usr/bin/env node
/** The command line: finds the command and runs it. Exit codes: see cli/exit-codes.ts. */
import module from 'node:module'
import { parseArgs } from 'node:util'
import { CTL_OPTIONS, EXEC_OPTIONS, OPTIONS, SEED_OPTIONS } from '../schemas/config.ts'
import { declare } from './cli/flags.ts'
import { ConfigError } from './config.ts'
import { VERSION } from './version.ts'

/** V8 keeps what it compiles of the files below where Node can have it so (22.8 and newer): a sixth of a start. */
const { enableCompileCache } = module as { enableCompileCache?: () => unknown }
enableCompileCache?.()

/** Every option that has a value, so that no value is taken for the command. */
const OPTIONS_OF_ALL = {
  ...declare([...OPTIONS, ...EXEC_OPTIONS, ...CTL_OPTIONS, ...SEED_OPTIONS]),
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

/** The first word, and everything else in its order. What comes behind `--` is no matter of ours. */
function split(args: string[]) {
  const { tokens } = parseArgs({ args, options: OPTIONS_OF_ALL, strict: false, allowPositionals: true, tokens: true })
  const end = tokens.find(({ kind }) => kind === 'option-terminator')?.index ?? args.length
  const own = tokens.filter(({ index }) => index < end)
  const word = own.find(({ kind }) => kind === 'positional')
  return {
    command: word && args[word.index],
    rest: args.filter((_, index) => index !== word?.index),
    asks: (name: string) => own.some((token) => token.kind === 'option' && token.name === name),
  }
}

async function helpOn(command: string | undefined): Promise<string> {
  if (command === 'ctl') return (await import('./cli/ctl-help.ts')).ctlHelp()
  if (command === 'seed') return (await import('./cli/seed-help.ts')).seedHelp()
  return (await import('./cli/help.ts')).help()
}

/** Commands that a start can do without are loaded when they are asked for. */
async function main(): Promise<void> {
  const args = process.argv.slice(2)
  const { command, rest, asks } = split(args)
  if (asks('help')) {
    return void process.stdout.write(await helpOn(command))
  }
  if (asks('version')) return void process.stdout.write(`${VERSION}\n`)
  if (command === 'exec') return (await import('./cli/exec.ts')).exec(rest)
  if (command === 'ctl') return (await import('./cli/ctl.ts')).ctl(rest)
  if (command === 'seed') return (await import('./cli/seed.ts')).seed(rest)
  if (command === 'check') return (await import('./cli/check.ts')).check(rest)
  if (command === 'drift') return (await import('./cli/drift.ts')).compare(rest)
  await (await import('./cli/serve.ts')).serve(args)
}

try {
  await main()
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(2)
}
