/** Calls of all operations, those that read or delete, and those that write. */
import type { Driven } from './driven.ts'
import { iamReads, iamWrites } from './iam-calls.ts'
import { organizationReads, organizationWrites } from './organization-calls.ts'
import { reads as documentedReads } from './reads.ts'
import { userReads, userWrites } from './user-calls.ts'
import { writes as documentedWrites } from './writes.ts'

export const reads: Driven[] = [...documentedReads, ...iamReads, ...organizationReads, ...userReads]
export const writes: Driven[] = [...documentedWrites, ...iamWrites, ...organizationWrites, ...userWrites]
