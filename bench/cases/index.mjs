/** Every case, in the order of the table. */
import { account } from './account.mjs'
import { audit } from './audit.mjs'
import { coldStart } from './cold-start.mjs'
import { create } from './create.mjs'
import { keep } from './keep.mjs'
import { million } from './million.mjs'
import { page } from './page.mjs'
import { reset } from './reset.mjs'

/**
 * @typedef {object} Case
 * @property {string} name as `--cases` has it
 * @property {string} what in a few words
 * @property {(bench: import('../bench.mjs').Bench) => Promise<import('../result.mjs').Group[]>} run
 */

/** @type {readonly Case[]} */
export const CASES = [coldStart, account, page, create, audit, million, reset, keep]
