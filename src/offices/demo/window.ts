import { sql } from 'kysely'
import { addDays, dateIn } from '../../lib/calendar.ts'
import type { Write } from '../../platform/database/transaction.ts'
import { giveOriginal, takeOriginal } from '../counter/index.ts'
import { changePerson, mergePeople, recordOf, registerPerson } from '../people/index.ts'
import { addParty, type NewParty } from '../requests/index.ts'
import { chance } from './random.ts'
import { at, type Person, type Stage, type Worker } from './stage.ts'

const hour = 3_600_000
const originals = [
  ['سند تسجيل رقم 1147', 'أرشيف 2، صندوق 14'],
  ['عقد إيجار أصلي', 'أرشيف 1، صندوق 3'],
  ['حجة حصر إرث 77/2025', 'خزنة المركز'],
  ['مخطط مساحة مختوم', 'أرشيف 2، أنبوب 6'],
  ['وكالة دورية 310/2024', 'خزنة المركز'],
] as const

/**
 * What else a window does in a week: originals taken in and given back, a record corrected, a double found and merged, heirs and an agent
 * named on open requests, the agent's power near its end.
 */
export async function fillWindow(tx: Write, stage: Stage, until: Date): Promise<void> {
  const luck = chance(77)
  const clerk = stage.staff.find(({ role }) => role === 'clerk')
  const manager = stage.staff.find(({ role }) => role === 'manager')
  if (!clerk || !manager) return
  const by = { kind: 'staff', id: clerk.id, office: clerk.office }
  const ago = (hours: number) => at(tx, new Date(until.getTime() - hours * hour))

  for (const [place, [paper, where]] of originals.entries()) {
    const person = luck.pick(stage.people)
    const of = { personId: person.id, paper, broughtBy: nameOf(person), place: where }
    const id = await takeOriginal(ago(30 + place * 26), stage.town, of, by)
    if (place === 1) await giveOriginal(ago(5), { id, to: nameOf(person) }, by)
  }
  await correctOne(ago(52), stage, luck.pick(stage.people), by)
  await mergeOne(ago(49), stage, luck.pick(stage.people), { by, manager })
  await nameParties(ago(3), stage, until, by)
}

const nameOf = (person: Person): string =>
  [person.name.first, person.name.father, person.name.family].filter(Boolean).join(' ')

type By = { kind: string; id: string; office: string }

async function correctOne(tx: Write, stage: Stage, person: Person, by: By): Promise<void> {
  const { crypto } = stage.house
  const before = await recordOf(tx, crypto, person.id)
  const to = {
    ...before,
    phone: undefined,
    phoneShared: false,
    motherName: `${before.motherName} عبد الهادي`.trim(),
  }
  const change = { personId: person.id, to, reason: 'اسم الأم ناقص، كما في الهوية' }
  await changePerson(tx, crypto, change, by)
}

/** The same person once more, from a time when nobody asked for the number. */
async function mergeOne(
  tx: Write,
  stage: Stage,
  person: Person,
  { by, manager }: { by: By; manager: Worker },
): Promise<void> {
  const { crypto } = stage.house
  const known = await recordOf(tx, crypto, person.id)
  const twin = {
    ...known,
    idKind: 'none' as const,
    idNumber: undefined,
    phone: undefined,
    phoneShared: false,
  }
  const mergedId = await registerPerson(tx, crypto, twin, by)
  const merge = { mergedId, intoId: person.id, reason: 'الاسم والأم والميلاد نفسها، وأكّد صاحبها' }
  await mergePeople(at(tx, new Date(tx.now.getTime() + hour)), merge, { kind: 'staff', id: manager.id })
}

async function nameParties(tx: Write, stage: Stage, until: Date, by: By): Promise<void> {
  const { rows } = await sql<{ request_id: string; applicant_id: string }>`
    select request_id, applicant_id from request
     where municipality_id = ${tx.town} and closed_at is null order by filed_at desc, request_id limit 3`.execute(
    tx.q,
  )
  const others = stage.people.slice(40, 44)
  const today = dateIn(until, stage.town.timeZone)
  const named: (Omit<NewParty, 'personId'> & { of: number })[] = [
    { of: 0, capacity: 'heir', share: { of: 1, in: 8 }, proof: { number: '77/2025', issuer: 'محكمة الشرع' } },
    {
      of: 0,
      capacity: 'heir',
      share: { of: 7, in: 24 },
      proof: { number: '77/2025', issuer: 'محكمة الشرع' },
    },
    {
      of: 1,
      capacity: 'agent',
      validUntil: addDays(today, 9),
      proof: { number: '310/2026', issuer: 'كاتب عدل', issuedOn: addDays(today, -80) },
    },
    { of: 2, capacity: 'collector' },
  ]
  for (const [place, { of, ...terms }] of named.entries()) {
    const [row, person] = [rows[of], others[place]]
    if (!row || !person || person.id === row.applicant_id) continue
    const party: NewParty = { ...terms, personId: person.id }
    await addParty(tx, stage, { requestId: row.request_id, party }, by)
  }
}
