/** What is named and not there: 404. */
import { CloudError } from '../cloud-error.ts'
import { didYouMean, thereAre } from '../near.ts'

/**
 * @param task what fails: `delete`
 * @param kind of what is missing: `snapshot`
 * @param names those that there are
 * @throws CloudError always
 */
export function missing(task: string, kind: string, name: string, names: readonly string[]): never {
  const words = `${didYouMean(name, names)}${thereAre(names, kind)}`
  throw new CloudError(`Failed to ${task}: there is no ${kind} ${JSON.stringify(name)}.${words}`, { status: 404 })
}
