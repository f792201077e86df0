import { addDays, type CalendarDate, dateIn } from '../../../lib/calendar.ts'
import { hijriDate, shortDate } from '../../../lib/dates.ts'
import type { House } from '../../../platform/house.ts'
import type { Signer } from '../model.ts'
import type { OutputForm } from '../signing/register.ts'
import { ar } from '../strings.ar.ts'
import type { Body } from './body.ts'
import { qrSvg } from './qr.ts'
import { initialOf, sealOf, type TownPaper, verifyAddress } from './town.ts'

/** The person a paper is about, as it names them. The number is opened for the paper and kept nowhere else. */
export type PaperHolder = {
  name: string
  sex: 'female' | 'male' | undefined
  idKind: string
  idNumber: string | undefined
  motherName: string
  birthDate: CalendarDate | undefined
}

export type PaperFacts = {
  title: string
  number: string
  requestNumber: string
  code: string
  signer: Pick<Signer, 'name' | 'title'>
  signedAt: Date
  validUntil: CalendarDate | undefined
  holder: PaperHolder
  body: Body
  /** How it is signed; a draft has neither number nor code yet. */
  form?: OutputForm | 'draft' | undefined
}

/** Everything a template may set, in words and figures that need no further work. */
export function sheetInputs(
  house: Pick<House, 'config'>,
  town: TownPaper,
  paper: PaperFacts,
): Record<string, unknown> {
  const style = { locale: 'ar', timeZone: town.timeZone } as const
  const day = dateIn(paper.signedAt, town.timeZone)
  const [year, month, date] = day.split('-').map(Number)
  return {
    town: {
      name: town.name.ar,
      nameEn: town.name.en,
      address: town.profile.address.ar,
      addressEn: town.profile.address.en,
      phone: town.profile.phone,
      initial: initialOf(town.name.ar),
      seal: sealOf(town.profile) ?? null,
    },
    title: paper.title,
    number: paper.number,
    requestNumber: paper.requestNumber,
    date: shortDate(day, style),
    hijri: hijriDate(day, style),
    signedOn: { year, month, day: date },
    validUntil: paper.validUntil ? shortDate(paper.validUntil, style) : null,
    code: paper.code,
    verifyAt: verifyAddress(house, town).replace(/^https?:\/\//, ''),
    qr: qrSvg(verifyAddress(house, town, paper.code)),
    signer: { name: paper.signer.name, title: paper.signer.title },
    holder: holderInputs(paper.holder, style),
    body: paper.body,
    form: paper.form ?? 'electronic',
  }
}

/** Somebody without a number is told from namesakes by mother and birth; whoever has one needs no more of theirs on a paper. */
function holderInputs(holder: PaperHolder, style: { locale: 'ar'; timeZone: string }) {
  const { name, sex = null, idKind, idNumber = null } = holder
  const idLabel = ar[`id-${idKind}` as keyof typeof ar] ?? ar['id-other']
  if (idNumber !== null) return { name, sex, idLabel, idNumber }
  const birthDate = holder.birthDate ? shortDate(holder.birthDate, style) : null
  return { name, sex, birthDate, motherName: holder.motherName || null }
}

/** The last day a paper is good for: that many days after the day it was signed on. */
export function lastDay(
  signedAt: Date,
  timeZone: string,
  validDays: number | undefined,
): CalendarDate | undefined {
  return validDays === undefined ? undefined : addDays(dateIn(signedAt, timeZone), validDays)
}
