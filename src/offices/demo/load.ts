import { SingleBar } from 'cli-progress'
import { parseService } from '../../kernel/definition/index.ts'
import { withClient } from '../../platform/database/index.ts'
import { createEvents } from '../../platform/events.ts'
import type { House } from '../../platform/house.ts'
import type { Town } from '../../web/town.ts'
import type { AuditActor } from '../audit/index.ts'
import { loadServiceFiles } from '../catalogue/index.ts'
import { bringNational } from '../designer/index.ts'
import { demoRecords } from '../destruction/index.ts'
import { countPast } from '../messaging/index.ts'
import { addApiKey, addOffice, addStaff, addTown, registerMany } from '../people/index.ts'
import { registerRequests } from '../requests/index.ts'
import { demoConsents, demoCopy, demoRights } from '../rights/index.ts'
import { sealTown } from '../seal/index.ts'
import { registerSettlements } from '../settlements/index.ts'
import { loadDefaultTariffs, setRate } from '../treasury/index.ts'
import { registerUtilities } from '../utilities/index.ts'
import { openAgenda } from './agenda.ts'
import type { ServiceCode } from './answers.ts'
import { connectHouseholds } from './bills.ts'
import { arriveInTime, tellMany } from './bulletins.ts'
import { fillCentre } from './centre.ts'
import { officesOfDemo, staffOfDemo } from './departments.ts'
import { fillDesks } from './desks.ts'
import { settleDues } from './dues.ts'
import { fillHall } from './hall.ts'
import { planLicences } from './licences.ts'
import { file } from './life.ts'
import { likely, writeLogins } from './logins.ts'
import { fillLooks } from './lookers.ts'
import { fillNumbers } from './numbers.ts'
import { makeSamples } from './papers.ts'
import { bringPrograms } from './programs.ts'
import { chance } from './random.ts'
import { residents } from './residents.ts'
import { at, hasten, type Stage, type Worker, workerAt } from './stage.ts'
import { sayLaidOut } from './state.ts'
import { settleCheques } from './tenders.ts'
import { leaveTills } from './tills.ts'
import { demoNames, demoProfile, demoSlug } from './town.ts'
import { fillWindow } from './window.ts'
import { planWords } from './words.ts'

export type DemoSize = { people: number; requests: number; lately: number }
/** A small municipality: 7,000 people, three years of requests, and a busy last week whose tasks lie open. */
const wholeTown: DemoSize = { people: 7000, requests: 400, lately: 100 }

const day = 86_400_000
const years = 3
/** Days whose messages are counted for the figures of the months. */
const halfAYear = 184
const perTransaction = 400
const bySystem = { kind: 'system', id: 'demo' } as const
const seed = 20_121_125

/**
 * Lays out the demo town: people, offices, staff, connections, bills, and three years of requests that went through the same acts as real
 * ones, each at its own time, up to now. The same seed makes the same town; secrets of log-ins are made anew for each installation and
 * kept in `demo-logins.json`.
 */
export async function loadDemo(
  house: House,
  say: (line: string) => void,
  size: DemoSize = wholeTown,
): Promise<void> {
  const began = performance.now()
  const until = house.clock.now()
  const start = new Date(until.getTime() - years * 365 * day)
  const stage = await foundTown(house, size, start)
  const agenda = openAgenda()
  const { database } = stage.house
  const samples = await database.write(stage.town.id, async tx => {
    await hasten(tx)
    await connectHouseholds(tx, stage, agenda, until)
    return makeSamples(at(tx, start), stage)
  })
  await takeStock(house)
  planFilings(stage, size, start, until, (when, happen) => agenda.plan(when, happen), {
    stage,
    agenda,
    samples,
    until,
  })
  planLicences({ stage, agenda, samples, until })
  planWords(stage, agenda, until)

  const bar = new SingleBar({
    format: 'Three years of the demo town {bar} {percentage}%',
    hideCursor: true,
    // Written into a file or a log, the bar is a line now and then.
    noTTYOutput: true,
    notTTYSchedule: 5_000,
  })
  bar.start(100, 0)
  try {
    let chapters = 0
    for (;;) {
      const done = await database.write(stage.town.id, async tx => {
        await hasten(tx)
        for (let each = 0; each < perTransaction; each++) {
          const next = agenda.next()
          if (!next) return true
          bar.update(share(start, until, next.at))
          await next.happen(at(tx, next.at))
        }
        return false
      })
      if (done) break
      chapters += 1
      if (chapters % 4 === 0) await takeStock(house)
    }
    const copy = await database.write(stage.town.id, async tx => {
      await hasten(tx)
      await fillHall(tx, stage, until)
      await fillWindow(tx, stage, until)
      await fillDesks(tx, stage, until)
      await fillCentre(tx, stage, until)
      await settleCheques(tx, stage, until)
      await settleDues(tx, stage, until)
      await leaveTills(tx, stage, until)
      await fillNumbers(tx, stage, until)
      const known = await likely(tx, stage)
      await fillLooks(tx, stage, known, until)
      const [writer, reviewer] = [inOffice(stage, 'admin'), inOffice(stage, 'manager')]
      await demoRecords(tx, { writer, reviewer }, until)
      await demoConsents(tx, house, known, writer, until)
      return demoRights(tx, stage, known, workerAt(stage, 'service-centre', 'clerk'), until)
    })
    if (copy) await demoCopy(house, stage.town.id, copy)
    await bringPrograms(stage, until)
    await tellMany(stage, until)
    await takeStock(house)
    await database.write(stage.town.id, async tx => {
      await arriveInTime(tx)
      await countPast(tx, halfAYear, stage.town.timeZone)
    })
    bar.update(100)
  } finally {
    // One that goes on keeps alive a program that failed.
    bar.stop()
  }
  const key = await database.write(stage.town.id, tx => addApiKey(tx, 'demo', apiScopes, bySystem))
  const file = await writeLogins(stage, key)
  await sealTown(stage.house, stage.town.id)
  await sayLaidOut(house, stage.town.id)
  say(
    `The demo town is laid out in ${Math.round((performance.now() - began) / 1000)} s; its log-ins are in ${file}`,
  )
}

/** Lets PostgreSQL count what there is now, so that it plans for the town as it has become. */
const takeStock = (house: House): Promise<unknown> =>
  withClient(house.server.ownerUrl, client => client.query('analyze'))

const apiScopes = [
  'requests:read',
  'requests:write',
  'certificates:read',
  'catalogue:read',
  'people:read',
  'payments:write',
  'messages:read',
]

const share = (start: Date, until: Date, at: Date): number =>
  Math.min(99, Math.floor(((at.getTime() - start.getTime()) / (until.getTime() - start.getTime())) * 100))

/** The town with its offices, staff, services, tariffs and people, as it stood three years ago. */
async function foundTown(real: House, size: DemoSize, start: Date): Promise<Stage> {
  // Events of the past stay in the past: pages that are open now are not told.
  const house: House = { ...real, events: createEvents() }
  const { database, crypto } = house
  const id = await addTown(database, {
    slug: demoSlug,
    names: demoNames,
    profile: demoProfile,
    isDemo: true,
    now: start,
  })
  const town: Town = {
    id,
    slug: demoSlug,
    name: demoNames,
    timeZone: 'Asia/Hebron',
    isDemo: true,
    hosts: [],
    profile: demoProfile,
    calendar: { ...demoProfile.calendar, timeZone: 'Asia/Hebron' },
    prefix: '',
  }
  registerRequests(house, {
    all: async () => [town],
    find: async () => undefined,
    get: async () => town,
    forget() {},
  })
  registerUtilities()
  registerSettlements()
  const stage: Stage = { house, town, chance: chance(seed), staff: [], people: [] }
  await database.write(id, async now => {
    await hasten(now)
    const tx = at(now, start)
    for (const [position, office] of (await officesOfDemo()).entries())
      await addOffice(tx, { ...office, position }, bySystem)
    for (const service of await loadServiceFiles()) {
      await bringNational(tx, service, bySystem)
      const read = parseService(service.source, service.commons)
      if (read.ok) await loadDefaultTariffs(tx, read.definition.tariffs)
    }
    for (const post of staffOfDemo) {
      const { staffId, password, totpSecret } = await addStaff(
        tx,
        { crypto },
        { ...post, validFrom: '2022-01-01' },
        bySystem,
      )
      const actor = {
        kind: 'staff',
        staffId,
        appointments: [{ role: post.role, office: post.office }],
      } as const
      stage.staff.push({ ...post, id: staffId, password, totpSecret, actor } satisfies Worker)
    }
    const treasurer = stage.staff.find(each => each.role === 'treasurer')
    await setRate(tx, { currency: 'JOD', rate: '5.10', setBy: treasurer?.id ?? '' })
    await setRate(tx, { currency: 'USD', rate: '3.62', setBy: treasurer?.id ?? '' })
    const all = residents(stage.chance, size.people, start.getUTCFullYear())
    for (let from = 0; from < all.length; from += 1000) {
      const some = all.slice(from, from + 1000)
      const ids = await registerMany(tx, crypto, some, bySystem, 'import:register')
      stage.people.push(...some.map((person, place) => ({ ...person, id: ids[place] ?? '' })))
    }
  })
  return stage
}

/** Who files what, when: on working mornings, more each year, most of them for certificates. */
function planFilings(
  stage: Stage,
  size: DemoSize,
  start: Date,
  until: Date,
  plan: (at: Date, happen: (tx: Parameters<typeof file>[0]) => Promise<void>) => void,
  ahead: Parameters<typeof file>[1],
): void {
  const { chance: luck, people } = stage
  const adults = people.filter(person => person.adult && person.idNumber !== undefined)
  const heads = adults.filter(
    (person, place) => place === 0 || adults[place - 1]?.household !== person.household,
  )
  const span = until.getTime() - start.getTime()
  const longAgo = () => new Date(start.getTime() + Math.sqrt(luck.next()) * span)
  const lately = () => new Date(until.getTime() - luck.next() * 9 * day)
  for (let each = 0; each < size.requests + size.lately; each++) {
    const when = workingMorning(each < size.requests ? longAgo() : lately(), luck)
    const code = luck.weighted<ServiceCode>([
      ['ADM-01', 44],
      ['ELE-01', 17],
      ['ELE-04', 9],
      ['WAT-01', 12],
      ['ADM-05', 18],
    ])
    const person = luck.pick(code === 'ELE-04' ? heads : adults)
    if (when < until) plan(when, tx => file(tx, ahead, person, code))
  }
}

/** Moves an instant to a morning from Sunday to Thursday. */
function workingMorning(when: Date, luck: Stage['chance']): Date {
  const moved = new Date(when)
  const offDays = { 5: 2, 6: 1 } as Record<number, number>
  moved.setUTCDate(moved.getUTCDate() + (offDays[moved.getUTCDay()] ?? 0))
  moved.setUTCHours(luck.between(5, 11), luck.between(0, 59), luck.between(0, 59), 0)
  return moved
}

/** Whoever has a role, wherever they sit, as the audit names them. */
function inOffice({ staff }: Stage, role: string): AuditActor {
  const found = staff.find(each => each.role === role)
  if (!found) throw new Error(`nobody is ${role}`)
  return { kind: 'staff', id: found.id, office: found.office }
}
