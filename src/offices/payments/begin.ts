import { dateIn } from '../../lib/calendar.ts'
import { Conflict, InvalidInput } from '../../lib/errors.ts'
import { money, sumByCurrency } from '../../lib/money.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import type { House } from '../../platform/house.ts'
import type { Town } from '../../web/town.ts'
import { record } from '../audit/index.ts'
import { chargesOfRequest, type Due, duesOf } from '../treasury/index.ts'
import { getBank } from './bank/settings.ts'
import type { Intent } from './model.ts'
import { addEvent, insertIntent, intentsOf } from './store.ts'

export type Desk = { house: House; town: Town }

/** One charge a citizen may pay here, with what is open of it. */
export type Payable = Pick<
  Due,
  | 'chargeId'
  | 'accountId'
  | 'accountNumber'
  | 'label'
  | 'open'
  | 'dueOn'
  | 'overdue'
  | 'source'
  | 'asOf'
  | 'requestId'
>

/** What a person may pay online: everything they are shown as owing, and what their own requests wait for. */
export async function payableBy(
  tx: Read,
  { town }: Pick<Desk, 'town'>,
  personId: string,
  requestId?: string,
): Promise<Payable[]> {
  const today = dateIn(tx.now, town.timeZone)
  const dues = await duesOf(tx, personId, today)
  if (requestId === undefined) return dues
  const ofRequest = new Set((await chargesOfRequest(tx, requestId)).map(charge => charge.id))
  return dues.filter(due => ofRequest.has(due.chargeId))
}

/**
 * Begins to pay these charges: what is open of them now is the amount, and stays it. The same choice made again while it waits is the same
 * payment.
 * @throws InvalidInput `charges-missing`, `pay-one-currency`; Conflict `no-bank`, `charge-settled`
 */
export async function beginPayment(
  tx: Write,
  desk: Desk,
  of: { personId: string; chargeIds: readonly string[]; requestId?: string | undefined },
): Promise<string> {
  const { settings } = await getBank(tx, desk)
  if (of.chargeIds.length === 0) throw new InvalidInput([{ field: 'charges', code: 'charges-missing' }])
  const payable = await payableBy(tx, desk, of.personId)
  const lines = payable.filter(due => of.chargeIds.includes(due.chargeId))
  if (lines.length < new Set(of.chargeIds).size) throw new Conflict('charge-settled')
  const [sum, ...others] = sumByCurrency(lines.map(line => line.open))
  if (!sum || others.length > 0) throw new InvalidInput([{ field: 'charges', code: 'pay-one-currency' }])
  const begun = (await intentsOf(tx, of.personId)).find(each => isSame(each, lines, tx.now))
  if (begun) return begun.id
  const requests = new Set(lines.map(line => line.requestId))
  const [only] = requests
  const id = await insertIntent(tx, {
    personId: of.personId,
    requestId: of.requestId ?? (requests.size === 1 ? only : undefined),
    amount: money(sum.minor, sum.currency),
    expiresAt: new Date(tx.now.getTime() + settings.minutes * 60_000),
    lines: lines.map(line => ({ chargeId: line.chargeId, accountId: line.accountId, amount: line.open })),
  })
  const by = { kind: 'citizen', id: of.personId }
  await addEvent(tx, id, { kind: 'begun', by })
  await record(tx, {
    actor: by,
    act: 'payments.begun',
    subjectKind: 'payment',
    subjectId: id,
    personId: of.personId,
    requestId: of.requestId,
  })
  return id
}

function isSame(intent: Intent, lines: readonly Payable[], now: Date): boolean {
  if (intent.state !== 'open' || intent.expiresAt.getTime() - now.getTime() < 5 * 60_000) return false
  const wanted = new Map(lines.map(line => [line.chargeId, line.open.minor]))
  return (
    intent.lines.length === wanted.size &&
    intent.lines.every(line => wanted.get(line.chargeId) === line.amount.minor)
  )
}
