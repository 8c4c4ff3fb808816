/** Whether an audit log tells a story that can be true. */

import type { AccountStory, DemoPlan, TokenLife } from '../../fixtures/demo/story.ts'
import type { AuditLogRow } from '../../schemas/audit-logs.ts'
import { isFrom } from '../../server/rules/client-address.ts'

const DAY = 86_400_000

/** Addresses that are set aside for documentation. */
const DOCUMENTATION = /^(?:192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)\d{1,3}$|^2001:db8:[0-9a-f:]*$/

/** What no resource comes with and leaves with. */
const LASTING = ['cache', 'zone_setting', 'api_key']

/** Everything that is wrong with a log, in words; nothing when it is consistent. */
export function faultsOf(log: readonly AuditLogRow[], story: AccountStory, plan: DemoPlan): string[] {
  return [...faultsOfTimes(log, plan), ...faultsOfActors(log, story), ...faultsOfLives(log), ...faultsOfSecrets(log)]
}

function faultsOfTimes(log: readonly AuditLogRow[], { until, audit_days }: DemoPlan): string[] {
  const times = log.map(({ action }) => Date.parse(action.time))
  return [
    ...times.flatMap((time, index) => {
      const isIn = time >= until - audit_days * DAY && time < until
      const isInOrder = index === 0 || time >= (times[index - 1] ?? 0)
      return isIn && isInOrder ? [] : [`${log[index]?.action.time} is out of the window or out of order`]
    }),
    ...(new Set(log.map(({ id }) => id)).size === log.length ? [] : ['an id stands twice']),
  ]
}

/** The time that a token could be used. */
function useOf({ row, made_on, disabled, deleted }: TokenLife): [from: number, to: number] {
  const ends = [disabled?.time, deleted?.time, row.expires_on && Date.parse(row.expires_on)].map(
    (end) => end || Infinity,
  )
  const last = row.last_used_on === undefined ? (deleted?.time ?? 0) : Date.parse(row.last_used_on) + 1
  return [Math.max(made_on, Date.parse(row.not_before ?? row.issued_on)), Math.min(last, ...ends)]
}

function faultsOfActors(log: readonly AuditLogRow[], { account, created_on, stays, tokens }: AccountStory): string[] {
  return log.flatMap(({ action, actor, account: shown }) => {
    const time = Date.parse(action.time)
    const what = `${action.description} at ${action.time}`
    const faults = []
    if (shown.id !== account.id || shown.name !== account.name) faults.push(`${what} is in another account`)
    if (time < created_on) faults.push(`${what}: before there was an account`)
    if (actor?.ip_address !== undefined && !DOCUMENTATION.test(actor.ip_address)) {
      faults.push(`${what}: ${actor.ip_address} might be somebody's`)
    }
    if (actor?.type === 'user') {
      const isThere = stays.some(
        ({ user, from, until = Infinity }) =>
          user.id === actor.id && user.email === actor.email && from <= time && time <= until,
      )
      if (!isThere) faults.push(`${what}: ${actor.email} was no member`)
    } else if (actor?.type === 'account') {
      const life = tokens.find(({ row }) => row.id === actor.token_id && row.name === actor.token_name)
      const [from, to] = life ? useOf(life) : [Infinity, 0]
      if (life && !isFrom(actor.ip_address ?? '', life.row.condition)) faults.push(`${what}: from ${actor.ip_address}`)
      if (actor.id !== account.id || time < from || time >= to)
        faults.push(`${what}: ${actor.token_name} was of no use`)
    } else if (!['system', 'cloudflare_admin'].includes(actor?.type ?? '')) {
      faults.push(`${what}: by nobody`)
    }
    return faults
  })
}

function faultsOfLives(log: readonly AuditLogRow[]): string[] {
  const begun = new Set<string>()
  const gone = new Set<string>()
  return log.flatMap(({ action, resource, raw, zone }) => {
    const { id, product, type = '' } = resource ?? {}
    if (id === undefined || LASTING.includes(type)) return []
    const key = `${product} ${id} ${type === 'dns_record' ? zone?.id : ''}`
    const isSecond = action.type === 'create' && begun.has(key)
    const isLate = gone.has(key)
    if (action.result === 'success') {
      begun.add(key)
      if (action.type === 'delete') gone.add(key)
    }
    return [
      ...(isLate ? [`${action.description} ${key}: it is gone`] : []),
      ...(isSecond ? [`${action.description} ${key}: it was there before`] : []),
      ...((action.result === 'failure') === (raw !== undefined && (raw.status_code ?? 0) >= 400) || !raw
        ? []
        : [`${action.description}: ${raw.status_code} is no ${action.result}`]),
    ]
  })
}

function faultsOfSecrets(log: readonly AuditLogRow[]): string[] {
  return log.flatMap((row) => {
    const text = JSON.stringify(row)
    const isSetting = row.resource?.type === 'zone_setting'
    const found = /[A-Za-z0-9_-]{40,}|sha256|cf[a-z]{2}_/.exec(text) ?? (isSetting ? null : /"value":/.exec(text))
    return found ? [`${row.action.description} shows ${found[0]}`] : []
  })
}
