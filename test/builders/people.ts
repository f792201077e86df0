import type { Role } from '../../src/kernel/access/index.ts'
import { dateIn } from '../../src/lib/calendar.ts'
import { computeCheckDigit } from '../../src/lib/national-id.ts'
import {
  addOffice,
  addStaff,
  addTown,
  getPerson,
  type HomeAddress,
  type IdKind,
  type NewStaff,
  openSession,
  type Person,
  type PersonName,
  readRegistration,
  registerPerson,
} from '../../src/offices/people/index.ts'
import type { House } from '../../src/platform/house.ts'
import { sessionCookie } from '../../src/web/cookies.ts'
import type { Town, TownProfile } from '../../src/web/town.ts'

/** What a builder needs to put somebody into a town. */
export type Place = {
  house: Pick<House, 'database' | 'crypto' | 'clock'> & Partial<Pick<House, 'config'>>
  town: string
}

/** The system, as who builds for a test. */
export const builder = { kind: 'system', id: 'test' } as const

const firstNames = 'سامي ليلى أحمد هدى محمود رنا خالد مريم يوسف إيمان'.split(' ')
const fatherNames = 'محمد إبراهيم عادل نبيل حسن جمال'.split(' ')
const grandfatherNames = 'سليم مصطفى داود عيسى صالح'.split(' ')
const familyNames = 'قطب النجار الخطيب حمدان زيدان البرغوثي التميمي'.split(' ')

let built = 0
/** A number no other call in this file got: names, ids and phones are made from it, so a test is the same each time it runs. */
const next = (): number => {
  built += 1
  return built
}
const at = (list: readonly string[], seed: number): string => list[seed % list.length] ?? ''

/** An identity number whose check digit agrees. */
export function anIdNumber(seed: number = next()): string {
  const eight = String(90_000_000 + (seed % 1_000_000))
  return eight + computeCheckDigit(eight)
}

/** A mobile of this country, as people write it. */
const aPhone = (seed: number = next()): string => `0599${String(100_000 + (seed % 900_000))}`

const profile: TownProfile = {
  phone: '092390000',
  address: { ar: 'شارع البلدية', en: 'Municipality Street' },
  hours: { ar: 'الأحد حتى الخميس 8:00–14:00', en: 'Sunday to Thursday 8:00–14:00' },
  levels: {
    block: { ar: 'الحوض', en: 'Block' },
    quarter: { ar: 'الحي', en: 'Quarter' },
    parcel: { ar: 'القطعة', en: 'Parcel' },
  },
  calendar: {
    week: [0, 1, 2, 3, 4, 5, 6].map(day => (day > 4 ? null : { from: '08:00', to: '14:00' })),
    closures: [],
  },
}

export type TownOverrides = Partial<Omit<Town, 'id' | 'calendar'>>

/** A town with an ordinary profile; its slug is of this call alone. `db` may be the test's database or a house. */
export async function aTown(
  db: Pick<House, 'database' | 'clock'>,
  overrides: TownOverrides = {},
): Promise<Town> {
  const town = {
    slug: `town-${next()}`,
    name: { ar: 'بلدية عين الزيتون', en: 'Ein al-Zaytoun' },
    timeZone: 'Asia/Hebron',
    isDemo: false,
    hosts: [],
    profile,
    prefix: '',
    ...overrides,
  }
  const id = await addTown(db.database, { ...town, names: town.name, now: db.clock.now() })
  return { id, ...town, calendar: { ...town.profile.calendar, timeZone: town.timeZone } }
}

export type OfficeOverrides = { code?: string; ar?: string; en?: string; parent?: string; position?: number }

/** An office; gives its code. */
export async function anOffice(place: Place, overrides: OfficeOverrides = {}): Promise<string> {
  const seed = next()
  const code = overrides.code ?? `office-${seed}`
  const { ar = 'مكتب الهندسة', en = 'Engineering', parent, position = seed } = overrides
  await place.house.database.write(place.town, tx =>
    addOffice(tx, { code, name: { ar, en }, parent, position }, builder),
  )
  return code
}

export type PersonOverrides = Partial<PersonName> &
  Partial<HomeAddress> & {
    kind?: 'natural' | 'organisation'
    motherName?: string
    birthDate?: string
    sex?: 'female' | 'male'
    idKind?: IdKind
    idNumber?: string
    /** `null` for a person without a telephone. */
    phone?: string | null
  }

export type BuiltPerson = Person & { idNumber: string; phone: string }

/** A person with four names, a mother's name, a birth date, an identity card and a telephone of their own. */
export async function aPerson(place: Place, overrides: PersonOverrides = {}): Promise<BuiltPerson> {
  const seed = next()
  const { first, father, grandfather, family, phone, ...rest } = overrides
  const typed = {
    firstName: first ?? at(firstNames, seed),
    fatherName: father ?? at(fatherNames, seed),
    grandfatherName: grandfather ?? at(grandfatherNames, seed),
    familyName: family ?? at(familyNames, seed),
    motherName: 'فاطمة حسن',
    birthDate: `19${60 + (seed % 40)}-0${1 + (seed % 9)}-1${seed % 10}`,
    sex: seed % 2 === 0 ? 'male' : 'female',
    idKind: 'palestinian-id',
    idNumber: overrides.idKind === 'none' ? '' : anIdNumber(seed),
    phone: phone === null ? '' : (phone ?? aPhone(seed)),
    quarter: 'البلدة القديمة',
    landmark: 'بجانب المسجد',
    ...rest,
  }
  const read = readRegistration(typed, dateIn(place.house.clock.now(), 'Asia/Hebron'))
  if (!read.ok) throw new Error(`a test registers nobody: ${JSON.stringify(read.faults)}`)
  return place.house.database.write(place.town, async tx => {
    const id = await registerPerson(tx, place.house.crypto, read.value, builder)
    const person = await getPerson(tx, id)
    return { ...person, idNumber: read.value.idNumber ?? '', phone: read.value.phone ?? '' }
  })
}

export type BuiltStaff = {
  id: string
  login: string
  password: string
  totpSecret: string
  office: string
  role: Role
  name: { ar: string; en: string }
}

/** One of the staff, appointed to an office in a role; the office is made when it is not there. */
export async function aStaffMember(
  place: Place,
  role: Role,
  office = `office-of-${role}`,
  overrides: Partial<NewStaff> = {},
): Promise<BuiltStaff> {
  const seed = next()
  const name = { ar: `${at(firstNames, seed)} ${at(familyNames, seed)}`, en: `Employee ${seed}` }
  const input: NewStaff = {
    login: `${role}-${seed}`,
    name,
    title: { ar: 'موظف', en: 'Officer' },
    office,
    role,
    validFrom: '2020-01-01',
    ...overrides,
  }
  const { database, crypto } = place.house
  return database.write(place.town, async tx => {
    const there = await tx.q
      .selectFrom('office')
      .select('office_code')
      .where('office_code', '=', office)
      .execute()
    if (there.length === 0)
      await addOffice(tx, { code: office, name: { ar: 'دائرة', en: office }, position: seed }, builder)
    const { staffId, password, totpSecret } = await addStaff(tx, { crypto }, input, builder)
    return { id: staffId, login: input.login, password, totpSecret, office, role, name: input.name }
  })
}

/** Opens a session for somebody; gives the `cookie` header of their browser. */
export async function logInAs(
  place: Place,
  who: { personId: string } | { staffId: string },
): Promise<string> {
  const session =
    'personId' in who
      ? { kind: 'citizen' as const, subjectId: who.personId }
      : { kind: 'staff' as const, subjectId: who.staffId }
  const token = await place.house.database.write(place.town, tx => openSession(tx, session))
  // Whether the town has a host of its own is not known here: over https it reads one of the two.
  const names = place.house.config?.publicUrl?.startsWith('https:') ? ['__Host-', '__Secure-'] : ['']
  return names.map(prefix => `${prefix}${sessionCookie}=${token}`).join('; ')
}
