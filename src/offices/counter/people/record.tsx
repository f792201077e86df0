import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { shortDate } from '../../../lib/dates.ts'
import { Conflict, type Fault, InvalidInput } from '../../../lib/errors.ts'
import { translate } from '../../../lib/texts.ts'
import type { Read } from '../../../platform/database/index.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, redirect, showPage } from '../../../web/page.tsx'
import { acts, looks, type Route, route, staff } from '../../../web/route.ts'
import { lookInto } from '../../looks/index.ts'
import {
  type Change,
  changePerson,
  changesOf,
  getPerson,
  type MergedRecord,
  mergedRecords,
  readRegistration,
  recordOf,
} from '../../people/index.ts'
import { byOf, clerkOf } from '../clerk.ts'
import { counterText } from '../strings.ts'
import { RecordPage } from './record-page.tsx'
import { named, typedOf } from './register.tsx'
import type { RegisterView } from './register-page.tsx'
import { peopleTexts } from './strings.ts'

export const recordRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.counterRecord,
    access: staff('person.register'),
    audit: looks('counter.person-opened'),
    handle: call => show(call, {}),
  }),
  route({
    method: 'post',
    address: addresses.counterRecord,
    access: staff('person.register'),
    audit: acts('people.changed'),
    handle: correct,
  }),
]

export type RecordView = RegisterView & {
  personId: string
  name: string
  reason: string
  changes: Change[]
  merged: MergedRecord[]
  mayMerge: boolean
  refusal?: 'record-unchanged' | 'record-exists' | undefined
}

type Again = Partial<Pick<RecordView, 'typed' | 'faults' | 'warnings' | 'exists' | 'refusal'>>

async function show(call: Call, again: Again, status = 200): Promise<Response> {
  const personId = idParam(call, 'person')
  const view = await read(call, async (tx): Promise<RecordView | string> => {
    const person = await getPerson(tx, personId)
    if (person.mergedInto) return person.mergedInto
    const seen = { personId, subjectKind: 'person', subjectId: personId }
    await lookInto(call, tx, { ...seen, cause: counterText('ar', 'cause-visit') })
    return {
      personId,
      name: person.displayName,
      reason: typedText(call, 'reason'),
      typed: again.typed ?? (await boxesOf(tx, call, personId)),
      faults: again.faults ?? [],
      warnings: again.warnings ?? [],
      exists: again.exists,
      refusal: again.refusal,
      changes: await changesOf(tx, call.house.crypto, personId),
      merged: await mergedRecords(tx, personId),
      mayMerge: may(clerkOf(call), 'person.merge'),
      levels: call.town.profile.levels,
    }
  })
  if (typeof view === 'string') return redirect(url(call, addresses.counterRecord, { person: view }))
  return showPage(call, <RecordPage view={view} />, status)
}

/** The record as the boxes of the form have it. */
async function boxesOf(tx: Read, call: Call, personId: string): Promise<Record<string, string>> {
  const { kind, name, motherName, birthDate, sex, idKind, idNumber, address, particulars } = await recordOf(
    tx,
    call.house.crypto,
    personId,
  )
  const { withoutNumber, abroad, country } = particulars ?? {}
  const boxes: Record<string, string | undefined> = {
    kind,
    motherName,
    sex,
    idKind,
    idNumber,
    country,
    firstName: name.first,
    fatherName: name.father,
    grandfatherName: name.grandfather,
    familyName: name.family,
    birthDate: birthDate && shortDate(birthDate, { locale: call.locale, timeZone: call.town.timeZone }),
    ...address,
    noIdReason: withoutNumber?.reason,
    witness1: withoutNumber?.witnesses[0],
    witness2: withoutNumber?.witnesses[1],
    instead: withoutNumber?.document,
    livesAbroad: abroad && 'yes',
    livesIn: abroad?.country,
    contactName: abroad?.contact,
    contactPhone: abroad?.contactPhone,
  }
  return Object.fromEntries(Object.entries(boxes).flatMap(([key, value]) => (value ? [[key, value]] : [])))
}

/** Corrects the record: what stood before is kept beside what stands now, with the reason. */
async function correct(call: Call): Promise<Response> {
  const typed = typedOf(call)
  const reading = readRegistration(call.typed, dateIn(call.now, call.town.timeZone), { inPerson: true })
  const faults: Fault[] = reading.ok ? [] : reading.faults.map(named)
  const unsure = reading.warnings.length > 0 && typedText(call, 'idConfirmed') !== 'yes'
  if (faults.length === 0 && unsure) faults.push({ field: 'idConfirmed', code: 'check-confirm' })
  if (typedText(call, 'reason').trim() === '') faults.push({ field: 'reason', code: 'reason-missing' })
  if (faults.length > 0 || !reading.ok) return show(call, { typed, faults, warnings: reading.warnings }, 422)
  const { value: to, warnings } = reading
  const personId = idParam(call, 'person')
  try {
    const answer = await write(call, async tx => {
      const change = { personId, to, reason: typedText(call, 'reason') }
      await changePerson(tx, call.house.crypto, change, byOf(call))
      return { redirect: url(call, addresses.counterPerson, { person: personId }) }
    })
    flash(call, { text: translate(peopleTexts, call.locale, 'record-saved') })
    return answer
  } catch (error) {
    if (error instanceof InvalidInput) return show(call, { typed, warnings, faults: [...error.faults] }, 422)
    if (!(error instanceof Conflict)) throw error
    if (error.code === 'nothing-changed')
      return show(call, { typed, warnings, refusal: 'record-unchanged' }, 409)
    if (error.code !== 'person-exists') throw error
    const { personId: id } = error.details
    const exists = typeof id === 'string' ? { id } : undefined
    return show(call, { typed, warnings, exists, refusal: 'record-exists' }, 409)
  }
}
