import { sql } from 'kysely'
import type { Write } from '../../../platform/database/index.ts'
import { planBulk } from '../../messaging/index.ts'
import type { Bulletin } from '../model.ts'
import { billFiller, bulletinEvent } from '../told.ts'

/** Recipients whose messages are planned in one transaction. */
const slice = 10_000

/**
 * Plans the messages of the next recipients and keeps how far it is, in one transaction: repeated after a death it goes on there. Gives how
 * many; 0 when all are planned. The caller holds the bulletin.
 */
export async function planNext(tx: Write, bulletin: Bulletin): Promise<number> {
  const { id, kind, body, template, plannedNo, lastNo } = bulletin
  if (plannedNo >= lastNo) return 0
  const to = Math.min(lastNo, plannedNo + slice)
  await planBulk(
    tx,
    {
      bulkId: id,
      kind,
      event: bulletinEvent(kind),
      body,
      template,
      fill: kind === 'bill' ? billFiller : undefined,
      writtenBy: bulletin.writers.at(-1) ?? '',
    },
    sql`select recipient_no as seq, channel, person_id, phone_sealed as to_sealed, phone_index as to_index from bulletin_recipient
         where municipality_id = ${tx.town} and bulletin_id = ${id} and recipient_no > ${plannedNo} and recipient_no <= ${to}`,
  )
  await sql`update bulletin set planned_no = ${to} where municipality_id = ${tx.town} and bulletin_id = ${id}`.execute(
    tx.q,
  )
  return to - plannedNo
}
