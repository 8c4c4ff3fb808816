/** `/_fauxflare/requests`: what clients sent, and what they got. */
import { clearRequests, getRequest, listRequests, verifyRequests } from '../../schemas/control/requests.ts'
import { CloudError } from '../cloud-error.ts'
import { control } from './control.ts'

export default [
  control(listRequests, ({ cloud, query: { limit = 100, cursor, ...filter } }) => {
    const { exchanges: requests, ...rest } = cloud.requests.page(filter, limit, cursor)
    return { requests, ...rest, dropped: cloud.requests.dropped }
  }),
  control(clearRequests, ({ cloud }) => cloud.requests.clear()),
  control(verifyRequests, ({ cloud, body }) => cloud.requests.verify(body)),
  control(getRequest, ({ cloud, params: { id } }) => {
    const exchange = cloud.requests.get(id)
    if (exchange) return exchange
    throw new CloudError(
      `Failed to find the request ${JSON.stringify(id)}: the journal does not have it, or no longer. GET /_fauxflare/requests lists what it has.`,
      { status: 404 },
    )
  }),
]
