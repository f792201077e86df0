import { sql } from 'kysely'
import { z } from 'zod'
import { addDays, dateIn } from '../../lib/calendar.ts'
import { plainDate } from '../../lib/dates.ts'
import { DomainError } from '../../lib/errors.ts'
import { formatMoney } from '../../lib/money.ts'
import type { Write } from '../../platform/database/index.ts'
import type { House } from '../../platform/house.ts'
import { defineJob, type Job } from '../../platform/jobs/index.ts'
import { openTownDirectory } from '../../web/town.ts'
import { planMessage, worded } from '../messaging/index.ts'
import { giveBackCredit, planRules, reverseReceipt, takeReminders } from '../treasury/index.ts'
import { findBank } from './bank/settings.ts'
import type { Desk } from './begin.ts'
import { hear, tell } from './hear.ts'
import { byBank, onlineBook, type Refund } from './model.ts'
import { addEvent, getIntent, getRefund, lockIntent, setAsked, setOutcome, unanswered } from './store.ts'
import { payText } from './strings.ts'
import { told } from './told.ts'

const minute = 60_000

const deskOf = async (house: House, townId: string): Promise<Desk> => ({
  house,
  town: await openTownDirectory(house.database, () => 0).get(townId),
})

/**
 * Asks the bank about payments of which nothing was heard, and lets those expire that nobody paid in time: a call-back that was lost is
 * made good. One that expired is asked about for a day more.
 */
export async function reconcile(house: House, townId: string): Promise<void> {
  const desk = await deskOf(house, townId)
  const { database } = house
  const now = house.clock.now().getTime()
  const { found, waiting } = await database.read(townId, async tx => ({
    found: await findBank(tx, desk),
    waiting: await unanswered(tx, {
      begunBefore: new Date(now - 2 * minute),
      askedBefore: new Date(now - 4 * minute),
      since: new Date(now - 26 * 60 * minute),
    }),
  }))
  if (!found) return
  for (const { id } of waiting) {
    try {
      const answer = await found.bank.ask(id)
      await database.write(townId, async tx => {
        await setAsked(tx, id)
        await hear(tx, desk, answer, 'asked')
        const intent = await lockIntent(tx, id)
        if (intent.state !== 'open' || intent.expiresAt.getTime() > tx.now.getTime()) return
        await setOutcome(tx, id, { state: 'expired' })
        await addEvent(tx, id, { kind: 'expired', by: byBank })
      })
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      house.log.warn({ part: 'payments', payment: id, code: error.code }, 'the bank gave no answer')
    }
  }
}

/** Has the bank give money back that two persons agreed to give back, and then books it; done again it does nothing twice. */
export async function giveBack(house: House, townId: string, refundId: string): Promise<void> {
  const desk = await deskOf(house, townId)
  const { refund, intent, found } = await house.database.read(townId, async tx => {
    const refund = await getRefund(tx, refundId)
    return { refund, intent: await getIntent(tx, refund.intentId), found: await findBank(tx, desk) }
  })
  if (refund.state !== 'approved' || !found || !intent.bankRef) return
  const { id: paymentId, bankRef } = intent
  const answer = await found.bank.refund({ refundId, paymentId, bankRef, amount: refund.amount })
  await house.database.write(townId, async tx => {
    const { state } = await getRefund(tx, refundId)
    const now = await lockIntent(tx, paymentId)
    if (state !== 'approved') return
    if (!answer.done) {
      await setRefund(tx, refundId, 'failed', answer.bankRef)
      await addEvent(tx, paymentId, { kind: 'refund-failed', by: byBank })
      return
    }
    await bookRefund(tx, desk, refund, now.receiptId)
    await setRefund(tx, refundId, 'done', answer.bankRef)
    if (refund.scope !== 'credit') await setOutcome(tx, paymentId, { state: 'refunded' })
    await addEvent(tx, paymentId, { kind: 'refunded', by: byBank, facts: { amount: refund.amount } })
    await tell(tx, desk, { ...now, amount: refund.amount }, told.refunded, {})
  })
}

const setRefund = (tx: Write, refundId: string, state: 'done' | 'failed', bankRef: string) =>
  sql`update payment_refund set state = ${state}, bank_ref = ${bankRef}, done_at = ${tx.now}
       where municipality_id = ${tx.town} and refund_id = ${refundId}`.execute(tx.q)

async function bookRefund(
  tx: Write,
  { house }: Desk,
  refund: Refund,
  receiptId: string | undefined,
): Promise<void> {
  const asker = refund.askedBy
  const second = { kind: 'staff', id: refund.decidedBy ?? '' } as const
  const description = payText('ar', 'refund-voucher', { reason: refund.reason })
  if (refund.scope === 'untaken' || !receiptId) return
  if (refund.scope === 'credit') {
    await giveBackCredit(tx, { receiptId, outOf: `online:${onlineBook}`, description, by: second })
    return
  }
  const by = { kind: asker.kind as 'staff', id: asker.id }
  await reverseReceipt(tx, house.events, receiptId, { by, reason: description, second })
}

/** Recalls instalments to those who pay in instalments, some days before each. */
export async function remind(house: House, townId: string): Promise<void> {
  const { town } = await deskOf(house, townId)
  await house.database.write(townId, async tx => {
    const today = dateIn(tx.now, town.timeZone)
    const { remindDays } = await planRules(tx, today)
    const style = { locale: 'ar', timeZone: town.timeZone } as const
    for (const { personId, dueOn, missing } of await takeReminders(tx, today, addDays(today, remindDays))) {
      const values = { amount: formatMoney(missing, 'ar'), date: plainDate(dueOn, tx.now, style) }
      const words = await worded(tx, house, told.instalment, values)
      await planMessage(tx, house, { ...words, personId })
    }
  })
}

export const paymentJobs: Job[] = [
  defineJob('payments.reconcile', z.object({}), reconcile, { cron: '*/5 * * * *' }),
  defineJob('payments.refund', z.object({ refundId: z.uuid() }), (house, town, { refundId }) =>
    giveBack(house, town, refundId),
  ),
  defineJob('payments.remind', z.object({}), remind, { cron: '30 6 * * *' }),
]
