import type { Capacity } from '../../../kernel/definition/index.ts'
import type { CalendarDate } from '../../../lib/calendar.ts'

/** In which capacity somebody is a party; a collector only takes away what the request ends in. */
export type PartyCapacity = Capacity | 'collector'
export const partyCapacities: readonly PartyCapacity[] = [
  'principal',
  'agent',
  'guardian',
  'heir',
  'partner',
  'tenant',
  'representative',
  'collector',
]

/** A part of the whole, exactly: one of eight is `{ of: 1, in: 8 }`. */
export type Share = { of: number; in: number }

/** The paper that proves a capacity: power of attorney, court ruling, certificate of inheritance, lease, registration of a company. */
export type PartyProof = {
  number?: string | undefined
  /** Notary, court or registrar. */
  issuer?: string | undefined
  issuedOn?: CalendarDate | undefined
}

/** A party as it is named; of the applicant too, whose own term it says. */
export type NewParty = {
  personId: string
  capacity: PartyCapacity
  proof?: PartyProof | undefined
  proofDocumentId?: string | undefined
  /** The last day the capacity holds. */
  validUntil?: CalendarDate | undefined
  share?: Share | undefined
  /** May take away what the request ends in, besides those who always may. */
  mayCollect?: boolean | undefined
}

export type Party = NewParty & { name: string; addedAt: Date }

/** Capacities in which one acts for somebody else, whose affair it is. */
export const actsForAnother = (capacity: string): boolean =>
  capacity === 'agent' || capacity === 'guardian' || capacity === 'representative'

type Named = { personId: string; capacity: string }
type Case = { applicantId: string; capacity: string; parties?: readonly Named[] | undefined }

const principalsOf = ({ parties = [] }: Case): string[] =>
  parties.filter(({ capacity }) => capacity === 'principal').map(({ personId }) => personId)

/** Whose affair a request is: the principal of an agent, guardian or representative, else whoever files. */
export function beneficiaryOf(of: Case): string {
  return (actsForAnother(of.capacity) ? principalsOf(of)[0] : undefined) ?? of.applicantId
}

/** Whose dues and accounts a filing is judged by: the principal's; an heir's own and those of whoever left them. */
export function concernedIn(of: Case): string[] {
  if (of.capacity === 'heir') return [...new Set([of.applicantId, ...principalsOf(of)])]
  return [beneficiaryOf(of)]
}

/** Whether a capacity still holds on a day: its last day counts. */
export const inTerm = ({ validUntil }: Pick<NewParty, 'validUntil'>, today: CalendarDate): boolean =>
  validUntil === undefined || validUntil >= today

/** The sum of shares as a fraction, exactly. */
export function sumOfShares(shares: readonly Share[]): { of: bigint; in: bigint } {
  let sum = { of: 0n, in: 1n }
  for (const share of shares) {
    const below = BigInt(share.in)
    sum = { of: sum.of * below + BigInt(share.of) * sum.in, in: sum.in * below }
    const factor = greatestFactor(sum.of, sum.in)
    sum = { of: sum.of / factor, in: sum.in / factor }
  }
  return sum
}

const greatestFactor = (a: bigint, b: bigint): bigint => (b === 0n ? a : greatestFactor(b, a % b))

/** Whether the heirs, or the joint owners, would have more than the whole between them. */
export function sharesExceedWhole(parties: readonly Pick<NewParty, 'capacity' | 'share'>[]): boolean {
  return (['heir', 'partner'] as const).some(capacity => {
    const shares = parties.flatMap(party => (party.capacity === capacity && party.share ? [party.share] : []))
    const sum = sumOfShares(shares)
    return sum.of > sum.in
  })
}

/** Who may take away what a request ends in, and until when: the applicant, the principal, an agent in term, whoever is named for it. */
export const mayCollect = (party: Pick<Party, 'capacity' | 'mayCollect'>, isApplicant: boolean): boolean =>
  isApplicant ||
  party.mayCollect === true ||
  ['principal', 'agent', 'guardian', 'representative', 'collector'].includes(party.capacity)
