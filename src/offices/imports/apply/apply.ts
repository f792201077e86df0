import { sql } from 'kysely'
import { dateIn } from '../../../lib/calendar.ts'
import type { Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import type { AuditActor } from '../../audit/index.ts'
import { confirmImported } from '../../treasury/index.ts'
import { countRows } from '../check/count.ts'
import { timeZoneOf } from '../check/time-zone.ts'
import { letGo } from '../memory.ts'
import { getRun, noteRun } from '../runs.ts'
import { sourceKeys } from '../sealed.ts'
import { getSource } from '../sources.ts'
import { changeHoldings, openHoldings } from './holdings.ts'
import { writeMoney } from './money.ts'
import { changePeople, settlePeople } from './people.ts'
import { keepRows, nextRows, type Order } from './work.ts'

/** Rows that are written together, whole or not at all. */
const batch = 250

/**
 * Writes a checked run, some hundred rows to a transaction. Begun again after a death it goes on where the last whole transaction ended: a
 * row is marked in the transaction that writes it. Rows that wait for a decision are left.
 */
export async function applyRun(house: House, town: string, runId: string, by: AuditActor): Promise<void> {
  let batches = 0
  for (const decided of [false, true]) {
    let after = 0
    for (;;) {
      const last = await house.database.write(town, async tx => {
        const order = await orderOf(tx, house, runId, by)
        if (!order) return undefined
        return writeRows(tx, order, decided, after)
      })
      if (last === undefined) break
      after = last
      batches += 1
      if (batches % 2 === 0) letGo()
    }
  }
  await confirmRest(house, town, runId)
  await house.database.write(town, async tx => {
    const run = await getRun(tx, runId, true)
    if (run.state !== 'applying') return
    const counts = await countRows(tx, run)
    await sql`
      update import_run set state = 'applied', applied_at = ${tx.now}, rows_done = rows_total, counts = ${JSON.stringify(counts)}
       where municipality_id = ${tx.town} and run_id = ${runId}`.execute(tx.q)
    await noteRun(tx, 'imports.run-applied', runId, by)
  })
}

/** Holds the run while rows of it are written: two that apply it take turns, and the second finds them written. */
async function orderOf(tx: Write, house: House, runId: string, by: AuditActor): Promise<Order | undefined> {
  // The tables grow while this runs, and PostgreSQL plans by what it knew of them before: each row has an index to be found by.
  await sql`select set_config('enable_seqscan', 'off', true)`.execute(tx.q)
  const run = await getRun(tx, runId, true)
  if (run.state !== 'applying') return undefined
  const source = await getSource(tx, { id: run.sourceId })
  const asOfDay = dateIn(run.asOf, await timeZoneOf(tx))
  return { house, run, source, keys: sourceKeys(house.crypto, tx.town, source.id), by, asOfDay }
}

/** Writes the next rows; gives the number of the last, or undefined when there are none. */
async function writeRows(
  tx: Write,
  order: Order,
  decided: boolean,
  after: number,
): Promise<number | undefined> {
  const works = await nextRows(tx, order, { decided, after, limit: batch })
  const last = works.at(-1)
  if (!last) return undefined
  await settlePeople(tx, order, works)
  const accounts = await openHoldings(tx, order, works)
  await changePeople(
    tx,
    order,
    works.filter(work => !work.refused && !work.waits),
  )
  await changeHoldings(tx, order, works)
  await writeMoney(tx, order, works, accounts)
  await keepRows(tx, order, works)
  const written = works.filter(work => !work.refused && !work.waits).length
  await sql`
    update import_run set rows_done = least(rows_done + ${works.length}, rows_total)
     where municipality_id = ${tx.town} and run_id = ${order.run.id}`.execute(tx.q)
  await noteRun(tx, 'imports.rows-written', order.run.id, order.by, `${written}`)
  return last.rowNo
}

/** What the file says as before holds for its day too: the accounts of those rows are as of then. */
async function confirmRest(house: House, town: string, runId: string): Promise<void> {
  let after = 0
  for (;;) {
    const last = await house.database.write(town, async tx => {
      const run = await getRun(tx, runId)
      const { rows } = await sql<{ row_no: number; accounts: string[] }>`
        select r.row_no, array(select b->>'accountId' from jsonb_array_elements(k.balances) b) as accounts
          from import_row r
          join import_record k on k.municipality_id = r.municipality_id and k.source_id = ${run.sourceId} and k.key_index = r.key_index
         where r.municipality_id = ${tx.town} and r.run_id = ${runId} and r.row_no > ${after}
           and (r.verdict = 'same' or r.applied_at is not null)
         order by r.row_no limit 2000`.execute(tx.q)
      await confirmImported(tx, [...new Set(rows.flatMap(row => row.accounts))], run.asOf)
      return rows.at(-1)?.row_no
    })
    if (last === undefined) return
    after = last
  }
}
