import { sql } from 'kysely'
import type { Write } from '../../platform/database/index.ts'
import {
  askReview,
  type BulletinInput,
  carryOn,
  gatherBulletin,
  getBulletin,
  letGo,
  writeBulletin,
} from '../bulletins/index.ts'
import { backAt } from './programs.ts'
import type { Stage } from './stage.ts'

const day = 86_400_000
const nobody = { quarters: [], feeders: [], accountKinds: [], verified: false }
const usual = { template: undefined, expiresDays: 3, dailyParts: undefined }

type Past = { ago: number; sent: boolean; input: BulletinInput }

/** What the town told many of late, and the bills of the month, which wait for a second person. */
const past: Past[] = [
  {
    ago: 41,
    sent: true,
    input: {
      ...usual,
      title: 'قطع المياه في حي السوق',
      kind: 'awareness',
      body: 'تُقطع المياه عن حي السوق غدًا من 8 إلى 12 لإصلاح الخط.',
      audience: { ...nobody, quarters: ['حي السوق'] },
    },
  },
  {
    ago: 19,
    sent: true,
    input: {
      ...usual,
      title: 'صيانة المغذي 3',
      kind: 'awareness',
      body: 'تنقطع الكهرباء عن مغذيكم الجمعة من 9 إلى 11 لأعمال الصيانة.',
      audience: { ...nobody, feeders: ['مغذي 3'] },
    },
  },
  {
    ago: 6,
    sent: true,
    input: {
      ...usual,
      title: 'ديون فات موعدها',
      kind: 'reminder',
      body: 'نذكرك بما عليك للبلدية. ادفعه أو قسطه من البوابة أو المركز.',
      audience: { ...nobody, debt: { currency: 'ILS', minor: 10_000, overdue: true } },
    },
  },
  {
    ago: 0.1,
    sent: false,
    input: {
      ...usual,
      title: 'فواتير الشهر',
      kind: 'bill',
      expiresDays: 7,
      body: 'عليك للبلدية {amount} تستحق {date}. ادفعها من البوابة أو المركز.',
      audience: {
        ...nobody,
        accountKinds: ['electricity', 'water'],
        debt: { currency: 'ILS', minor: 2_000, overdue: false },
      },
    },
  },
]

/** Bulletins of the last weeks, each written, let go and sent at its own time. */
export async function tellMany(stage: Stage, until: Date): Promise<void> {
  const of = (role: string) => ({ kind: 'staff', id: stage.staff.find(each => each.role === role)?.id ?? '' })
  for (const { ago, sent, input } of past) {
    const house = backAt(stage.house, new Date(until.getTime() - ago * day))
    const write = <T>(work: (tx: Write) => Promise<T>) => house.database.write(stage.town.id, work)
    const id = await write(tx => writeBulletin(tx, input, of('clerk')))
    await gatherBulletin(house, stage.town.id, id)
    const reaches = await write(async tx => (await getBulletin(tx, id)).counts.recipients)
    if (reaches === 0) continue
    await write(tx => askReview(tx, id, of('clerk')))
    if (!sent) continue
    await write(tx => letGo(tx, id, of('manager')))
    await carryOn(house, stage.town.id, id)
    await write(tx => arrive(tx, id))
    await carryOn(house, stage.town.id, id)
  }
}

/** What the telephones of a demo town answered then: one in forty did not. */
const arrive = (tx: Write, id: string) =>
  sql`
    update message set state = case when n % 40 = 7 then 'failed' else 'delivered' end, failure = case when n % 40 = 7 then 'undeliverable' end,
           attempts = 1, sent_at = ${tx.now}, delivered_at = case when n % 40 = 7 then null else ${tx.now}::timestamptz end,
           ended_at = case when n % 40 = 7 then ${tx.now}::timestamptz end
      from (select message_id as of, row_number() over (order by message_id) as n from message
             where municipality_id = ${tx.town} and bulk_id = ${id}) numbered
     where municipality_id = ${tx.town} and message_id = numbered.of and state in ('planned', 'waiting')`.execute(
    tx.q,
  )

/** What steps and acts said in the past reached its telephones then, half a minute after; what was said of late is on its way. */
export const arriveInTime = (tx: Write) =>
  sql`
    update message set state = 'delivered', attempts = 1, provider = 'simulator', sent_at = planned_at,
           delivered_at = planned_at + interval '30 seconds'
     where municipality_id = ${tx.town} and state = 'planned' and channel = 'sms'
       and planned_at < ${tx.now}::timestamptz - interval '1 hour'`.execute(tx.q)
