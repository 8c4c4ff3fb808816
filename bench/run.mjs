/** The benchmark: `npm run bench`. See README.md. */
import { writeFileSync } from 'node:fs'
import { begin } from './bench.mjs'
import { CASES } from './cases/index.mjs'
import { describeMachine } from './machine.mjs'
import { HELP, readOptions, UsageError } from './options.mjs'
import { progressOn } from './progress.mjs'
import { inNumbers } from './result.mjs'
import { tableOf } from './table.mjs'

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => process.exit(130))

const progress = progressOn(process.stderr)
try {
  await main()
} catch (error) {
  progress.end()
  const isUsage = error instanceof UsageError
  process.stderr.write(`${isUsage ? `${error.message} See --help.` : /** @type {Error} */ (error).stack}\n`)
  process.exit(isUsage ? 2 : 1)
}

async function main() {
  const options = readOptions(process.argv.slice(2))
  if (options.help) return void process.stdout.write(HELP)
  if (options.list) {
    return void process.stdout.write(CASES.map(({ name, what }) => `${name.padEnd(10)}${what}\n`).join(''))
  }
  const cases = chosen(options.cases)
  const machine = describeMachine()
  const bench = await begin(options, progress)

  const done = []
  for (const one of cases) {
    try {
      done.push({ name: one.name, groups: await one.run(bench) })
    } catch (error) {
      process.exitCode = 1
      bench.note(`The case "${one.name}" failed: ${/** @type {Error} */ (error).message}`)
    }
  }

  progress.end()
  const { fauxflare, fastify } = bench.subjects
  const report = {
    machine,
    versions: { fauxflare: fauxflare.version, fastify: fastify.version, load: bench.tool.name },
    cores: bench.cores.said,
    options,
    notes: bench.notes,
    cases: done.map(({ name, groups }) => ({ name, groups: groups.map(inNumbers) })),
  }
  const json = `${JSON.stringify(report, null, 2)}\n`
  if (options.out !== undefined) writeFileSync(options.out, json)
  const { repeats, seconds, quick } = options
  process.stdout.write(
    options.json
      ? json
      : `${[
          '',
          `fauxflare ${fauxflare.version} (${machine.commit ?? 'no commit'}), ${machine.date.slice(0, 16).replace('T', ' ')} UTC`,
          `${machine.cpu}, ${machine.cores} cores, ${machine.memory_gib} GiB, ${machine.system}`,
          `Node ${machine.node}, Fastify ${fastify.version}, ${bench.tool.name}; ${bench.cores.said}`,
          `${repeats} rounds of ${seconds} s under load${quick ? ' (--quick: too short for figures to be quoted)' : ''}; medians`,
          ...bench.notes.map((note) => `Note: ${note}`),
          '',
          tableOf(done.flatMap(({ groups }) => groups)),
        ].join('\n')}`,
  )
}

/**
 * @param {string[] | undefined} names
 * @throws UsageError for one that there is not
 */
function chosen(names) {
  if (names === undefined) return CASES
  const unknown = names.filter((name) => !CASES.some((one) => one.name === name))
  if (unknown.length > 0) {
    throw new UsageError(`There is no case ${unknown.join(', ')}, but ${CASES.map(({ name }) => name).join(', ')}.`)
  }
  return CASES.filter(({ name }) => names.includes(name))
}
