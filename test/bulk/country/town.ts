import { canonicalText } from '../../../src/offices/audit/index.ts'
import { chance } from '../../../src/offices/demo/random.ts'
import { demoProfile } from '../../../src/offices/demo/town.ts'
import type { House } from '../../../src/platform/house.ts'
import type { Copier } from './copy.ts'
import { idText, idTime } from './ids.ts'
import type { LifeStencil } from './life.ts'
import { Log } from './log.ts'
import type { Mould, PatternLife } from './mould.ts'
import { founded, morning } from './pattern.ts'
import { type Somebody, somebody } from './people.ts'
import { dayOf, planTown } from './plan.ts'
import { writeColleagues } from './staff.ts'
import { type Bench, Counters, forTown, stamp, write } from './stamp.ts'
import { copyCell } from './stencil.ts'
import { Tills } from './tills.ts'
import type { CountryTown } from './towns.ts'

export type TownOrder = {
  house: Pick<House, 'crypto' | 'files'>
  mould: Mould
  copier: Copier
  town: CountryTown
  /** Which of the towns it is; from 0. */
  place: number
  people: number
  /** People of the towns before: their numbers go on. */
  before: number
  requests: number
  seed: number
  start: Date
  until: Date
  pinHash: string
  horizon: string
  cluster: string
  /** Told of every so many requests. */
  onProgress(requests: number): void
}

const registrationLast = 20 * 86_400_000
/** Of a hundred people so many head a household that is billed. */
const billedShare = 0.3
const toldEvery = 500

/** The id of a town by its place. */
export const townIdAt = (place: number, seed: number): string =>
  idText(founded.getTime() + place, 0, place, 0x3000_0000_0000 + (seed & 0xffff))

/** Writes one whole town: what it is, who lives there, what they wanted and owe, its tills and its sealed log. */
export async function stampTown(of: TownOrder): Promise<void> {
  const { mould, copier, place, seed } = of
  const town = townIdAt(place, seed)
  // Every id of the pattern town gets its fellow here: the same instant, other ends.
  const ids = mould.ids.map((id, at) =>
    at === 0 ? town : idText(idTime(id), at & 0xfff, place, 0x4000_0000_0000 + at),
  )
  const log = new Log(town, copier)
  const bench: Bench = {
    town,
    place,
    ids,
    copier,
    log,
    counters: new Counters(),
    seed,
    tills: new Tills(place, of.until),
    chance: chance(seed * 1_000 + place),
  }
  writeTown(of, town)
  writeBase(of, bench)
  await writeFiles(of, town)
  const who = await writePeople(of, bench)
  await writeBills(of, bench, who)
  await writeRequests(of, bench, who)
  const till = { ...mould.till, stencil: forTown(mould.till.stencil, ids) }
  for (const values of bench.tills.values(till)) write(bench, till.stencil, values)
  for (const [key, last] of bench.counters.last)
    copier.add('series (municipality_id, name, year, last)', `${town}\t${key}\t${last}\n`, 1)
  log.sign({
    slug: of.town.slug,
    crypto: of.house.crypto,
    now: of.until,
    horizon: of.horizon,
    cluster: of.cluster,
  })
  await copier.breathe()
}

function writeTown({ town: { slug, name, region }, copier }: TownOrder, town: string): void {
  // In Gaza parcels are named otherwise: قطعة and قسيمة.
  const levels =
    region === 'GS'
      ? {
          ...demoProfile.levels,
          block: { ar: 'القطعة', en: 'Block' },
          parcel: { ar: 'القسيمة', en: 'Parcel' },
        }
      : demoProfile.levels
  const profile = copyCell(JSON.stringify({ ...demoProfile, levels }))
  const cells = [
    town,
    slug,
    '{}',
    name.ar,
    copyCell(name.en),
    'Asia/Hebron',
    profile,
    'f',
    founded.toISOString(),
  ]
  copier.add(
    'municipality (municipality_id, slug, hosts, name_ar, name_en, time_zone, profile, is_demo, created_at)',
    `${cells.join('\t')}\n`,
    1,
  )
}

/** Offices, staff and settings, and the services of the first town; secrets are sealed anew under the town's keys. */
function writeBase({ mould, place, town, house: { crypto } }: TownOrder, bench: Bench): void {
  const sealed = new Map(
    mould.secrets.map(({ sealed: was, plain }) => [
      was,
      crypto.seal(bench.town, 'totp', plain).toString('hex'),
    ]),
  )
  const reseal = <L extends LifeStencil>(life: L): L => ({
    ...life,
    sheets: life.sheets.map(sheet => ({
      ...sheet,
      text: sheet.table.startsWith('staff (')
        ? sheet.text.map(piece =>
            typeof piece === 'string'
              ? piece.replace(secret, was => `\\\\x${sealed.get(was.slice(1)) ?? ''}`)
              : piece,
          )
        : sheet.text,
    })),
  })
  const base = reseal(forTown(mould.base, bench.ids))
  const values = base.places.all.map(({ is, was }, at) =>
    is === 'id' ? idText(idTime(was), at, place, 0x7000_0000_0000) : was,
  )
  const sheets = base.sheets.filter(sheet => place === 0 || !sheet.table.startsWith('service_version ('))
  write(bench, { sheets, leaves: base.leaves }, values)
  const colleagues = mould.colleagues.map(each => ({ ...each, stencil: reseal(each.stencil) }))
  writeColleagues(bench, colleagues, town.population)
}

/** A sealed field as COPY writes it. */
const secret = /\\\\x[0-9a-f]+/g

async function writeFiles(
  { mould, house: { files }, copier, until }: TownOrder,
  town: string,
): Promise<void> {
  for (const { sha256, type, bytes } of mould.files) {
    await files.put(town, bytes)
    const cells = [town, `\\${sha256}`, bytes.length, type, until.toISOString()]
    copier.add('file (municipality_id, sha256, size, type, stored_at)', `${cells.join('\t')}\n`, 1)
  }
}

/** Everybody of the town. The requests are planned first, as the plan says with which offices each has to do. */
async function writePeople(of: TownOrder, bench: Bench): Promise<Planned> {
  const { mould, people, copier, place, before, pinHash, house, seed } = of
  const span = { morning, start: of.start, until: of.until }
  const plan = planTown(chance(seed * 7_919 + place), mould.requests, {
    requests: of.requests,
    people,
    ...span,
  })
  const offices = [...new Set(mould.requests.flatMap(life => life.offices))].sort()
  const bits = mould.requests.map(life =>
    life.offices.reduce((mask, office) => mask | (1 << offices.indexOf(office)), 0),
  )
  const masks = new Uint32Array(people)
  for (let each = 0; each < of.requests; each++) {
    const person = plan.person[each] ?? 0
    masks[person] = (masks[person] ?? 0) | (bits[plan.life[each] ?? 0] ?? 0)
  }
  const registered = new Date(founded.getTime() + registrationLast)
  const luck = chance(seed * 104_729 + place)
  const who: Somebody[] = []
  const town = { town: bench.town, place, before, crypto: house.crypto, chance: luck, pinHash, registered }
  for (let each = 0; each < people; each++) {
    const theirs = offices.filter((_, bit) => (masks[each] ?? 0) & (1 << bit))
    who.push(somebody(copier, town, each, `{${theirs.join(',')}}`))
    if (each % toldEvery === 0) await copier.breathe()
  }
  const auditId = idText(registered.getTime(), 1, place, 0x5000_0000_0000)
  const entry = {
    actor: { kind: 'system', id: 'country' },
    act: 'people.imported',
    subjectKind: 'register',
    subjectId: 'import:register',
    cause: String(people),
  }
  const bytes = canonicalText({ auditId, town: bench.town, at: registered }, entry, {})
  const cells = [
    bench.town,
    auditId,
    registered.toISOString(),
    'system',
    'country',
    entry.act,
    entry.subjectKind,
    entry.subjectId,
    entry.cause,
    `\\\\x${Buffer.from(bytes, 'utf8').toString('hex')}`,
  ]
  copier.add(
    'audit (municipality_id, audit_id, at, actor_kind, actor_id, act, subject_kind, subject_id, cause, canonical)',
    `${cells.join('\t')}\n`,
    1,
  )
  bench.log.add('audit', auditId, bytes)
  return { who, plan }
}

type Planned = { who: readonly Somebody[]; plan: ReturnType<typeof planTown> }

const inTown = (lives: readonly PatternLife[], { ids }: Bench) =>
  lives.map(life => ({ ...life, stencil: forTown(life.stencil, ids) }))

async function writeBills(of: TownOrder, bench: Bench, { who }: Planned): Promise<void> {
  const { mould, start, until } = of
  const bills = inTown(mould.bills, bench)
  for (const [each, person] of who.entries()) {
    if (!bench.chance.happens(billedShare)) continue
    const life = bench.chance.pick(bills)
    const { days, times } = dayOf(bench.chance, life, { morning, start, until })
    const sway = Math.floor(bench.chance.next() * times.sway)
    stamp(bench, mould.kinds, {
      life: life.stencil,
      taken: life.taken,
      times,
      days,
      sway,
      number: 0x6000_0000_0000 + each,
      who: person,
    })
    if (each % toldEvery === 0) await of.copier.breathe()
  }
}

async function writeRequests(of: TownOrder, bench: Bench, { who, plan }: Planned): Promise<void> {
  const lives = inTown(of.mould.requests, bench)
  let told = 0
  for (const [number, at] of plan.order.entries()) {
    const life = lives[plan.life[at] ?? 0]
    const days = plan.days[at] ?? 0
    const times = life?.clock(days)
    const person = who[plan.person[at] ?? 0]
    if (!life || !times || !person) throw new Error('a request that was not planned')
    stamp(bench, of.mould.kinds, {
      life: life.stencil,
      taken: life.taken,
      times,
      days,
      sway: plan.sway[at] ?? 0,
      number,
      who: person,
    })
    if (number % toldEvery !== toldEvery - 1) continue
    of.onProgress(number + 1 - told)
    told = number + 1
    await of.copier.breathe()
  }
  of.onProgress(of.requests - told)
}
