import { dateIn } from '../../../lib/calendar.ts'
import { Conflict } from '../../../lib/errors.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import { mandatedCollectors } from '../../people/index.ts'
import type { Desk } from '../desk.ts'
import type { Request } from '../model.ts'
import { inTerm, mayCollect, type Party } from './model.ts'
import { partiesOf } from './store.ts'

/** Somebody who may take away what a request ends in; one whose term has passed is told of, and gets nothing. */
export type Collector = Party & { isApplicant: boolean; expired: boolean }

/** Who may take it away, each person once, by the capacity in which they still may; or by a mandate of the applicant. */
export async function collectorsOf(
  tx: Read,
  desk: Pick<Desk, 'town'>,
  request: Pick<Request, 'id' | 'applicantId' | 'capacity'>,
): Promise<Collector[]> {
  const today = dateIn(tx.now, desk.town.timeZone)
  const found = new Map<string, Collector>()
  for (const party of await partiesOf(tx, request.id)) {
    const isApplicant = party.personId === request.applicantId && party.capacity === request.capacity
    if (!mayCollect(party, isApplicant)) continue
    const collector = { ...party, isApplicant, expired: !inTerm(party, today) }
    const known = found.get(party.personId)
    if (!known || known.expired) found.set(party.personId, collector)
  }
  for (const { personId, name } of await mandatedCollectors(tx, request.applicantId, today)) {
    const known = found.get(personId)
    if (known && !known.expired) continue
    const mandated = { personId, name, capacity: 'collector', addedAt: tx.now, mayCollect: true } as const
    found.set(personId, { ...mandated, isApplicant: false, expired: false })
  }
  return [...found.values()]
}

/**
 * Whether this person may take it away now: `power-expired` where their term has passed since, `not-a-collector` where nobody named them.
 * Without a person it is the applicant who stands there.
 */
export async function requireCollector(
  tx: Read,
  desk: Pick<Desk, 'town'>,
  request: Pick<Request, 'id' | 'applicantId' | 'capacity'>,
  personId: string | undefined,
): Promise<Collector | undefined> {
  const collectors = await collectorsOf(tx, desk, request)
  const collector = collectors.find(each =>
    personId === undefined ? each.isApplicant : each.personId === personId,
  )
  if (!collector && personId !== undefined) throw new Conflict('not-a-collector')
  if (collector?.expired) throw new Conflict('power-expired', { until: collector.validUntil })
  return collector
}
