/** Where the package's own files are. */
import { fileURLToPath } from 'node:url'

/** The folder of the fixtures that come with it, in the source: a folder for each set. */
export const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url))

/** Where the build puts them, a file for each set. From source there is no such folder. */
export const BUILT_FIXTURES = fileURLToPath(new URL('./fixture-sets/', import.meta.url))
