/** Runs npm, in a folder of its own. */
import { spawn } from 'node:child_process'

/**
 * @param {string[]} args
 * @param {string} cwd
 * @returns {Promise<string>} what it wrote to its standard output
 * @throws Error with the last lines of what it said
 */
export async function npm(args, cwd) {
  // `npm run` tells its children which folder is theirs, and this is another.
  const { npm_config_local_prefix: _, ...env } = process.env
  const child = spawn('npm', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' })
  let [out, said] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text
  })
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  if (code === 0) return out
  const lines = said.split('\n').filter((line) => /\S/.test(line) && !line.includes('npm warn'))
  throw new Error(`"npm ${args.join(' ')}" failed in ${cwd}:\n${lines.slice(-12).join('\n')}`)
}
