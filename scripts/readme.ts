/** Writes the generated parts of README.md: `npm run readme`. A test holds the file to it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { OPTIONS } from '../schemas/config.ts'
import { ASSUMED } from '../server/assumed.ts'
import { resources } from '../server/resources/index.ts'

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

function options(): string {
  const rows = OPTIONS.map(({ flag, env, type, choices, default: value, description }) => {
    const form = type === 'boolean' ? flag : `${flag} <${choices?.join('\\|') ?? type}>`
    return `| \`${form}\` | \`${env}\` | \`${value}\` | ${description} |`
  })
  return ['| flag | environment | default | |', '|---|---|---|---|', ...rows].join('\n')
}

function assumptions(): string {
  const rows = Object.values(ASSUMED).map(({ status, code, message }) => {
    return `| ${status} | ${code} | ${message.replaceAll('|', '\\|')} |`
  })
  return ['| status | code | message |', '|---|---|---|', ...rows].join('\n')
}

const PARTS: Record<string, () => string> = { operations, options, assumptions }

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
