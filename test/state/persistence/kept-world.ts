/** A small world that is kept on a disk in memory. */
import { accounts, zones } from '../../../schemas/accounts.ts'
import type { DataError } from '../../../server/state/persistence/data-error.ts'
import { Keeper, type KeeperOptions } from '../../../server/state/persistence/keeper.ts'
import type { Snapshot } from '../../../server/state/snapshot.ts'
import { World } from '../../../server/state/world.ts'
import { FakeDisk } from './fake-disk.ts'

export const PATH = '/data/cloud.json'
export const CHANGES = (number: number) => `${PATH}.changes-${number}`

export const ACCOUNT = '023e105f4ecef8ad9ca31a8372d0c353'

const account = {
  id: ACCOUNT,
  name: 'Demo Account',
  type: 'standard',
  created_on: '2014-03-01T12:21:02.0000Z',
  settings: {
    abuse_contact_email: null,
    access_approval_expiry: null,
    api_access_enabled: null,
    default_nameservers: null,
    enforce_twofactor: false,
    use_account_custom_ns_by_default: null,
  },
}

const clock = '2026-11-21T10:00:00Z'

/** A world with one account, as the file says or new. */
export function worldOf(snapshot: Snapshot = { tables: { accounts: [account] }, aliases: {}, catalogue: {} }) {
  return World.from(snapshot, { seed: 7, clock: snapshot.clock ? 'real' : clock, stateless: false, journal: 0 })
}

export interface Kept {
  disk: FakeDisk
  keeper: Keeper
  world: World
  warnings: string[]
}

/** Opens what is on a disk, and keeps it. */
export async function keep(disk = new FakeDisk(), options: Partial<KeeperOptions> = {}): Promise<Kept> {
  const warnings: string[] = []
  const keeper = Keeper.open(PATH, { catalogue: {}, disk, warn: (message) => warnings.push(message), ...options })
  const world = worldOf(keeper.snapshot)
  await keeper.attach(world)
  return { disk, keeper, world, warnings }
}

/** An id that begins with a name. */
export const idOf = (name: string) => name.padEnd(32, '-')

/** Adds or replaces a zone, and hands it in. */
export function put({ keeper }: Pick<Kept, 'keeper'>, name: string, id = name): Promise<void> {
  const world = keeper.world as World
  world.store.table(zones).put({ id: idOf(id), name, account_id: ACCOUNT })
  return keeper.commit()
}

/** Deletes a zone, and hands it in. */
export function remove({ keeper }: Pick<Kept, 'keeper'>, id: string): Promise<void> {
  ;(keeper.world as World).store.table(zones).delete(idOf(id))
  return keeper.commit()
}

/** A world with a zone that is on the disk. */
export async function begun(): Promise<Kept> {
  const kept = await keep()
  await put(kept, 'kept')
  return kept
}

/** What a world is like, as far as the tests change it. */
export function stateOf(world: Pick<World, 'store' | 'clock' | 'seeds'>): string {
  const names = world.store
    .table(zones)
    .all()
    .map(({ id, name }) => `${id.replace(/-*$/, '')}=${name}`)
  const { mode, now } = world.clock.state()
  return `${names.join()} at ${mode} ${now}, ${world.store.table(accounts).total()} accounts, ${world.seeds} seeds`
}

/** The state that a disk says. */
export function stateOn(disk: FakeDisk): string {
  return stateOf(worldOf(Keeper.open(PATH, { catalogue: {}, disk: disk.copy() }).snapshot))
}

/** Says what somebody was refused with. */
export async function refusalOf(done: Promise<void>): Promise<string> {
  const error = await done.then(
    () => undefined,
    (reason: DataError) => reason,
  )
  if (error?.name !== 'DataError') throw error ?? new Error('It was not refused.')
  return error.message
}
