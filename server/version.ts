/** The version of the package. */
import { readFileSync } from 'node:fs'

/** The same from source (`server/`) and from the bundle (`dist/`). */
const PACKAGE = new URL('../package.json', import.meta.url)

/** For example `0.1.0`. */
export const VERSION = (JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string }).version
