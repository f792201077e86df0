import type { Role } from '../../kernel/access/index.ts'
import type { CalendarDate } from '../../lib/calendar.ts'
import type { Localized } from '../../lib/localized.ts'

export type PersonKind = 'natural' | 'organisation'
export type Sex = 'female' | 'male'

export const idKinds = ['palestinian-id', 'jerusalem-id', 'passport', 'company', 'other', 'none'] as const
export type IdKind = (typeof idKinds)[number]

/** The four parts of a name. An organisation has its trade name in `first`. */
export type PersonName = { first: string; father: string; grandfather: string; family: string }

/** Where a person lives, by the levels the town names its places by. */
export type HomeAddress = { block: string; quarter: string; parcel: string; landmark: string }

/** A person or organisation as the town knows them. The id number is sealed: `idNumberOf` opens it where it is needed. */
export type Person = {
  id: string
  kind: PersonKind
  name: PersonName
  /** The whole name as it is shown and printed. */
  displayName: string
  motherName: string
  birthDate: CalendarDate | undefined
  sex: Sex | undefined
  idKind: IdKind
  address: HomeAddress
  registeredAt: Date
  /** `counter`, `self`, `import:NAME`; an imported record says how old it is. */
  source: string
  asOf: Date | undefined
  /** The record that stands for this one since they were found to be one person's. */
  mergedInto?: string | undefined
}

/** A person in a list of found ones: enough to tell namesakes apart. */
export type FoundPerson = {
  id: string
  kind: PersonKind
  displayName: string
  motherName: string
  birthYear: number | undefined
  /** '*****0001'; empty where there is none. */
  maskedId: string
  quarter: string
}

export const phoneLabels = ['own', 'home', 'work', 'family'] as const
/** Whose a telephone is. */
export type PhoneLabel = (typeof phoneLabels)[number]

/** A telephone of a person. One that several people share gets no private content, no log-in and no recovery. */
export type Phone = {
  e164: string
  /** Names it in a form, without the number: its index, in hex. */
  key: string
  /** As people read it: '0599 000 123'. */
  national: string
  label: PhoneLabel
  shared: boolean
  verified: boolean
  verifiedAt?: Date | undefined
  verifiedHow?: 'code' | 'counter' | undefined
  /** When the person last said that it is still theirs. */
  confirmedAt?: Date | undefined
  /** Messages that failed for good since one arrived, and when the first of them did. */
  failures: number
  failingSince?: Date | undefined
  /** Since when nothing is sent to it any more. */
  asleepAt?: Date | undefined
  /** Messages go to it. */
  primary: boolean
}

export type Office = { code: string; name: Localized; parent: string | undefined; position: number }

export type StaffMember = {
  id: string
  login: string
  name: Localized
  title: Localized
  leftAt: Date | undefined
}

/** What a person of the staff is, where, from when until when, and by which decision. */
export type StaffAppointment = {
  id: string
  staffId: string
  office: string
  role: Role
  validFrom: CalendarDate
  validUntil: CalendarDate | undefined
  decision: string | undefined
}

/** The name as it is shown: its parts in their order. */
export function displayName(name: PersonName): string {
  return [name.first, name.father, name.grandfather, name.family].filter(part => part !== '').join(' ')
}
