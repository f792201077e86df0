import { formatMoney, type Money, money } from '../../lib/money.ts'
import type { Write } from '../../platform/database/index.ts'
import { record } from '../audit/index.ts'
import { type OfficeWords, planMessage, type VariableName, worded } from '../messaging/index.ts'
import { getPerson } from '../people/index.ts'
import { getCharge, takeReceipt } from '../treasury/index.ts'
import type { BankAnswer } from './bank/protocol.ts'
import { getBank } from './bank/settings.ts'
import type { Desk } from './begin.ts'
import { byBank, type Intent, onlineBook } from './model.ts'
import { askRefund } from './refund.ts'
import { addEvent, lockIntent, setOutcome } from './store.ts'
import { payText } from './strings.ts'
import { told } from './told.ts'

/** What came of an answer: something was done, it said what was known, or it was heard before. */
export type Heard = 'done' | 'known' | 'again'

/**
 * Hears what the bank says of a payment, however often and however late it says it. Money that came settles what is still open of what it
 * was meant for; what has been paid otherwise since stays on account, or is to go back, as the town decided; another amount than the one
 * agreed settles nothing and waits for the treasurer.
 */
export async function hear(
  tx: Write,
  desk: Desk,
  answer: BankAnswer,
  how: 'call-back' | 'asked',
): Promise<Heard> {
  const intent = await lockIntent(tx, answer.paymentId)
  const { outcome, bankRef, taken } = answer
  const nothingNew = outcome === 'pending' || outcome === 'unknown'
  if (nothingNew && how === 'asked') return 'known'
  const facts = { outcome, bankRef, ...(taken && { taken }) }
  const first = await addEvent(tx, intent.id, { kind: how, by: byBank, nonce: answer.nonce, facts })
  if (!first) return 'again'
  if (nothingNew) return 'known'
  if (outcome !== 'paid') {
    if (intent.state !== 'open' && intent.state !== 'expired') return 'known'
    await setOutcome(tx, intent.id, { state: outcome === 'refused' ? 'failed' : 'cancelled', bankRef })
    return 'done'
  }
  if (intent.taken) {
    if (intent.bankRef === bankRef) return 'known'
    await addEvent(tx, intent.id, { kind: 'paid-twice', by: byBank, facts })
    return 'done'
  }
  if (!taken || taken.currency !== intent.amount.currency || taken.minor !== intent.amount.minor) {
    await setOutcome(tx, intent.id, { state: 'mismatch', bankRef, taken })
    await addEvent(tx, intent.id, {
      kind: 'mismatch',
      by: byBank,
      facts: { ...facts, expected: intent.amount },
    })
    await tell(tx, desk, intent, told.mismatch, {})
    return 'done'
  }
  await book(tx, desk, intent, { bankRef, taken })
  return 'done'
}

/** Books money the bank took: on the charges as far as they are open, the rest on their accounts. */
export async function book(
  tx: Write,
  desk: Desk,
  intent: Intent,
  { bankRef, taken }: { bankRef: string; taken: Money },
): Promise<void> {
  const { bank, settings } = await getBank(tx, desk)
  const person = await getPerson(tx, intent.personId)
  let left = taken.minor
  const [charges, credits]: [{ chargeId: string; minor: number }[], Map<string, number>] = [[], new Map()]
  for (const line of intent.lines) {
    const { open } = await getCharge(tx, line.chargeId)
    const minor = taken.currency === open.currency ? Math.min(left, line.amount.minor, open.minor) : 0
    if (minor > 0) charges.push({ chargeId: line.chargeId, minor })
    left -= minor
  }
  const [first] = intent.lines
  if (left > 0 && first) credits.set(first.accountId, left)
  const of = (minor: number) => money(minor, taken.currency)
  const receipt = await takeReceipt(tx, desk.house.events, {
    payer: { personId: person.id, name: person.displayName },
    by: byBank,
    book: onlineBook,
    requestId: intent.requestId,
    lines: [
      ...charges.map(({ chargeId, minor }) => ({ chargeId, amount: of(minor), paid: of(minor) })),
      ...[...credits].map(([onAccount, minor]) => ({
        onAccount,
        personId: person.id,
        amount: of(minor),
        paid: of(minor),
      })),
    ],
    tenders: [{ kind: 'online', amount: taken, provider: bank.name, reference: bankRef }],
  })
  // From here on the receipt's number is held, and whoever else pays waits for it: all that is left goes side by side.
  const late = left > 0
  const rest = formatMoney(of(left), 'ar')
  const back = late && settings.late === 'refund'
  const { number } = receipt
  await Promise.all([
    setOutcome(tx, intent.id, { state: late ? 'late' : 'paid', bankRef, taken, receiptId: receipt.id }),
    addEvent(tx, intent.id, {
      kind: late ? 'on-account' : 'settled',
      by: byBank,
      facts: { receipt: number, ...(late && { rest: of(left) }) },
    }),
    record(tx, {
      actor: byBank,
      act: 'payments.settled',
      subjectKind: 'payment',
      subjectId: intent.id,
      personId: intent.personId,
      requestId: intent.requestId,
      cause: number,
    }),
    late
      ? tell(tx, desk, intent, back ? told['late-refund'] : told['late-account'], { rest, receipt: number })
      : tell(tx, desk, intent, told.paid, { receipt: number }),
  ])
  if (back)
    await askRefund(tx, {
      intentId: intent.id,
      scope: 'credit',
      by: byBank,
      reason: payText('ar', 'late-reason'),
    })
}

/** Says it to the telephone of whoever pays. */
export async function tell<Name extends VariableName>(
  tx: Write,
  { house }: Pick<Desk, 'house'>,
  intent: Pick<Intent, 'personId' | 'requestId' | 'amount'>,
  words: OfficeWords<Name | 'amount'>,
  values: Record<Exclude<Name, 'amount'>, string>,
): Promise<void> {
  const { personId, requestId } = intent
  const filled = { amount: formatMoney(intent.amount, 'ar'), ...values } as Record<Name | 'amount', string>
  await planMessage(tx, house, { ...(await worded(tx, house, words, filled)), personId, requestId })
}
