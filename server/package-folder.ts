/** Where the package's own files are. */
import { fileURLToPath } from 'node:url'

/** The folder of the fixtures that come with it. The same from source (`server/`) and from the bundle (`dist/`). */
export const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url))
