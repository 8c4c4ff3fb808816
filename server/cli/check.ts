/** `fauxflare check`: looks through fixtures for everything that is wrong with them. */
import { ConfigError } from '../config.ts'
import { type Checked, checkFixtures } from '../fixtures/check.ts'
import { told } from '../fixtures/source.ts'
import { isSystemError, whyUnread } from '../system-error.ts'
import { readReportFlags } from './flags.ts'
import { endWhenUnread } from './output.ts'

/** @throws ConfigError when the command is wrong, and for what cannot be opened */
export async function check(args: readonly string[]): Promise<void> {
  const { words, isJson } = readReportFlags(args, 'check', { name: 'check', takes: 'files' })
  if (words.length === 0) {
    throw new ConfigError('Failed to check: name files or folders of fixtures, as in fauxflare check acme.json.')
  }
  endWhenUnread()
  process.exitCode = runCheck(words, isJson, (text) => process.stdout.write(text))
}

/**
 * Checks files and folders, each by itself, and prints what it found.
 * @param isJson whether as JSON: `{ "files": […], "problems": [{ "path", "line", "column", "pointer", "message" }] }`
 * @returns 0 when all is well, 1 when something is wrong
 * @throws ConfigError for what cannot be opened
 */
export function runCheck(paths: readonly string[], isJson: boolean, write: (text: string) => void): 0 | 1 {
  const checked = paths.map(opened)
  const problems = checked.flatMap(({ findings }) => findings)
  write(isJson ? `${JSON.stringify(reportOf(checked), null, 2)}\n` : checked.map(textOf).join(''))
  return problems.length === 0 ? 0 : 1
}

function opened(path: string): Checked {
  try {
    return checkFixtures(path)
  } catch (error) {
    if (!isSystemError(error)) throw error
    throw new ConfigError(`Failed to check ${JSON.stringify(path)}: ${whyUnread(error, path)}.`)
  }
}

function reportOf(checked: readonly Checked[]) {
  return {
    files: checked.map(({ path, rows, added, findings, isCut }) => ({
      path,
      problems: findings.length,
      isCut,
      rows,
      added,
    })),
    problems: checked.flatMap(({ findings }) =>
      findings.map(({ path, line, column, pointer, message, hint }) => ({
        path,
        ...(line !== undefined && { line, column }),
        pointer,
        message: `${message}.${hint ?? ''}`,
      })),
    ),
  }
}

function textOf({ path, findings, isCut, rows, added }: Checked): string {
  if (findings.length === 0) {
    const follow = Object.keys(added).length === 0 ? '' : ` (${countsOf(added)} added)`
    return `${path}: ${countsOf(rows) || 'no rows'}${follow}. All is well.\n`
  }
  const count = `${findings.length} problem${findings.length === 1 ? '' : 's'}${isCut ? ', and there are more' : ''}`
  return [...findings.map((finding) => told(finding)), `${path}: ${count}.\n`].join('\n')
}

/** `3 accounts, 1 member` */
function countsOf(rows: Readonly<Record<string, number>>): string {
  return Object.entries(rows)
    .map(([name, count]) =>
      `${count} ${count === 1 ? name.replace(/ies$/, 'ys').replace(/s$/, '') : name}`.replaceAll('_', ' '),
    )
    .join(', ')
}
