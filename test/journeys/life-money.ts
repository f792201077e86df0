import { evenInstalments, monthsLater } from '../../src/kernel/dues/index.ts'
import { dateIn } from '../../src/lib/calendar.ts'
import { takeOriginal } from '../../src/offices/counter/index.ts'
import { beginPayment, hearAnswerOf, setBank } from '../../src/offices/payments/index.ts'
import { addParty } from '../../src/offices/requests/index.ts'
import {
  decidePlan,
  grantException,
  grantExemption,
  proposePlan,
  transferDebt,
} from '../../src/offices/treasury/index.ts'
import { builder } from '../builders/people.ts'
import type { Life } from './life.ts'
import { aWorkingTill, type Till } from './life-till.ts'
import { owe } from './money.ts'
import type { Citizen, PeopledTown, Post } from './peopled.ts'

/** What there is of money and of papers in a town in the middle of its life. */
export type MoneyLife = Life & {
  till: Till
  /** Plans: one waits for its decision, one was agreed and somebody pays by it. */
  plans: { proposed: string; agreed: string }
  /** Payments at the bank's page: one still open, one made, one refused. */
  payments: { open: string; paid: string; refused: string }
  original: string
  /** A record that may be of the same person. */
  other: Citizen
}

/** Brings a life to where its citizen, besides, pays in every way there is and owes in every way there is. */
export async function aMoneyLife(town: PeopledTown, life: Life): Promise<MoneyLife> {
  const { person, requests } = life
  const other = await town.citizen({ first: 'سمير', quarter: 'حي الزيتون' })
  const till = await aWorkingTill(town, person)
  const plans = { agreed: await aPlan(town, person, 4, 'manager'), proposed: await aPlan(town, person, 3) }
  await decide(town, person, other, requests.lacking)
  const payments = await atTheBank(town, person)
  const clerk = by(town, 'clerk')
  const original = await town.write(tx =>
    takeOriginal(
      tx,
      town.town,
      {
        personId: person.id,
        requestId: requests.lacking,
        paper: 'حجة إفراز القطعة 118 من الحوض 3',
        broughtBy: 'سميرة بنفسها',
        place: 'خزانة 2، ملف 14',
      },
      clerk,
    ),
  )
  for (const [requestId, capacity] of [
    [requests.done, 'collector'],
    [requests.new, 'partner'],
  ] as const)
    await town.write(tx => {
      const share = capacity === 'partner' ? { of: 1, in: 2 } : undefined
      const proof = { number: '412/2026', issuer: 'كاتب عدل الخليل', issuedOn: '2026-01-20' }
      const party = { personId: other.id, capacity, share, proof, validUntil: '2026-12-31' }
      return addParty(tx, town, { requestId, party }, clerk)
    })
  return { ...life, till, plans, payments, original, other }
}

const by = (town: PeopledTown, post: Post) => ({ kind: 'staff', id: town.staff[post].id }) as const

async function aPlan(town: PeopledTown, person: Citizen, months: number, agreedBy?: Post): Promise<string> {
  const chargeId = await owe(town, person)
  return town.write(async tx => {
    const today = dateIn(tx.now, town.town.timeZone)
    const planId = await proposePlan(tx, {
      personId: person.id,
      chargeIds: [chargeId],
      today,
      note: 'دخل محدود، وطلب خطي من صاحبته',
      instalments: evenInstalments({ minor: 40_000, currency: 'ILS' }, months, monthsLater(today, 1)),
      by: by(town, 'clerk'),
    })
    if (agreedBy)
      await decidePlan(tx, town.house.events, {
        planId,
        accept: true,
        decision: '41/2026',
        today,
        by: by(town, agreedBy),
      })
    return planId
  })
}

/** An exemption, a request let pass in spite of dues, and a debt that moved with a house that was sold. */
async function decide(town: PeopledTown, person: Citizen, buyer: Citizen, requestId: string): Promise<void> {
  const sold = await owe(town, person)
  await town.write(async tx => {
    await grantExemption(tx, {
      personId: person.id,
      accountId: undefined,
      dueKind: 'water',
      relieved: { percent: 50 },
      from: '2026-02-01',
      until: '2027-01-31',
      decision: 'مجلس 17/2026',
      reason: 'كشف الشؤون الاجتماعية',
      by: by(town, 'manager'),
    })
    await grantException(tx, {
      personId: person.id,
      requestId,
      scope: 'dues',
      grantedBy: by(town, 'manager'),
      reason: 'تعهّدت بالسداد خلال شهر، والعداد لبيت فيه مريض',
    })
    await transferDebt(tx, {
      fromPersonId: person.id,
      toPersonId: buyer.id,
      chargeIds: [sold],
      reason: 'بيع البيت',
      proof: 'عقد بيع لدى كاتب العدل 218/2026 وإقرار المشتري بالدين',
      timeZone: town.town.timeZone,
      by: by(town, 'treasurer'),
    })
  })
}

/** Payments at a bank's page of every outcome, each of a bill of its own. */
async function atTheBank(town: PeopledTown, person: Citizen): Promise<MoneyLife['payments']> {
  await town.write(tx =>
    setBank(
      tx,
      town,
      {
        name: 'demo-bank',
        pageUrl: `${town.base}/bank`,
        apiUrl: `${town.base}/bank/api`,
        merchant: 'town',
        key: 'a key that no bank has',
        minutes: 30,
        late: 'on-account',
      },
      builder,
    ),
  )
  const begin = async (outcome?: 'paid' | 'refused'): Promise<string> => {
    const chargeId = await owe(town, person)
    const id = await town.write(tx => beginPayment(tx, town, { personId: person.id, chargeIds: [chargeId] }))
    if (!outcome) return id
    const taken = outcome === 'paid' ? ({ minor: 40_000, currency: 'ILS' } as const) : undefined
    const answer = { paymentId: id, outcome, bankRef: `TB-${outcome}-0418`, taken, nonce: id }
    await town.write(tx => hearAnswerOf(tx, town, answer, 'call-back'))
    return id
  }
  return { paid: await begin('paid'), refused: await begin('refused'), open: await begin() }
}
