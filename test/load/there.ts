import type { ActRow, ReceiptRow, RequestRow, There } from './check.ts'
import type { Told } from './shape.ts'

type Ask = <T>(text: string, values: unknown[]) => Promise<T[]>

/**
 * What a town holds of everything since an instant: requests with the mark in their answers, receipts with what they settled; and the acts on the
 * requests somebody was told of, which are looked up by themselves: no index leads from an instant to acts, and a large town has millions.
 */
export async function readThere(ask: Ask, town: string, since: Date, told: readonly Told[]): Promise<There> {
  const values = [town, since]
  const requests = await ask<RequestRow>(
    `select request_id as id, number || '/' || year as number,
            coalesce(answers->>'words', answers->'residence'->>'parcel', '') as mark
       from request where municipality_id = $1 and filed_at >= $2`,
    values,
  )
  const receipts = await ask<ReceiptRow>(
    `select r.receipt_id as id, coalesce(r.request_id::text, '') as request,
            array(select l.charge_id::text from receipt_line l
                   where l.municipality_id = r.municipality_id and l.receipt_id = r.receipt_id and l.charge_id is not null) as charges
       from receipt r where r.municipality_id = $1 and r.entered_at >= $2`,
    values,
  )
  const acts = await ask<ActRow>(
    `select request_id as request, name, count(*)::int as times from request_action
      where municipality_id = $1 and at >= $2 and request_id = any ($3) group by 1, 2`,
    [...values, [...new Set(told.flatMap(each => (each.kind === 'act' ? [each.request] : [])))]],
  )
  return { requests, receipts, acts }
}
