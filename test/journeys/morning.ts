import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { bundleEntry } from '../../build.mjs'
import { type Currency, type Money, money } from '../../src/lib/money.ts'
import { openSession as openLogIn } from '../../src/offices/people/index.ts'
import { accountFor, addBook, raiseCharge, setRate } from '../../src/offices/treasury/index.ts'
import { settleUsual, setWindow } from '../../src/offices/visits/index.ts'
import { readConfig } from '../../src/platform/config.ts'
import { serverProcesses, signal } from '../../src/platform/database/postgres/processes.ts'
import { type House, openHouse } from '../../src/platform/house.ts'
import { projectRoot } from '../../src/platform/root.ts'
import type { Town } from '../../src/web/town.ts'
import { dataOf } from '../bench/ground.ts'
import { type Server, startServer } from '../bench/server.ts'
import { launchBrowser } from '../browser.ts'
import { aPerson, aTown, type BuiltStaff, builder } from '../builders/people.ts'
import { aWorker, aWorkingTown } from '../builders/requests.ts'
import { aVisitor, type Visitor } from './visitor.ts'

/** Somebody who comes to pay. */
export type Debtor = { id: string; name: string; account: string; owes: Money }

const posts = {
  first: ['clerk', 'service-centre'],
  second: ['clerk', 'service-centre'],
  collector: ['collector', 'treasury'],
  treasurer: ['treasurer', 'treasury'],
} as const
export type Post = keyof typeof posts

/** A town of its own on a machine of its own: program and database as processes that can lose their power. */
export type Morning = {
  town: Town
  staff: Record<Post, BuiltStaff>
  debtors: Debtor[]
  browser: Browser
  /** A browser of one of the staff, logged in; of nobody, the hall's own. */
  at(post?: Post): Promise<Visitor>
  /** Works on the data beside the program. */
  inHouse<T>(work: (house: House) => Promise<T>): Promise<T>
  /** All of it stops in the middle of whatever it does: program, database and each of its processes. */
  cutPower(): Promise<void>
  /** The machine comes back at the same address. */
  powerBack(): Promise<void>
  close(): Promise<void>
}

/** A zone in which it is nine in the morning now: the centre is open, and no midnight comes while the test runs. */
function aMorningZone(now: Date): string {
  const ahead = 9 - now.getUTCHours()
  // The signs of these names are turned about: Etc/GMT-3 is three hours ahead.
  const offset = ahead > 12 ? ahead - 24 : ahead < -12 ? ahead + 24 : ahead
  return offset === 0 ? 'Etc/GMT' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`
}

/** Whole and broken sums, some of them in dinars. */
const owed = (place: number): Money =>
  place % 8 === 5 ? money(10_000 + place * 500, 'JOD') : money(4_000 + place * 735, 'ILS')

export async function aMorning(people: number): Promise<Morning> {
  const program = join(projectRoot, 'dist', 'run', `morning-${process.pid}.js`)
  await bundleEntry(join(projectRoot, 'src/main.ts'), program)
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-morning-'))
  chmodSync(folder, 0o755)
  const environment = { DATA_DIR: join(folder, 'data'), SYSTEM_DIR: join(folder, 'system') }
  const config = readConfig({ ...environment, LOG_LEVEL: 'silent' })
  const inHouse: Morning['inHouse'] = async work => {
    const house = await openHouse(config, { prepare: false })
    try {
      return await work(house)
    } finally {
      await house.close()
    }
  }
  const house = await openHouse(config, { prepare: true, hold: true })
  const laid = await layTown(house, people).finally(() => house.close())
  const browser = await launchBrowser()
  let server: Server = await startServer('serve', environment, { program })
  const base = `http://127.0.0.1:${server.port}`

  async function at(post?: Post): Promise<Visitor> {
    const visitor = await aVisitor({ browser, base })
    if (!post) return visitor
    const value = await inHouse(of =>
      of.database.write(laid.town.id, tx => openLogIn(tx, { kind: 'staff', subjectId: laid.staff[post].id })),
    )
    await visitor.context.addCookies([{ name: 'shubbak_session', value, url: base }])
    return visitor
  }

  return {
    ...laid,
    browser,
    at,
    inHouse,
    async cutPower() {
      const gone = server.kill()
      for (const pid of serverProcesses(dataOf(environment.DATA_DIR))) signal(pid, 'SIGKILL')
      await gone
    },
    async powerBack() {
      server = await startServer('serve', environment, { program, port: server.port })
    },
    async close() {
      await browser.close()
      await server.stop()
      for (const pid of serverProcesses(dataOf(environment.DATA_DIR))) signal(pid, 'SIGKILL')
      for (const path of [folder, program, `${program}.map`]) rmSync(path, { recursive: true, force: true })
    },
  }
}

async function layTown(house: House, people: number): Promise<Pick<Morning, 'town' | 'staff' | 'debtors'>> {
  const timeZone = aMorningZone(house.clock.now())
  const built = await aTown(house, { timeZone })
  const week = Array.from({ length: 7 }, () => ({ from: '07:00', to: '15:00' }))
  const profile = { ...built.profile, calendar: { ...built.profile.calendar, week } }
  const town: Town = { ...built, profile, calendar: { ...profile.calendar, timeZone } }
  await house.database.write(town.id, tx =>
    tx.q
      .updateTable('municipality')
      .set({ profile: JSON.stringify(profile) })
      .execute(),
  )
  const bench = { house, town }
  await aWorkingTown(bench)
  const staff = {} as Record<Post, BuiltStaff>
  for (const [post, [role, office]] of Object.entries(posts))
    staff[post as Post] = await aWorker(bench, role, office)
  const by = { kind: 'staff' as const, id: staff.treasurer.id }
  const place = { house, town: town.id }
  await house.database.write(town.id, async tx => {
    await setRate(tx, { currency: 'JOD', rate: '5.1', setBy: by.id })
    await addBook(tx, { book: 'A', kind: 'printed', description: 'شباك الصندوق', by })
    await addBook(tx, {
      book: 'H',
      kind: 'hand-written',
      description: 'دفتر الطوارئ',
      by,
      pages: { first: 101, last: 150 },
    })
    await settleUsual(tx)
    for (const [number, purposes] of [
      [1, ['ask', 'file']],
      [2, ['ask', 'file']],
      [3, ['pay']],
    ] as const) {
      const name = { ar: `شباك ${number}`, en: `Window ${number}` }
      await setWindow(tx, { number, name, room: name, purposes: [...purposes], open: true }, builder)
    }
  })
  const debtors: Debtor[] = []
  for (let each = 0; each < people; each += 1) {
    const person = await aPerson(place)
    const owes = owed(each)
    const account = await house.database.write(town.id, async tx => {
      const found = await accountFor(tx, {
        objectKind: 'person',
        objectId: person.id,
        kind: 'water',
        holderId: person.id,
      })
      await raiseCharge(tx, {
        accountId: found.id,
        debtorId: person.id,
        dueKind: 'water',
        amount: owes,
        refundable: false,
        label: { ar: 'فاتورة مياه', en: 'Water bill' },
        reasons: {},
        dueOn: '2026-01-01',
        by: builder,
      })
      return found.number
    })
    debtors.push({ id: person.id, name: person.displayName, account, owes })
  }
  return { town, staff, debtors }
}

/** Notes and coins that make a sum, the largest first. */
export function piecesOf(amount: Money, faces: readonly number[]): Map<number, number> {
  const pieces = new Map<number, number>()
  let left = amount.minor
  for (const face of [...faces].sort((one, other) => other - one)) {
    const count = Math.floor(left / face)
    if (count > 0) pieces.set(face, count)
    left -= count * face
  }
  if (left !== 0) throw new Error(`${amount.minor} cannot be counted out in ${faces}`)
  return pieces
}

/** What lies in the drawer by the collector's own reckoning, by kind and currency. */
export class Drawer {
  readonly #sums = new Map<string, Money>()

  put(kind: string, amount: Money): void {
    const key = `${kind} ${amount.currency}`
    const before = this.#sums.get(key)?.minor ?? 0
    this.#sums.set(key, money(before + amount.minor, amount.currency))
  }

  holds(kind: string, currency: Currency): Money {
    return this.#sums.get(`${kind} ${currency}`) ?? money(0, currency)
  }
}
