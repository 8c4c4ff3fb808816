/** Writes the generated parts of README.md: `npm run readme`. A test holds the file to it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { ACCOUNT } from '../fixtures/docs/accounts.ts'
import { apiKey, tokenValue } from '../fixtures/docs/hash.ts'
import { DOCUMENTED_KEY } from '../fixtures/docs/people.ts'
import { rows } from '../fixtures/rows.ts'
import { CTL_OPTIONS, EXEC_OPTIONS, OPTIONS, type Option, SEED_OPTIONS } from '../schemas/config.ts'
import { members } from '../schemas/members.ts'
import { QUIRKS } from '../schemas/quirks.ts'
import { roles } from '../schemas/roles.ts'
import { ASSUMED } from '../server/assumed.ts'
import { SPOKEN, usageOf } from '../server/cli/calls.ts'
import { EXIT_CODES } from '../server/cli/exit-codes.ts'
import { resources } from '../server/resources/index.ts'
import { PRESETS } from '../server/state/faults/presets.ts'
import { documented } from '../server/state/faults/templates.ts'

const PAGING = { page: 'pages', cursor: 'cursor', token: 'page token', single: 'one page', history: 'cursor' }

function operations(): string {
  const rows = resources.flatMap(({ endpoints }) =>
    endpoints.map(({ operation, tag }) => {
      const list = operation.paging ? PAGING[operation.paging] : ''
      const counted = operation.neighbour ? '' : 'yes'
      return `| \`${operation.method} ${documented(operation.path)}\` | \`${operation.id}\` | ${tag} | ${list} | ${counted} |`
    }),
  )
  return ['| call | operation | group | list | documented |', '|---|---|---|---|---|', ...rows].join('\n')
}

function options(listed: readonly Option[]): string {
  const rows = listed.map(({ flag, env, type, choices, default: value, description }) => {
    const form = type === 'boolean' ? flag : `${flag} <${choices?.join('\\|') ?? type}>`
    const named = env === '' ? '' : `\`${env}\``
    const standard = value === undefined || value === '' ? 'none' : `\`${value}\``
    return `| \`${form}\` | ${named} | ${standard} | ${description} |`
  })
  return ['| flag | environment | default | |', '|---|---|---|---|', ...rows].join('\n')
}

function calls(): string {
  const rows = SPOKEN.map((said) => {
    const { method, path } = said.call
    return `| \`${usageOf(said).replaceAll('|', '\\|')}\` | \`${method} ${path.replace(/:(\w+)/g, '{$1}')}\` | ${said.summary} |`
  })
  return ['| `fauxflare ctl …` | `/_fauxflare` | |', '|---|---|---|', ...rows].join('\n')
}

function codes(): string {
  const rows = EXIT_CODES.map(({ code, meaning }) => `| ${code} | ${meaning} |`)
  return ['| exit code | |', '|---|---|', ...rows].join('\n')
}

function presets(): string {
  const rows = Object.entries(PRESETS).map(([name, { description }]) => `| \`${name}\` | ${description} |`)
  return ['| preset | |', '|---|---|', ...rows].join('\n')
}

function assumptions(): string {
  const rows = Object.entries(ASSUMED).map(([name, { status, code, message }]) => {
    const words = name.toLowerCase().replaceAll('_', ' ')
    return `| ${words} | ${status} | ${code} | ${message.replaceAll('|', '\\|')} |`
  })
  return ['| | status | code | message |', '|---|---|---|---|', ...rows].join('\n')
}

function quirks(): string {
  const rows = Object.entries(QUIRKS).map(([name, { what, evidence }]) => `| \`${name}\` | ${what} | ${evidence} |`)
  return ['| quirk | what happens | who saw it |', '|---|---|---|', ...rows].join('\n')
}

/** One for each thing that somebody may be. */
const PEOPLE = [
  'user@example.com',
  'alice@example.com',
  'priya.raman@example.com',
  'anna.kowalska@example.com',
  'beatrice.conti@example.com',
  'lucas.ferreira@example.com',
  'noah.bergstrom@example.com',
  'julia.stein@example.org',
  'mina.sato@example.net',
]

function people(): string {
  const names = new Map(rows(roles).map(({ id, name }) => [id, name]))
  const lines = PEOPLE.map((email) => {
    const isDocumented = email === 'user@example.com'
    const key = isDocumented ? DOCUMENTED_KEY : apiKey(email)
    const token = isDocumented ? 'Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY' : tokenValue(email)
    const row = rows(members).find(({ account_id, user }) => account_id === ACCOUNT.demo && user.email === email)
    const held = (row?.roles ?? []).map((id) => names.get(id)).join(', ')
    const what = row?.status === 'pending' ? `invited as ${held}` : held || 'nothing'
    return `| \`${email}\` | ${what} | \`${key}\` | \`${token}\` |`
  })
  return ['| user | | global key | token |', '|---|---|---|---|', ...lines].join('\n')
}

const PARTS: Record<string, () => string> = {
  operations,
  options: () => options(OPTIONS),
  exec: () => options(EXEC_OPTIONS),
  ctl: () => options(CTL_OPTIONS),
  seed: () => options(SEED_OPTIONS),
  calls,
  codes,
  presets,
  assumptions,
  quirks,
  people,
}

/** The names of the parts, each of which has its place in the README. */
export const PART_NAMES = Object.keys(PARTS)

/** The text with every generated part as it should be now. */
export function regenerate(text: string): string {
  return text.replace(
    /(<!-- generated: (\w+) -->\n)[\s\S]*?(\n<!-- end -->)/g,
    (_, start: string, name: string, end: string) => `${start}\n${PARTS[name]?.()}\n${end}`,
  )
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync('README.md', regenerate(readFileSync('README.md', 'utf8')))
}
