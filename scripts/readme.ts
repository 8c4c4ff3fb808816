/** Writes the generated parts of README.md: `npm run readme`. A test holds the file to it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { CTL_OPTIONS, EXEC_OPTIONS, OPTIONS, type Option } from '../schemas/config.ts'
import { ASSUMED } from '../server/assumed.ts'
import { SPOKEN, usageOf } from '../server/cli/calls.ts'
import { EXIT_CODES } from '../server/cli/exit-codes.ts'
import { resources } from '../server/resources/index.ts'
import { PRESETS } from '../server/state/faults/presets.ts'

const PAGING = { page: 'pages', cursor: 'cursor', token: 'page token', single: 'one page' }

function operations(): string {
  const rows = resources.flatMap(({ endpoints }) =>
    endpoints.map(({ operation, tag }) => {
      const path = operation.path.replace(/\(.*?\)/, '').replace(/:(\w+)/g, '{$1}')
      const list = operation.paging ? PAGING[operation.paging] : ''
      return `| \`${operation.method} ${path}\` | \`${operation.id}\` | ${tag} | ${list} |`
    }),
  )
  return ['| call | operation | group | list |', '|---|---|---|---|', ...rows].join('\n')
}

function options(listed: readonly Option[]): string {
  const rows = listed.map(({ flag, env, type, choices, default: value, description }) => {
    const form = type === 'boolean' ? flag : `${flag} <${choices?.join('\\|') ?? type}>`
    return `| \`${form}\` | \`${env}\` | ${value === '' ? 'none' : `\`${value}\``} | ${description} |`
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
  const rows = Object.values(ASSUMED).map(({ status, code, message }) => {
    return `| ${status} | ${code} | ${message.replaceAll('|', '\\|')} |`
  })
  return ['| status | code | message |', '|---|---|---|', ...rows].join('\n')
}

const PARTS: Record<string, () => string> = {
  operations,
  options: () => options(OPTIONS),
  exec: () => options(EXEC_OPTIONS),
  ctl: () => options(CTL_OPTIONS),
  calls,
  codes,
  presets,
  assumptions,
}

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
