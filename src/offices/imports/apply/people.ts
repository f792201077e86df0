import { sql } from 'kysely'
import { Conflict } from '../../../lib/errors.ts'
import type { Write } from '../../../platform/database/index.ts'
import {
  addPhone,
  changePerson,
  changePhone,
  getPeople,
  matchIdNumbers,
  matchPhones,
  primaryPhone,
  type Registration,
  recordOf,
  registerMany,
  sharePhones,
} from '../../people/index.ts'
import { settledIdents } from '../check/propose.ts'
import { type ReadPerson, sourceName } from '../model.ts'
import { type Decision, decisionsOn } from '../questions.ts'
import { namesAgree, wholeName } from '../reading/name.ts'
import { hex } from '../sealed.ts'
import type { Order, Work } from './work.ts'

type How = 'same-id' | 'new' | 'decided'

/** Finds or enters whom rows are about: by what was settled before, by decision, by number; whoever is left is new to the town. */
export async function settlePeople(tx: Write, order: Order, works: readonly Work[]): Promise<void> {
  const { house, source } = order
  const about = works.filter(work => work.content.person && work.ident)
  const idents = about.flatMap(work => work.ident ?? [])
  const settled = await settledIdents(tx, source.id, idents)
  const decided = await decisionsOn(tx, source.id, 'person', idents)
  const others = await settledIdents(
    tx,
    source.id,
    [...decided.values()].flatMap(each => each.otherIdent ?? []),
  )
  const numbers = await matchIdNumbers(
    tx,
    house.crypto,
    about.flatMap(({ content: { person } }) =>
      person?.id && person.idKind ? [{ idKind: person.idKind, idNumber: person.id }] : [],
    ),
  )
  const found = new Map<string, { personId: string; how: How; isKnown: boolean }>()
  const fresh = new Map<string, { person: ReadPerson; works: Work[] }>()
  for (const work of about) {
    const { person } = work.content
    if (!person || !work.ident) continue
    const ident = work.ident.toString('hex')
    if (decided.get(ident)?.choice === 'leave') {
      work.refused = 'left-by-decision'
      continue
    }
    const known = whoItIs(work, person, {
      settled: settled.get(ident),
      decision: decided.get(ident),
      others,
      numbers,
    })
    if (known === 'waits') work.waits = true
    else if (known) {
      work.personId = known.personId
      if (!settled.has(ident)) found.set(ident, known)
    } else {
      const group = fresh.get(ident) ?? { person: numberFree(person, numbers), works: [] }
      group.works.push(work)
      fresh.set(ident, group)
    }
  }
  const entered = await enter(tx, order, [...fresh.values()])
  for (const [at, [ident, group]] of [...fresh].entries()) {
    const personId = entered[at]
    if (personId === undefined) continue
    for (const work of group.works) work.personId = personId
    found.set(ident, { personId, how: 'new', isKnown: false })
  }
  await keepPeople(tx, order, found)
  await fillPhones(tx, order, about, found)
}

type Known = {
  settled: string | undefined
  decision: Decision | undefined
  others: ReadonlyMap<string, string>
  numbers: ReadonlyMap<string, { personId: string; displayName: string }>
}

function whoItIs(
  work: Work,
  person: ReadPerson,
  { settled, decision, others, numbers }: Known,
): { personId: string; how: How; isKnown: boolean } | 'waits' | undefined {
  const whose = work.before?.person
  if (work.record?.personId && whose && namesAgree(wholeName(whose), wholeName(person)))
    return { personId: work.record.personId, how: 'same-id', isKnown: true }
  if (settled) return { personId: settled, how: 'same-id', isKnown: true }
  if (decision?.choice === 'person') {
    const personId = decision.personId ?? others.get(decision.otherIdent?.toString('hex') ?? '')
    return personId ? { personId, how: 'decided', isKnown: true } : 'waits'
  }
  const same = person.id ? numbers.get(`${person.idKind}:${person.id}`) : undefined
  return same && namesAgree(same.displayName, wholeName(person))
    ? { personId: same.personId, how: 'same-id', isKnown: true }
    : undefined
}

/** Somebody new whose number is another's in the register is entered without it. */
function numberFree(person: ReadPerson, numbers: Known['numbers']): ReadPerson {
  if (!person.id || !numbers.has(`${person.idKind}:${person.id}`)) return person
  const { id: _id, idKind: _kind, ...rest } = person
  return rest
}

async function enter(
  tx: Write,
  { house, run, source, by }: Order,
  groups: readonly { person: ReadPerson }[],
): Promise<string[]> {
  if (groups.length === 0) return []
  const phones = groups.flatMap(({ person }) => person.phone ?? [])
  const used = await matchPhones(tx, house.crypto, phones)
  const shared = new Set(phones.filter((phone, at) => used.has(phone) || phones.indexOf(phone) !== at))
  await sharePhones(tx, house.crypto, [...used.keys()])
  return registerMany(
    tx,
    house.crypto,
    groups.map(({ person }) =>
      registrationOf(person, person.phone !== undefined && shared.has(person.phone)),
    ),
    by,
    sourceName(source.code),
    run.asOf,
  )
}

function registrationOf(person: ReadPerson, phoneShared: boolean): Registration {
  const { first, father, grandfather, family } = person
  return {
    kind: person.organisation ? 'organisation' : 'natural',
    name: { first, father, grandfather, family },
    motherName: person.mother ?? '',
    birthDate: person.birth,
    sex: person.sex,
    idKind: person.idKind ?? 'none',
    idNumber: person.id,
    phone: person.phone,
    phoneShared,
    address: addressOf(person),
  }
}

export const addressOf = (person: ReadPerson | undefined) => ({
  block: person?.block ?? '',
  quarter: person?.quarter ?? '',
  parcel: person?.parcel ?? '',
  landmark: person?.landmark ?? '',
})

async function keepPeople(
  tx: Write,
  { run, source }: Order,
  found: ReadonlyMap<string, { personId: string; how: How }>,
): Promise<void> {
  if (found.size === 0) return
  const given = [...found].map(([ident, { personId, how }]) => ({
    ident: hex(Buffer.from(ident, 'hex')),
    person: personId,
    how,
  }))
  await sql`
    insert into import_person (municipality_id, source_id, ident, person_id, how, at)
    select ${tx.town}::uuid, ${source.id}::uuid, ident, person, how, ${run.startedAt}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(ident bytea, person uuid, how text)
    on conflict (municipality_id, source_id, ident) do nothing`.execute(tx.q)
}

/** Somebody the town knew without a telephone gets the one the source has. */
async function fillPhones(
  tx: Write,
  { house, by }: Order,
  works: readonly Work[],
  found: ReadonlyMap<string, { isKnown: boolean }>,
): Promise<void> {
  for (const { ident, personId, content } of works) {
    const phone = content.person?.phone
    if (!phone || !personId || !ident || !found.get(ident.toString('hex'))?.isKnown) continue
    if (await primaryPhone(tx, house.crypto, personId)) continue
    await addPhone(tx, house.crypto, personId, { e164: phone, primary: true }, by)
  }
}

const told = ['first', 'father', 'grandfather', 'family', 'mother', 'birth', 'sex', 'id', 'idKind'] as const
const places = ['block', 'quarter', 'parcel', 'landmark'] as const

/**
 * Writes what the source now says otherwise of people who came from it. Whoever the town registered itself, or changed since, is left: the
 * counter knows better. A number that is somebody else's is left too.
 */
export async function changePeople(tx: Write, order: Order, works: readonly Work[]): Promise<void> {
  const { house, source, by } = order
  const changed = works.filter(
    ({ content, before, record, personId }) =>
      before?.person &&
      content.person &&
      personId &&
      personId === record?.personId &&
      JSON.stringify(before.person) !== JSON.stringify(content.person),
  )
  if (changed.length === 0) return
  const ids = [...new Set(changed.flatMap(({ personId }) => personId ?? []))]
  const ours = new Set(
    (await getPeople(tx, ids)).filter(each => each.source === sourceName(source.code)).map(each => each.id),
  )
  for (const { personId, content, before } of changed) {
    const [was, now] = [before?.person, content.person]
    if (!personId || !was || !now || !ours.has(personId)) continue
    if ([...told, ...places].some(field => was[field] !== now[field])) {
      const here = await recordOf(tx, house.crypto, personId)
      const to = registrationOf(now, false)
      const keeps = { ...here, phone: undefined, phoneShared: false }
      try {
        await changePerson(
          tx,
          house.crypto,
          { personId, to: mergeChanged(was, now, keeps, to), reason: sourceName(source.code) },
          by,
        )
      } catch (error) {
        if (!(error instanceof Conflict)) throw error
      }
    }
    if (now.phone && now.phone !== was.phone)
      await changePhone(tx, house.crypto, personId, { e164: now.phone }, by)
  }
}

/** The record with those fields that the source has changed, and no others. */
function mergeChanged(was: ReadPerson, now: ReadPerson, here: Registration, to: Registration): Registration {
  const differs = (fields: readonly (keyof ReadPerson)[]) => fields.some(field => was[field] !== now[field])
  const hasNumber = differs(['id', 'idKind']) && now.id !== undefined
  return {
    ...here,
    ...(differs(['first', 'father', 'grandfather', 'family']) && { name: to.name }),
    ...(differs(['mother']) && now.mother && { motherName: to.motherName }),
    ...(differs(['birth']) && now.birth && { birthDate: to.birthDate }),
    ...(differs(['sex']) && now.sex && { sex: to.sex }),
    ...(hasNumber && { idKind: to.idKind, idNumber: to.idNumber }),
    ...(differs(places) && { address: to.address }),
  }
}
