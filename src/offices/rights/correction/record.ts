import type { CalendarDate } from '../../../lib/calendar.ts'
import type { Fault } from '../../../lib/errors.ts'
import type { Crypto } from '../../../platform/crypto/index.ts'
import { type Registration, readRegistration } from '../../people/index.ts'
import type { Fact } from './store.ts'

/** A record without its telephones, which have acts of their own. */
export type PersonRecord = Omit<Registration, 'phone' | 'phoneShared'>

/** The boxes of a record that a correction of this fact may change. */
export const boxes = {
  name: ['firstName', 'fatherName', 'grandfatherName', 'familyName'],
  birth: ['birthDate'],
  identity: ['idKind', 'idNumber'],
  family: ['motherName'],
  address: ['quarter', 'block', 'parcel', 'landmark'],
} as const satisfies Partial<Record<Fact, readonly string[]>>
export type Box = (typeof boxes)[keyof typeof boxes][number]

/** The boxes a fact is corrected in; none where it stands elsewhere than in the record. */
export const boxesOf = (fact: Fact): readonly Box[] =>
  fact in boxes ? boxes[fact as keyof typeof boxes] : []

/** A record as its boxes. */
export const inBoxes = (of: PersonRecord): Record<Box, string> => ({
  firstName: of.name.first,
  fatherName: of.name.father,
  grandfatherName: of.name.grandfather,
  familyName: of.name.family,
  motherName: of.motherName,
  birthDate: of.birthDate ?? '',
  idKind: of.idKind,
  idNumber: of.idNumber ?? '',
  quarter: of.address.quarter,
  block: of.address.block,
  parcel: of.address.parcel,
  landmark: of.address.landmark,
})

const all = Object.values(boxes).flat() as Box[]

/** The boxes that differ. */
export function changedFields(before: PersonRecord, after: PersonRecord): Box[] {
  const [was, is] = [inBoxes(before), inBoxes(after)]
  return all.filter(box => was[box] !== is[box])
}

const identifying: readonly string[] = [...boxes.name, ...boxes.identity]
/** Whether a second person agrees: the name and the number are who somebody is. */
export const needsAnother = (changed: readonly Box[]): boolean =>
  changed.some(box => identifying.includes(box))

/** What stands in for the boxes that are not open, so that what is wrong in an old record does not hold up another correction of it. */
const sound: Record<Box, string> = {
  firstName: 'أحمد',
  fatherName: 'أحمد',
  grandfatherName: 'أحمد',
  familyName: 'أحمد',
  motherName: 'أحمد',
  birthDate: '1980-01-01',
  idKind: 'other',
  idNumber: '000',
  quarter: '',
  block: '',
  parcel: '',
  landmark: '',
}

/** The record as it would stand with what was typed in the boxes of one fact; read as a registration is. */
export function readRecord(
  before: PersonRecord,
  fact: Fact,
  typed: (box: Box) => string,
  today: CalendarDate,
): { ok: true; to: Registration } | { ok: false; faults: Fault[] } {
  const open = boxesOf(fact)
  const said = Object.fromEntries(open.map(box => [box, typed(box)]))
  const reading = readRegistration({ kind: before.kind, ...sound, ...said }, today)
  if (!reading.ok) return { ok: false, faults: reading.faults }
  return { ok: true, to: withFact(before, fact, reading.value) }
}

/** A record with what was said of one fact; all else, which may have changed since it was said, stays. */
export const withFact = (now: PersonRecord, fact: Fact, said: PersonRecord): Registration => ({
  ...now,
  phone: undefined,
  phoneShared: false,
  ...(fact === 'name' && { name: said.name }),
  ...(fact === 'family' && { motherName: said.motherName }),
  ...(fact === 'birth' && { birthDate: said.birthDate }),
  ...(fact === 'identity' && { idKind: said.idKind, idNumber: said.idNumber }),
  ...(fact === 'address' && { address: said.address }),
})

const purpose = 'correction'

/** A proposed record, sealed while it waits. */
export const sealRecord = (crypto: Crypto, town: string, to: Registration): Buffer =>
  crypto.seal(town, purpose, JSON.stringify(to))
export const openRecord = (crypto: Crypto, town: string, sealed: Buffer): Registration =>
  JSON.parse(crypto.open(town, purpose, sealed)) as Registration
