/** What `fauxflare exec` thinks of a command that ended well. */
import type { Report } from '../../schemas/report.ts'
import { ConfigError } from '../config.ts'
import { didYouMean } from '../near.ts'
import { VERDICT } from './exit-codes.ts'

/** What can be let pass. */
const TOLERABLE = ['violations', 'unmatched', 'unused'] as const

/**
 * Reads what is let pass.
 * @throws ConfigError for a word that there is not
 * @example readTolerance('unmatched, unused')
 */
export function readTolerance(list: string): ReadonlySet<string> {
  const words = list.split(',').flatMap((word) => word.trim() || [])
  const odd = words.find((word) => !(TOLERABLE as readonly string[]).includes(word))
  if (odd !== undefined) {
    const near = didYouMean(odd, TOLERABLE)
    throw new ConfigError(
      `Failed to start: --tolerate takes ${TOLERABLE.join(', ')}, separated by commas, not ${JSON.stringify(odd)}.${near}`,
    )
  }
  return new Set(words)
}

export interface ExecVerdict {
  /** That of the first reason. */
  code: number
  /** Every reason, a sentence each. */
  why: string[]
}

const times = (count: number) => (count === 1 ? 'once' : `${count} times`)

/**
 * Judges.
 * @param minCoverage percent of the documented operations
 * @returns undefined when there is nothing to object to
 */
export function verdictOn(
  { violations, unmatched, faults_unused: unused, coverage, omitted }: Report,
  minCoverage: number,
  tolerated: ReadonlySet<string>,
): ExecVerdict | undefined {
  const sum = (counted: { count: number }[]) => counted.reduce((total, { count }) => total + count, 0)
  const reasons: [name: keyof typeof VERDICT, applies: boolean, why: string][] = [
    ['violations', violations.length > 0, `the contract was broken ${times(sum(violations) + omitted.violations)}.`],
    [
      'unmatched',
      unmatched.length > 0,
      `no operation answers to what was called ${times(sum(unmatched) + omitted.unmatched)}.`,
    ],
    ['unused', unused.length > 0, `${unused.length === 1 ? 'a fault' : `${unused.length} faults`} never struck.`],
    [
      'coverage',
      coverage.percent < minCoverage,
      `${coverage.exercised} of ${coverage.documented} documented operations were called, ${coverage.percent} %; --min-coverage is ${minCoverage} %.`,
    ],
  ]
  const found = reasons.filter(([name, applies]) => applies && !tolerated.has(name))
  const [first] = found
  if (!first) return undefined
  const why = found.map(([name, , text]) => (name === 'coverage' ? text : `${text} --tolerate ${name} lets that pass.`))
  return { code: VERDICT[first[0]], why }
}
