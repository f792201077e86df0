import { isoDate } from '../../../kernel/form/index.ts'
import { stripControls, toWesternDigits } from '../../../lib/arabic.ts'
import { type CalendarDate, isCalendarDate } from '../../../lib/calendar.ts'
import type { Fault } from '../../../lib/errors.ts'
import { inTerm, type NewParty, type PartyCapacity, partyCapacities, type Share } from './model.ts'

/** What each capacity must say of its proof. */
const asked: Record<PartyCapacity, readonly ('number' | 'issuer' | 'issuedOn' | 'validUntil' | 'share')[]> = {
  principal: [],
  agent: ['number', 'issuer', 'issuedOn'],
  guardian: ['number', 'issuer'],
  heir: ['number'],
  partner: ['share'],
  tenant: ['validUntil'],
  representative: ['number', 'validUntil'],
  collector: [],
}

/** What each capacity may say besides. */
const offered: Record<PartyCapacity, readonly string[]> = {
  principal: [],
  agent: ['number', 'issuer', 'issuedOn', 'validUntil'],
  guardian: ['number', 'issuer', 'issuedOn', 'validUntil'],
  heir: ['number', 'issuer', 'issuedOn', 'share'],
  partner: ['share'],
  tenant: ['validUntil'],
  representative: ['number', 'validUntil'],
  collector: ['validUntil'],
}

/** The boxes a capacity has, in their order. */
export const boxesOfCapacity = (capacity: PartyCapacity): readonly string[] => offered[capacity]

export const isPartyCapacity = (text: string): text is PartyCapacity =>
  partyCapacities.some(each => each === text)

type Terms = Omit<NewParty, 'personId'>

/**
 * Reads the terms of a party as typed: `PREFIXnumber`, `PREFIXissuer`, `PREFIXissuedOn`, `PREFIXvalidUntil`, `PREFIXshare` as «1/8», and
 * `PREFIXmayCollect`. Boxes a capacity does not have are left aside; a term that has passed is a fault.
 */
export function readTerms(
  capacity: PartyCapacity,
  text: (name: string) => string,
  today: CalendarDate,
  prefix = '',
): { terms: Terms; faults: Fault[] } {
  const faults: Fault[] = []
  const line = (name: string, most = 120) =>
    offered[capacity].includes(name)
      ? stripControls(text(prefix + name))
          .replace(/\s+/g, ' ')
          .trim()
          .slice(0, most)
      : ''
  const at = (name: string, code: string) => faults.push({ field: prefix + name, code })
  const day = (name: 'issuedOn' | 'validUntil') => {
    const typed = line(name)
    if (typed === '') return undefined
    const date = isoDate(typed)
    if (date !== undefined && isCalendarDate(date)) return date
    at(name, 'not-a-date')
    return undefined
  }
  for (const name of asked[capacity]) if (line(name) === '') at(name, 'required')
  const [number, issuer, issuedOn, validUntil] = [
    line('number', 60),
    line('issuer'),
    day('issuedOn'),
    day('validUntil'),
  ]
  if (issuedOn !== undefined && issuedOn > today) at('issuedOn', 'date-in-future')
  if (!inTerm({ validUntil }, today)) at('validUntil', 'proof-expired')
  const share = line('share') === '' ? undefined : readShare(line('share'))
  if (line('share') !== '' && !share) at('share', 'not-a-share')
  const proof = {
    ...(number !== '' && { number }),
    ...(issuer !== '' && { issuer }),
    ...(issuedOn !== undefined && { issuedOn }),
  }
  return {
    faults,
    terms: {
      capacity,
      ...(Object.keys(proof).length > 0 && { proof }),
      ...(validUntil !== undefined && { validUntil }),
      ...(share && { share }),
      ...(text(`${prefix}mayCollect`) === 'yes' && { mayCollect: true }),
    },
  }
}

const mostParts = 1_000_000

/** «1/8», «٣/٢٤»: at most the whole. */
export function readShare(typed: string): Share | undefined {
  const match = /^(\d{1,7})\s*[/\\]\s*(\d{1,7})$/.exec(toWesternDigits(typed).trim())
  if (!match) return undefined
  const share = { of: Number(match[1]), in: Number(match[2]) }
  return share.of > 0 && share.of <= share.in && share.in <= mostParts ? share : undefined
}
