/**
 * Looks through what is about to be published: `npm pack --json | tsx scripts/package-contents.ts`. Ends with 1 when
 * there is something that nobody needs, or too much.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** What `npm pack --json` says of a package. */
export interface Contents {
  files: readonly { path: string }[]
  /** Bytes. */
  unpackedSize: number
}

/** Bytes when it is unpacked. */
const MOST = 5_000_000

/** What runs, what types are read from, and what people read. */
const WANTED = [
  /^dist\/[\w-]+\.c?js$/,
  /^dist\/checks\/[\w-]+\.cjs$/,
  /^dist\/fixture-sets\/\w+\.json$/,
  /^dist\/types\/(?:schemas|server)\/[\w/-]+\.d\.ts$/,
  /^dist\/THIRD-PARTY\.txt$/,
  /^schemas\/fixtures\.schema\.json$/,
  /^(?:package\.json|README\.md|CHANGELOG\.md|LICENSE)$/,
]

/** What is wrong with it, a line for each problem. */
export function problemsOf({ files, unpackedSize }: Contents): string[] {
  const strange = files.filter(({ path }) => !WANTED.some((form) => form.test(path)))
  const problems = strange.map(({ path }) => `${path} is of no use to who installs this.`)
  if (unpackedSize >= MOST) problems.push(`${unpackedSize} bytes are too many: there may be less than ${MOST}.`)
  return problems
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [contents] = JSON.parse(readFileSync(0, 'utf8')) as [Contents]
  const problems = problemsOf(contents)
  console.log(problems.join('\n') || `${contents.files.length} files, ${contents.unpackedSize} bytes. All is well.`)
  if (problems.length > 0) process.exitCode = 1
}
