import type { Browser } from 'playwright-core'
import { afterAll } from 'vitest'
import { officeJobs } from '../../src/commands.ts'
import type { Role } from '../../src/kernel/access/index.ts'
import { sendDue } from '../../src/offices/messaging/index.ts'
import { setPin } from '../../src/offices/people/index.ts'
import { setRate } from '../../src/offices/treasury/index.ts'
import type { Read, Write } from '../../src/platform/database/index.ts'
import type { House } from '../../src/platform/house.ts'
import { runDueJobs } from '../../src/platform/jobs/index.ts'
import { listen } from '../../src/platform/serve.ts'
import { openWindow } from '../../src/server.ts'
import type { Route } from '../../src/web/route.ts'
import type { Town } from '../../src/web/town.ts'
import { launchBrowser } from '../browser.ts'
import { aHouse } from '../builders/house.ts'
import { everyCause } from '../builders/looks.ts'
import {
  aPerson,
  aTown,
  type BuiltPerson,
  type BuiltStaff,
  builder,
  type PersonOverrides,
} from '../builders/people.ts'
import { aWorker, aWorkingTown, type Bench } from '../builders/requests.ts'
import { anOpenTill } from '../builders/treasury.ts'
import { type TestDatabase, testDatabase } from '../database.ts'

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

/** A demo town whose server answers browsers, with everybody in it that a story needs. */
export type JourneyTown = {
  db: TestDatabase
  house: House
  town: Town
  bench: Bench
  base: string
  routes: readonly Route[]
  staff: Record<Post, BuiltStaff>
  browser: Browser
  read<T>(work: (tx: Read) => Promise<T>): Promise<T>
  write<T>(work: (tx: Write) => Promise<T>): Promise<T>
  /** Somebody with a card, a telephone and a PIN. */
  citizen(over?: PersonOverrides): Promise<Citizen>
  /** Lets time go by. */
  pass(minutes: number): void
  /** Hands over the messages that are due, and does the work of the background. */
  settle(): Promise<void>
}

/** Opens the town on a free port with a browser beside it; both close when the file is done. */
export async function aJourneyTown(): Promise<JourneyTown> {
  const db = await testDatabase()
  let answer: (request: Request) => Promise<Response> = async () => new Response(null, { status: 503 })
  const listener = await listen(request => answer(request), '127.0.0.1', 0)
  const base = `http://127.0.0.1:${listener.port}`
  // Papers carry the address they are verified at.
  const house = aHouse(db, { PUBLIC_URL: base })
  const town = await aTown(db, { isDemo: true })
  const bench = { house, town }
  await aWorkingTown(bench)
  const window = await openWindow(house)
  everyCause()
  answer = window.fetch
  const browser = await launchBrowser()
  afterAll(async () => {
    await browser.close()
    await listener.drain(2_000)
  })

  const read: JourneyTown['read'] = work => house.database.read(town.id, work)
  const write: JourneyTown['write'] = work => house.database.write(town.id, work)
  const staff = {} as Record<Post, BuiltStaff>
  for (const [name, [role, office]] of Object.entries(posts))
    staff[name as Post] = await aWorker(bench, role, office)
  await write(tx => setRate(tx, { currency: 'JOD', rate: '5.1', setBy: staff.collector.id }))
  await write(tx => anOpenTill(tx, staff.collector.id))

  async function citizen(over: PersonOverrides = {}): Promise<Citizen> {
    const person = await aPerson({ house, town: town.id }, over)
    const pin = await write(tx => setPin(tx, person.id, builder, { mustChange: false }))
    return { ...person, pin }
  }

  async function settle(): Promise<void> {
    await runDueJobs({ house, jobs: officeJobs, url: db.ownerUrl, towns: async () => [town.id] })
    while ((await sendDue(house, [town])) > 0);
  }

  return {
    ...{ db, house, town, bench, base, routes: window.routes, staff, browser },
    ...{ read, write, citizen, settle },
    pass: minutes => db.clock.advance(minutes * 60_000),
  }
}
