import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import { smsParts } from '../../../lib/sms/index.ts'
import type { Read } from '../../../platform/database/index.ts'
import { billText, owedOf, sampleOwed } from '../bill.ts'
import { type Bulletin, sampleSize } from '../model.ts'
import { recipientsByNumber } from '../store.ts'
import { todayOf } from './today.ts'

/**
 * Draws by lot whom the second person looks at, and says how many parts a message has: of a bill on the average of those drawn, for what
 * each owes makes it longer or shorter.
 */
export async function drawSample(
  tx: Read,
  bulletin: Bulletin,
): Promise<{ sample: number[]; partsEach: number }> {
  const { lastNo, body, kind } = bulletin
  const places = Array.from({ length: lastNo > 0 ? sampleSize * 2 : 0 }, () => randomInt(1, lastNo + 1))
  const { rows } = await sql<{ no: number }>`
    select drawn.no
      from unnest(${places}::integer[]) with ordinality as p(place, at)
      cross join lateral (
        select r.recipient_no as no from bulletin_recipient r
         where r.municipality_id = ${tx.town} and r.bulletin_id = ${bulletin.id} and r.recipient_no >= p.place
         order by r.recipient_no limit 1) drawn
     order by p.at`.execute(tx.q)
  // The first ones drawn: those that any other order puts first would stand for all.
  const sample = [...new Set(rows.map(row => row.no))].slice(0, sampleSize).sort((a, b) => a - b)
  if (kind !== 'bill') return { sample, partsEach: smsParts(body).parts }
  const recipients = await recipientsByNumber(tx, bulletin.id, sample)
  const people = recipients.flatMap(each => each.personId ?? [])
  const owed = await owedOf(tx, bulletin, people, await todayOf(tx))
  const texts = [...owed.values()].map(each => billText(body, each))
  const parts = (texts.length > 0 ? texts : [billText(body, sampleOwed)]).map(text => smsParts(text).parts)
  return { sample, partsEach: parts.reduce((sum, each) => sum + each, 0) / parts.length }
}
