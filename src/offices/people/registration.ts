import { z } from 'zod'
import { composed, isPlausibleName, stripControls, toWesternDigits } from '../../lib/arabic.ts'
import { addDays, type CalendarDate, isCalendarDate } from '../../lib/calendar.ts'
import type { Fault } from '../../lib/errors.ts'
import { parseNationalId } from '../../lib/national-id.ts'
import { parsePhone } from '../../lib/phone.ts'
import { normaliseIdNumber } from './identity.ts'
import {
  type HomeAddress,
  type IdKind,
  idKinds,
  type PersonKind,
  type PersonName,
  type Sex,
} from './model.ts'
import { type NoNumberReason, noNumberReasons, type Particulars } from './records/particulars.ts'

/** A person as read from a form, an import or the API: what `registerPerson` takes. */
export type Registration = {
  kind: PersonKind
  name: PersonName
  motherName: string
  birthDate: CalendarDate | undefined
  sex: Sex | undefined
  idKind: IdKind
  /** As it is kept; undefined only where `idKind` is `none`. */
  idNumber: string | undefined
  /** E.164. */
  phone: string | undefined
  phoneShared: boolean
  address: HomeAddress
  particulars?: Particulars | undefined
}

export type RegistrationReading =
  | { ok: true; value: Registration; warnings: Fault[] }
  | { ok: false; faults: Fault[]; warnings: Fault[] }

const longest = 120
const oldest = 130 * 366

const line = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform(value => (Array.isArray(value) ? (value.at(-1) ?? '') : (value ?? '')))
  .transform(text => composed(stripControls(text.toWellFormed()).replace(/\s+/g, ' ').trim()))

const oneOf = <const T extends string>(values: readonly T[], otherwise: T | undefined) =>
  line.transform((text, context): T | undefined => {
    if (text === '') return otherwise
    const found = values.find(value => value === text)
    if (found === undefined) context.addIssue({ code: 'custom', message: 'not-an-option' })
    return found
  })

const fault = (message: string) => ({ code: 'custom' as const, message })

const namePart = line.superRefine((text, context) => {
  if (text.length > longest) context.addIssue(fault('too-long'))
  else if (text !== '' && !isPlausibleName(text)) context.addIssue(fault('not-a-name'))
})
const shortLine = line.superRefine((text, context) => {
  if (text.length > longest) context.addIssue(fault('too-long'))
})

/** 3/11/1988, ٣-١١-١٩٨٨ or 1988-11-03. */
function dayOf(text: string): string {
  const typed = toWesternDigits(text).replace(/\s/g, '')
  const spoken = /^(\d{1,2})[/.\-،](\d{1,2})[/.\-،](\d{4})$/.exec(typed)
  if (!spoken) return typed
  const [, day = '', month = '', year = ''] = spoken
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

const shape = (today: CalendarDate) =>
  z.object({
    kind: oneOf(['natural', 'organisation'] as const, 'natural'),
    firstName: line,
    fatherName: namePart,
    grandfatherName: namePart,
    familyName: namePart,
    motherName: namePart,
    birthDate: line.transform((text, context) => {
      if (text === '') return undefined
      const day = dayOf(text)
      if (!isCalendarDate(day)) context.addIssue(fault('not-a-date'))
      else if (day > today) context.addIssue(fault('date-in-future'))
      else if (day < addDays(today, -oldest)) context.addIssue(fault('date-too-old'))
      return day
    }),
    sex: oneOf(['female', 'male'] as const, undefined),
    idKind: oneOf(idKinds, 'palestinian-id'),
    idNumber: line,
    phone: line.transform((text, context) => {
      if (text === '') return undefined
      const read = parsePhone(text)
      if (!read.ok) context.addIssue(fault(read.code))
      return read.ok ? read.value.e164 : undefined
    }),
    phoneShared: line.transform(text => ['yes', 'true', 'on'].includes(text)),
    block: shortLine,
    quarter: shortLine,
    parcel: shortLine,
    landmark: shortLine,
    country: line.superRefine((text, context) => {
      if (text !== '' && !/^[A-Za-z]{2}$/.test(text)) context.addIssue(fault('not-an-option'))
    }),
    noIdReason: oneOf(noNumberReasons, undefined),
    witness1: namePart,
    witness2: namePart,
    instead: shortLine,
    livesAbroad: line,
    livesIn: shortLine,
    contactName: namePart,
    contactPhone: line.transform((text, context) => {
      if (text === '') return undefined
      const read = parsePhone(text)
      if (!read.ok) context.addIssue(fault(read.code))
      return read.ok ? read.value.e164 : undefined
    }),
  })

/**
 * Reads a person as typed. Fields: kind, firstName, fatherName, grandfatherName, familyName, motherName, birthDate, sex, idKind,
 * idNumber, phone, phoneShared, block, quarter, parcel, landmark, country (of the passport), noIdReason, witness1, witness2, instead,
 * livesAbroad, livesIn, contactName, contactPhone. A check digit that does not agree warns and does not stop. `inPerson`, where somebody
 * stands at the window: without a number they say why and what identifies them instead, and of a passport its country.
 */
export function readRegistration(
  typed: Readonly<Record<string, string | string[] | undefined>>,
  today: CalendarDate,
  { inPerson = false }: { inPerson?: boolean } = {},
): RegistrationReading {
  const read = shape(today).safeParse(typed)
  const faults: Fault[] = read.success ? [] : read.error.issues.map(toFault)
  const texts = plainTexts(typed)
  const at = (field: string, code: string) => {
    if (!faults.some(each => each.field === field)) faults.push({ field, code })
  }
  const organisation = texts.kind === 'organisation'
  if (texts.firstName === '') at('firstName', 'required')
  else if (texts.firstName.length > longest) at('firstName', 'too-long')
  else if (!(organisation ? isTradeName : isPlausibleName)(texts.firstName)) at('firstName', 'not-a-name')
  const idKind = texts.idKind === '' ? 'palestinian-id' : (texts.idKind as IdKind)
  const onCard = idKind === 'palestinian-id' && !organisation
  for (const name of onCard ? cardFields : organisation ? [] : (['familyName'] as const)) {
    if (texts[name] === '') at(name, 'required')
  }
  const warnings = inspectId(idKind, texts.idNumber, at)
  if (inPerson && !organisation) askInPerson(idKind, texts, at)
  if (!read.success || faults.length > 0) return { ok: false, faults: asAsked(faults), warnings }
  return { ok: true, value: registrationOf(read.data, idKind, texts), warnings }
}

/** Faults in the order of the questions: what is read first is put right first. */
function asAsked(faults: Fault[]): Fault[] {
  const fields = Object.keys(shape('2000-01-01').shape)
  return faults.toSorted((a, b) => fields.indexOf(a.field) - fields.indexOf(b.field))
}

type Shape = z.infer<ReturnType<typeof shape>>
type Texts = Record<keyof Shape, string>

/** What stands on an identity card, so that nothing of it need be missing. */
const cardFields = ['fatherName', 'grandfatherName', 'familyName', 'motherName', 'birthDate'] as const

const isTradeName = (text: string) => /\p{L}{2}/u.test(text) && !/\p{Extended_Pictographic}/u.test(text)

function plainTexts(typed: Readonly<Record<string, string | string[] | undefined>>): Texts {
  const names = Object.keys(shape('2000-01-01').shape) as (keyof Shape)[]
  return Object.fromEntries(names.map(name => [name, line.safeParse(typed[name]).data ?? ''])) as Texts
}

function inspectId(kind: IdKind, number: string, at: (field: string, code: string) => void): Fault[] {
  if (kind === 'none' || !idKinds.includes(kind)) return []
  if (kind === 'palestinian-id' || kind === 'jerusalem-id') {
    const read = parseNationalId(number)
    if (!read.ok) at('idNumber', read.code)
    return read.ok && !read.value.checkDigitOk ? [{ field: 'idNumber', code: 'national-id-check-digit' }] : []
  }
  const normalised = normaliseIdNumber(kind, number)
  if (normalised === '') at('idNumber', 'required')
  else if (normalised.length < 3) at('idNumber', 'too-short')
  else if (normalised.length > 40) at('idNumber', 'too-long')
  return []
}

function registrationOf(data: Shape, idKind: IdKind, texts: Texts): Registration {
  const organisation = data.kind === 'organisation'
  const own = (text: string) => (organisation ? '' : text)
  return {
    kind: data.kind ?? 'natural',
    name: {
      first: data.firstName,
      father: own(data.fatherName),
      grandfather: own(data.grandfatherName),
      family: own(data.familyName),
    },
    motherName: own(data.motherName),
    birthDate: organisation ? undefined : data.birthDate,
    sex: organisation ? undefined : data.sex,
    idKind,
    idNumber: idKind === 'none' ? undefined : normaliseIdNumber(idKind, texts.idNumber),
    phone: data.phone,
    phoneShared: data.phoneShared,
    address: { block: data.block, quarter: data.quarter, parcel: data.parcel, landmark: data.landmark },
    particulars: organisation ? {} : particularsOf(data, idKind),
  }
}

function askInPerson(kind: IdKind, texts: Texts, at: (field: string, code: string) => void): void {
  if (kind === 'passport' && texts.country === '') at('country', 'required')
  if (texts.livesAbroad !== '' && texts.livesIn === '') at('livesIn', 'required')
  if (kind !== 'none') return
  if (texts.noIdReason === '') at('noIdReason', 'required')
  if (texts.instead !== '') return
  if (texts.witness1 === '' && texts.witness2 === '') at('instead', 'identified-by-nothing')
  else if (texts.witness1 === '' || texts.witness2 === '')
    at(texts.witness1 === '' ? 'witness1' : 'witness2', 'two-witnesses')
}

function particularsOf(data: Shape, kind: IdKind): Particulars {
  const witnesses = [data.witness1, data.witness2].filter(name => name !== '')
  const reason = data.noIdReason as NoNumberReason | undefined
  return {
    ...(kind === 'passport' && data.country !== '' && { country: data.country.toUpperCase() }),
    ...(kind === 'none' &&
      reason && {
        withoutNumber: { reason, witnesses, ...(data.instead !== '' && { document: data.instead }) },
      }),
    ...(data.livesAbroad !== '' &&
      data.livesIn !== '' && {
        abroad: {
          country: data.livesIn,
          ...(data.contactName !== '' && { contact: data.contactName }),
          ...(data.contactPhone && { contactPhone: data.contactPhone }),
        },
      }),
  }
}

const limits: Record<string, Readonly<Record<string, number>>> = {
  'too-long': { max: longest },
  'too-short': { min: 3 },
}

function toFault(issue: z.core.$ZodIssue): Fault {
  const code = issue.code === 'custom' ? issue.message : 'wrong-kind'
  const values = limits[code]
  return { field: issue.path.join('.'), code, ...(values ? { values } : {}) }
}
