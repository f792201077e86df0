import type { CompiledFee, CompiledService, FeePoint, RuleValues } from '../../kernel/definition/index.ts'
import type { Money } from '../../lib/money.ts'
import type { Read, Write } from '../../platform/database/transaction.ts'
import {
  accountFor,
  type Charge,
  cancelCharge,
  chargesOfRequest,
  exemptFee,
  type FeeExemption,
  feeExemptionsOf,
  raiseCharge,
  type ToldExemption,
  tariffsOfRequest,
  tariffsOn,
} from '../treasury/index.ts'
import type { Request } from './model.ts'
import { beneficiaryOfRequest } from './parties/store.ts'

/** A fee that falls due, with its amount after the decision that lets off a part of it. */
export type AssessedFee = { fee: CompiledFee; amount: Money; exemption?: ToldExemption }

/** The town's amounts on a day laid over those the definition comes with. */
export async function tariffsFor(
  tx: Read,
  service: CompiledService,
  today: string,
): Promise<Record<string, Money>> {
  return { ...service.tariffsOn(today), ...(await tariffsOn(tx, today)) }
}

/** Fees of a point that apply and are more than nothing, after what decisions let off; one that is let off whole is not due. */
export function assessFees(
  service: CompiledService,
  point: FeePoint,
  values: RuleValues,
  exemptions: readonly FeeExemption[] = [],
): AssessedFee[] {
  return service.fees
    .filter(fee => fee.at === point && fee.applies(values))
    .map(fee => ({ fee, ...exemptFee(fee.amount(values), fee.fee.dueKind, exemptions) }))
    .filter(({ amount }) => amount.minor > 0)
}

/** What the ledger says of a request's fee points, for the workflow's question "is anything due here?"; amounts as of its filing. */
export type FeeBook = { charges: Charge[]; tariffs: Record<string, Money>; exemptions: FeeExemption[] }

export async function openFeeBook(
  tx: Read,
  service: CompiledService,
  request: Request,
  { today, filedOn }: { today: string; filedOn: string },
): Promise<FeeBook> {
  const [ofTheTown, charges, exemptions] = await Promise.all([
    tariffsOfRequest(tx, { requestId: request.id, filedOn, today }),
    chargesOfRequest(tx, request.id),
    service.fees.length > 0
      ? beneficiaryOfRequest(tx, request).then(whose => feeExemptionsOf(tx, whose, today))
      : [],
  ])
  return {
    charges,
    tariffs: { ...service.tariffsOn(today), ...service.tariffsOn(filedOn), ...ofTheTown },
    exemptions,
  }
}

/** Whether a point has fees, or may: an amount that rests on what is still to be found stands as due until it is known. */
export const mayBeDue = (
  service: CompiledService,
  point: FeePoint,
  values: RuleValues,
  exemptions: readonly FeeExemption[],
): boolean =>
  service.fees.some(fee => fee.at === point && fee.applies(values) && !fee.isKnown(values)) ||
  assessFees(service, point, values, exemptions).length > 0

/** Due: raised and not settled, or not raised yet and more than nothing. */
export function isDue(book: FeeBook, service: CompiledService, point: FeePoint, values: RuleValues): boolean {
  const raised = book.charges.filter(charge => charge.feePoint === point && !charge.cancelled)
  if (raised.length > 0) return raised.some(charge => charge.open.minor > 0)
  return mayBeDue(service, point, { ...values, tariffs: book.tariffs }, book.exemptions)
}

/** Raises whole what is due at a point and was not raised before, on the account of fees of whoever it is for; what is left to pay is told. */
export async function raiseFees(
  tx: Write,
  request: Request,
  book: FeeBook,
  fees: AssessedFee[],
  values: RuleValues,
  by: { kind: string; id: string },
): Promise<Money[]> {
  const raised: Money[] = []
  const debtorId = await beneficiaryOfRequest(tx, request)
  for (const { fee, amount } of fees) {
    if (book.charges.some(charge => charge.feeId === fee.id && !charge.cancelled)) continue
    const account = await accountFor(tx, {
      objectKind: 'person',
      objectId: debtorId,
      kind: fee.fee.dueKind,
      holderId: debtorId,
    })
    await raiseCharge(tx, {
      accountId: account.id,
      debtorId,
      requestId: request.id,
      feeId: fee.id,
      feePoint: fee.at,
      dueKind: fee.fee.dueKind,
      label: fee.fee.name,
      amount,
      refundable: fee.fee.refundable ?? false,
      reasons: {
        formula: fee.fee.amount,
        tariffs: namedTariffs(fee.fee.amount, book.tariffs),
        today: values.today,
      },
      dueOn: values.today,
      by,
    })
    const { amount: due } = exemptFee(amount, fee.fee.dueKind, book.exemptions)
    if (due.minor > 0) raised.push(due)
  }
  return raised
}

/** Takes back what was raised at a point and is not wholly paid: the request ended or went back. */
export async function cancelFees(
  tx: Write,
  book: FeeBook,
  point: FeePoint,
  by: { kind: string; id: string },
): Promise<void> {
  for (const charge of book.charges) {
    if (charge.feePoint !== point || charge.cancelled || charge.open.minor < charge.amount.minor) continue
    await cancelCharge(tx, charge.id, { by, reason: 'request-ended' })
  }
}

/** The amounts a formula names, for the charge to say how it came about. */
export function namedTariffs(
  formula: string,
  tariffs: Readonly<Record<string, Money>>,
): Record<string, Money> {
  return Object.fromEntries(Object.entries(tariffs).filter(([key]) => formula.includes(key)))
}
