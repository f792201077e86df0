import { sql } from 'kysely'
import { parseService } from '../../../src/kernel/definition/index.ts'
import { computeCheckDigit } from '../../../src/lib/national-id.ts'
import { loadServiceFiles, publishService } from '../../../src/offices/catalogue/index.ts'
import { openAgenda } from '../../../src/offices/demo/agenda.ts'
import type { ServiceCode } from '../../../src/offices/demo/answers.ts'
import { arriveInTime } from '../../../src/offices/demo/bulletins.ts'
import { officesOfDemo, staffOfDemo } from '../../../src/offices/demo/departments.ts'
import { file } from '../../../src/offices/demo/life.ts'
import { makeSamples } from '../../../src/offices/demo/papers.ts'
import { chance } from '../../../src/offices/demo/random.ts'
import { at, hasten, type Person, type Stage, type Worker } from '../../../src/offices/demo/stage.ts'
import { demoProfile } from '../../../src/offices/demo/town.ts'
import { addOffice, addStaff, addTown, registerPerson } from '../../../src/offices/people/index.ts'
import { registerRequests } from '../../../src/offices/requests/index.ts'
import { registerSettlements } from '../../../src/offices/settlements/index.ts'
import { loadDefaultTariffs, setRate } from '../../../src/offices/treasury/index.ts'
import { registerUtilities } from '../../../src/offices/utilities/index.ts'
import { settleUsual, setWindow } from '../../../src/offices/visits/index.ts'
import type { Write } from '../../../src/platform/database/index.ts'
import { createEvents } from '../../../src/platform/events.ts'
import type { House } from '../../../src/platform/house.ts'
import type { Town } from '../../../src/web/town.ts'
import { connectAndBill } from './bills.ts'
import { marks } from './marks.ts'

/** When the offices and services of every town begin. */
export const founded = new Date('2022-11-06T06:00:00Z')
/** The morning on which every life that is lived here begins: a Sunday. */
export const morning = new Date('2025-01-05T06:00:00Z')

/** What somebody wanted of the town, until it was done or, where it lies open, until it is looked at. */
export type Lived = { personId: string; open: boolean; until: Date }
export type Pattern = { town: Town; stage: Stage }

const day = 86_400_000
const by = { kind: 'system', id: 'country' } as const
const names = { ar: 'بلدية النموذج', en: 'Pattern Municipality' }
/** Lives of bills besides those of requests. */
const billed = 8

/** A town with offices, services, staff and windows, in which nobody has wanted anything yet. */
export async function layPattern(real: House, seed: number): Promise<Pattern> {
  const stage = await found(real, seed)
  return { town: stage.town, stage }
}

/**
 * Some lives of requests, lived by the product itself, each by somebody of their own and each beginning on the same morning: what the towns of a
 * country are stamped from. Of ten six come to their end; the others are looked at in the midst of it.
 */
export async function liveLives({ stage }: Pattern, lives: number): Promise<Lived[]> {
  const lived: Lived[] = []
  await stage.house.database.write(stage.town.id, async tx => {
    await hasten(tx)
    const samples = await makeSamples(at(tx, founded), stage)
    for (let each = 0; each < lives; each++) {
      const person = await somebody(at(tx, new Date(morning.getTime() - day)), stage, each)
      const code = codes[each % codes.length] ?? 'ADM-01'
      const whole = each % 10 < 6
      const until = new Date(
        morning.getTime() + (whole ? 300 * day : stage.chance.between(1, 40) * (day / 4)),
      )
      const agenda = openAgenda()
      await file(at(tx, morning), { stage, agenda, samples, until }, person, code)
      for (let next = agenda.next(); next && next.at < until; next = agenda.next())
        await next.happen(at(tx, next.at))
      const { rows } = await sql<{ open: boolean }>`select closed_at is null as open from request
        where municipality_id = ${tx.town} and applicant_id = ${person.id}`.execute(tx.q)
      lived.push({
        personId: person.id,
        open: rows[0]?.open ?? true,
        until: whole && rows[0]?.open ? new Date(morning.getTime() + 20 * day) : until,
      })
    }
    for (let each = 0; each < billed; each++) {
      const person = await somebody(at(tx, new Date(morning.getTime() - day)), stage, lives + each)
      await connectAndBill(at(tx, morning), stage, person, each)
      lived.push({ personId: person.id, open: true, until: new Date(morning.getTime() + 31 * day) })
    }
    await arriveInTime(tx)
    await sayParts(tx)
  })
  return lived
}

const codes: readonly ServiceCode[] = [
  'ADM-01',
  'ADM-05',
  'ADM-01',
  'WAT-01',
  'ADM-05',
  'ADM-01',
  'ELE-01',
  'ADM-05',
  'ADM-01',
  'WAT-01',
  'ADM-05',
]

async function found(real: House, seed: number): Promise<Stage> {
  const house: House = { ...real, events: createEvents() }
  const { database, crypto } = house
  const timeZone = 'Asia/Hebron'
  const id = await addTown(database, {
    slug: marks.slug,
    names,
    profile: demoProfile,
    isDemo: false,
    now: founded,
  })
  const town: Town = {
    id,
    slug: marks.slug,
    name: names,
    timeZone,
    isDemo: false,
    hosts: [],
    profile: demoProfile,
    prefix: '',
    calendar: { ...demoProfile.calendar, timeZone },
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
    const tx = at(now, founded)
    for (const [position, office] of (await officesOfDemo()).entries())
      await addOffice(tx, { ...office, position }, by)
    for (const service of await loadServiceFiles()) {
      await publishService(tx, service, by)
      const read = parseService(service.source, service.commons)
      if (read.ok) await loadDefaultTariffs(tx, read.definition.tariffs)
    }
    for (const post of oneOfEach()) {
      const added = await addStaff(tx, { crypto }, { ...post, validFrom: '2022-01-01' }, by)
      const appointments = [{ role: post.role, office: post.office }]
      const actor = { kind: 'staff', staffId: added.staffId, appointments } as const
      stage.staff.push({ ...post, ...added, id: added.staffId, actor } satisfies Worker)
    }
    const treasurer = stage.staff.find(each => each.role === 'treasurer')
    await setRate(tx, { currency: 'JOD', rate: '5.10', setBy: treasurer?.id ?? '' })
    await setRate(tx, { currency: 'USD', rate: '3.62', setBy: treasurer?.id ?? '' })
    await settleUsual(tx)
    for (const number of [1, 2, 3]) {
      const name = { ar: `شباك ${number}`, en: `Window ${number}` }
      const room = { ar: 'الصالة', en: 'Hall' }
      await setWindow(
        tx,
        {
          number,
          name,
          room,
          purposes: number === 3 ? ['pay'] : ['file', 'papers', 'receive', 'ask'],
          open: true,
        },
        by,
      )
    }
    await marks.count(tx)
  })
  return stage
}

/** The first who holds a post: whoever else there is acts on nothing here. */
function oneOfEach() {
  const known = new Set<string>()
  return staffOfDemo.filter(({ office, role }) => {
    const post = `${office} ${role}`
    return known.has(post) ? false : known.add(post)
  })
}

async function somebody(tx: Write, { house }: Stage, each: number): Promise<Person> {
  const eight = String(98_000_000 + each)
  const registration = {
    kind: 'natural' as const,
    name: marks.name,
    motherName: marks.mother,
    birthDate: '1971-03-17',
    sex: 'male' as const,
    idKind: 'palestinian-id' as const,
    idNumber: eight + computeCheckDigit(eight),
    phone: `+97059${7_000_000 + each}`,
    phoneShared: false,
    address: { block: '3', quarter: 'حي السوق', parcel: '118', landmark: 'قرب خزان المياه' },
  }
  const id = await registerPerson(tx, house.crypto, registration, by)
  return { ...registration, id, household: each, adult: true }
}

/** The parts a delivered message went out in, as a provider would have reported them. */
const sayParts = (tx: Write) =>
  sql`insert into message_part (municipality_id, message_id, try, part, provider_ref, state, submitted_at, reported_at)
    select municipality_id, message_id, 1, part, null, 'delivered', sent_at, delivered_at
      from message cross join lateral generate_series(1, parts) part
     where municipality_id = ${tx.town} and state = 'delivered'`.execute(tx.q)
