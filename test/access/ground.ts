import { setBank } from '../../src/offices/payments/index.ts'
import { addApiKey } from '../../src/offices/people/index.ts'
import { settleUsual, setWindow } from '../../src/offices/visits/index.ts'
import { openWindow } from '../../src/server.ts'
import { aHouse } from '../builders/house.ts'
import { builder } from '../builders/people.ts'
import type { TestDatabase } from '../database.ts'
import { aPeopledTown, type PeopledTown } from '../journeys/peopled.ts'
import { aDesk } from './desk.ts'
import { Pool } from './pool.ts'
import { anUndoingDatabase } from './undo.ts'
import { allScopes, theVisitors, type Visitor } from './visitors.ts'
import { aWorld } from './world.ts'
import { Ledger } from './worlds.ts'

export const hosts = { one: 'one.test', two: 'two.test' } as const

/** Two towns behind one door, as the program opens it: two worlds in the first, one in the second, and everybody who may knock. */
export async function aGround(db: TestDatabase) {
  const undoing = await anUndoingDatabase(db)
  const house = { ...aHouse(db), database: undoing.database }
  // Offices hear each other from here on: what is paid moves its request.
  const door = await openWindow(house)
  const ledger = new Ledger()
  const one = await aTown(db, house, hosts.one)
  const two = await aTown(db, house, hosts.two)
  const partner = await aPartner(one)
  const staff = { closedTo: one.staff.mayor.id, subject: one.staff.manager.id }
  const a = await aWorld(one, ledger, { name: 'a', service: 'ELE-01', partner: partner.id, ...staff })
  await aDesk(one, ledger, a)
  const visitors = await theVisitors(one, hosts.one, { world: a, partner })
  const b = async () =>
    aWorld(one, ledger, {
      name: 'b',
      service: 'WAT-01',
      partner: (await aPartner(one)).id,
      closedTo: one.staff.mayor.id,
      subject: one.staff.waterman.id,
    })
  const c = async () =>
    aWorld(two, ledger, {
      name: 'c',
      service: 'ELE-01',
      partner: (await aPartner(two)).id,
      closedTo: two.staff.mayor.id,
      subject: two.staff.waterman.id,
    })
  return {
    partner,
    db,
    house,
    undoing,
    door,
    ledger,
    one,
    two,
    a,
    b,
    c,
    visitors,
    poolOf: () => new Pool(door.routes, ledger, ledger.links),
  }
}

/** Who is somebody in the second town: at their own door with ids of the first, and at the first's with what their browser carries. */
export async function foreigners(
  two: PeopledTown,
  world: Parameters<typeof theVisitors>[2]['world'],
): Promise<Visitor[]> {
  const partner = await aPartner(two)
  const all = await theVisitors(two, hosts.two, { world, partner })
  const some = all.filter(({ name }) =>
    ['owner', 'manager at works', 'clerk at works', 'treasurer at works', 'partner'].includes(name),
  )
  return [
    ...some.map(each => ({ ...each, name: `${each.name} of another town` })),
    ...some.map(each => ({
      ...each,
      host: hosts.one,
      name: `${each.name} of another town, at this town’s door`,
    })),
  ]
}

async function aPartner(town: PeopledTown): Promise<{ id: string; key: string }> {
  const key = await town.write(tx => addApiKey(tx, 'شركة الكهرباء', allScopes, builder))
  const row = await town.db.owner
    .selectFrom('api_key')
    .select('key_id')
    .where('municipality_id', '=', town.town.id)
    .orderBy('key_id', 'desc')
    .executeTakeFirstOrThrow()
  return { id: row.key_id, key }
}

/** Numbers of requests that stand nowhere else: no day, no share, no other town has them. */
const firstNumber = { [hosts.one]: 7301, [hosts.two]: 8406 } as Record<string, number>

async function aTown(
  db: TestDatabase,
  house: Parameters<typeof aPeopledTown>[1],
  host: string,
): Promise<PeopledTown> {
  const made = await aPeopledTown(db, house, { hosts: [host], isDemo: false })
  const name = { ar: 'شباك 1', en: 'Window 1' }
  const bank = {
    name: 'demo-bank',
    pageUrl: 'http://bank.test/bank',
    apiUrl: 'http://bank.test/api',
    merchant: 'town',
    key: 'a key that no bank has',
    minutes: 30,
    late: 'on-account',
  } as const
  await made.write(async tx => {
    await settleUsual(tx)
    await setWindow(tx, { number: 1, name, room: name, purposes: ['file', 'pay'], open: true }, builder)
    await setBank(tx, { house, town: made.town } as never, bank, builder)
    await tx.q
      .insertInto('series')
      .values({ municipality_id: tx.town, name: 'request', year: 2026, last: firstNumber[host] ?? 0 })
      .execute()
  })
  return made
}
