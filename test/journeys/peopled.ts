import { officeJobs } from '../../src/commands.ts'
import type { Role } from '../../src/kernel/access/index.ts'
import { sendDue } from '../../src/offices/messaging/index.ts'
import { setPin } from '../../src/offices/people/index.ts'
import { setRate } from '../../src/offices/treasury/index.ts'
import type { Read, Write } from '../../src/platform/database/index.ts'
import type { House } from '../../src/platform/house.ts'
import { runDueJobs } from '../../src/platform/jobs/index.ts'
import type { Town } from '../../src/web/town.ts'
import {
  aPerson,
  aTown,
  type BuiltPerson,
  type BuiltStaff,
  builder,
  type PersonOverrides,
  type TownOverrides,
} from '../builders/people.ts'
import { aWorker, aWorkingTown, type Bench } from '../builders/requests.ts'
import { anOpenTill } from '../builders/treasury.ts'
import type { TestDatabase } from '../database.ts'

const posts = {
  clerk: ['clerk', 'service-centre'],
  planner: ['officer', 'planning'],
  engineer: ['officer', 'electricity'],
  head: ['head', 'electricity'],
  mayor: ['mayor', 'mayor-office'],
  collector: ['collector', 'treasury'],
  treasurer: ['treasurer', 'treasury'],
  admin: ['admin', 'mayor-office'],
  manager: ['manager', 'mayor-office'],
  supervisor: ['supervisor', 'service-centre'],
  accountant: ['officer', 'finance'],
  waterman: ['officer', 'water'],
  roads: ['officer', 'works'],
  designer: ['designer', 'service-centre'],
  auditor: ['auditor', 'mayor-office'],
} as const satisfies Record<string, readonly [Role, string]>

/** One of the staff by what they do in a story. */
export type Post = keyof typeof posts

/** A citizen with a PIN of their own. */
export type Citizen = BuiltPerson & { pin: string }

/** A demo town with everybody in it that a story needs; nobody answers at its door yet. */
export type PeopledTown = {
  db: TestDatabase
  /** Where it is reached. */
  base: string
  house: House
  town: Town
  bench: Bench
  staff: Record<Post, BuiltStaff>
  read<T>(work: (tx: Read) => Promise<T>): Promise<T>
  write<T>(work: (tx: Write) => Promise<T>): Promise<T>
  /** Somebody with a card, a telephone and a PIN. */
  citizen(over?: PersonOverrides): Promise<Citizen>
  /** Lets time go by. */
  pass(minutes: number): void
  /** Hands over the messages that are due, and does the work of the background. */
  settle(): Promise<void>
}

/** The town, its offices and their staff, before its window opens. */
export async function aPeopledTown(
  db: TestDatabase,
  house: House,
  over: TownOverrides = {},
): Promise<PeopledTown> {
  const town = await aTown(db, { isDemo: true, ...over })
  const bench = { house, town }
  await aWorkingTown(bench)
  const read: PeopledTown['read'] = work => house.database.read(town.id, work)
  const write: PeopledTown['write'] = work => house.database.write(town.id, work)
  const staff = {} as Record<Post, BuiltStaff>
  for (const [name, [role, office]] of Object.entries(posts))
    staff[name as Post] = await aWorker(bench, role, office)
  await write(tx => setRate(tx, { currency: 'JOD', rate: '5.1', setBy: staff.collector.id }))
  await write(tx => anOpenTill(tx, staff.collector.id))

  async function citizen(given: PersonOverrides = {}): Promise<Citizen> {
    const person = await aPerson({ house, town: town.id }, given)
    const pin = await write(tx => setPin(tx, person.id, builder, { mustChange: false }))
    return { ...person, pin }
  }

  async function settle(): Promise<void> {
    await runDueJobs({ house, jobs: officeJobs, url: db.ownerUrl, towns: async () => [town.id] })
    while ((await sendDue(house, [town])) > 0);
  }

  return {
    db,
    house,
    town,
    bench,
    staff,
    read,
    write,
    citizen,
    settle,
    base: house.config.publicUrl ?? 'http://town.test',
    pass: minutes => db.clock.advance(minutes * 60_000),
  }
}
