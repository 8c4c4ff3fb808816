/** The licences of what is in the bundle: most ask that their words come with every copy. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

/**
 * Writes them into one file.
 * @param metafiles what esbuild says of each build
 * @throws Error for a package that has no licence
 */
export function writeNotices(metafiles, outfile) {
  const inputs = metafiles.flatMap(({ outputs }) => Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs)))
  const folders = inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [])
  const notices = new Map([...new Set(folders)].sort().map(noticeOf))
  const text = `fauxflare holds parts of these packages, under the licences that follow.\n${[...notices.values()].join('')}`
  writeFileSync(outfile, text)
}

/** By name and version: a package may be there twice. */
function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
  const file = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file))
  if (!license && !file) throw new Error(`${folder} has no licence.`)
  const title = `${name} ${version} (${license})`
  const text = file ? readFileSync(`${folder}/${file}`, 'utf8').trim() : 'It comes without a text.'
  return [title, `\n${'-'.repeat(80)}\n${title}\n\n${text}\n`]
}
