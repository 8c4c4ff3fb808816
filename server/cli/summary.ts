/** What `fauxflare seed` says when it is done. */
import { styleText } from 'node:util'
import type { Seeded } from '../../schemas/control/seed.ts'

/**
 * A table of what was added, and a line that says what it was made from, how long it took and where it went.
 * @param stream where it goes: on a terminal, with what matters in bold
 */
export function summaryOf(
  seeded: Seeded,
  where: string,
  ms: number,
  stream: NodeJS.WriteStream = process.stderr,
): string {
  const { seed, call, until, added } = seeded
  const rows = Object.entries(added).map(([name, count]) => [name.replaceAll('_', ' '), grouped(count)] as const)
  const total = grouped(Object.values(added).reduce((sum, count) => sum + count, 0))
  const width = Math.max(...[...rows.map(([name]) => name), 'in all'].map(({ length }) => length))
  const line = ([name, count]: readonly [string, string]) =>
    `  ${name.padEnd(width)}  ${count.padStart(Math.max(total.length, 4))}`
  const strong = (text: string) => styleText('bold', text, { stream })
  const faint = (text: string) => styleText('dim', text, { stream })
  return [
    ...rows.map(line),
    strong(line(['in all', total])),
    faint(`  seed ${seed}, call ${call}, until ${until}, in ${(ms / 1000).toFixed(1)} s`),
    `  ${where}`,
    '',
  ].join('\n')
}

/**
 * A number with its thousands apart.
 * @example grouped(1234567) // '1,234,567'
 */
const grouped = (count: number) => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')
