import { sql } from 'kysely'
import type { CalendarDate } from '../../../lib/calendar.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import type { AuditActor } from '../../audit/index.ts'
import type { Content, RowContent, Run, Source, WrittenBalance } from '../model.ts'
import { hex, type SourceKeys } from '../sealed.ts'

/** What every step of writing needs to know. */
export type Order = {
  house: House
  run: Run
  source: Source
  keys: SourceKeys
  by: AuditActor
  /** The day of the balances, in the town. */
  asOfDay: CalendarDate
}

/** What was kept of a row when it was last written. */
export type Record = {
  personId: string | undefined
  subscriptionId: string | undefined
  balances: WrittenBalance[]
}

/** A row on its way into the town's books. */
export type Work = {
  rowNo: number
  key: Buffer
  ident: Buffer | undefined
  content: Content
  before: Content | undefined
  record: Record | undefined
  personId?: string
  subscriptionId?: string
  balances: WrittenBalance[]
  /** Why it cannot be written after all. */
  refused?: string
  /** It waits for another row. */
  waits?: true
}

type Row = { row_no: number; key_index: Buffer; ident: Buffer | null; content_sealed: Buffer }

/**
 * The next rows to write: those that nobody had to decide about, or, with `decided`, those about which everything is decided, from a row
 * on.
 */
export async function nextRows(
  tx: Read,
  order: Pick<Order, 'run' | 'keys'>,
  { decided, after, limit }: { decided: boolean; after: number; limit: number },
): Promise<Work[]> {
  const { run, keys } = order
  const question = (isOpen: boolean) => sql`(
      select 1 from import_question q
       where q.municipality_id = ${tx.town} and q.source_id = ${run.sourceId}
         and ((q.kind = 'person' and q.subject = r.ident) or (q.kind = 'paid-here' and q.subject = r.key_index))
         and q.choice ${isOpen ? sql`is null` : sql`is not null`})`
  const which = decided
    ? sql`r.verdict = 'undecided' and exists ${question(false)} and not exists ${question(true)}`
    : sql`r.verdict in ('new', 'changed')`
  const { rows } = await sql<Row>`
    select r.row_no, r.key_index, r.ident, r.content_sealed from import_row r
     where r.municipality_id = ${tx.town} and r.run_id = ${run.id} and r.row_no > ${after} and r.applied_at is null
       and r.verdict in ('new', 'changed', 'undecided') and ${which}
     order by r.row_no limit ${limit}`.execute(tx.q)
  const records = await recordsOf(
    tx,
    run.sourceId,
    rows.map(row => row.key_index),
  )
  return rows.map(row => {
    const { content, before } = keys.open<RowContent>(row.content_sealed)
    return {
      rowNo: row.row_no,
      key: row.key_index,
      ident: row.ident ?? undefined,
      content: content ?? { balances: [] },
      before,
      record: records.get(row.key_index.toString('hex')),
      balances: [],
    }
  })
}

/**
 * What was kept of these keys, by their hex. A question of its own: joined to the rows it is planned by what PostgreSQL knew of the table
 * before the import filled it, and goes through all of it for each row.
 */
async function recordsOf(tx: Read, sourceId: string, keys: readonly Buffer[]): Promise<Map<string, Record>> {
  if (keys.length === 0) return new Map()
  const { rows } = await sql<{
    key: string
    person_id: string | null
    subscription_id: string | null
    balances: WrittenBalance[]
  }>`
    select encode(k.key_index, 'hex') as key, coalesce(p.survivor_id, p.person_id) as person_id, k.subscription_id, k.balances
      from import_record k
      left join person p on p.municipality_id = k.municipality_id and p.person_id = k.person_id and p.destroyed_at is null
     where k.municipality_id = ${tx.town} and k.source_id = ${sourceId}
       and k.key_index = any(array(select decode(x, 'hex') from unnest(${keys.map(each => each.toString('hex'))}::text[]) x))`.execute(
    tx.q,
  )
  return new Map(
    rows.map(row => [
      row.key,
      {
        personId: row.person_id ?? undefined,
        subscriptionId: row.subscription_id ?? undefined,
        balances: row.balances,
      },
    ]),
  )
}

/** Keeps what rows were written as, and that they are. Two statements. */
export async function keepRows(tx: Write, order: Order, works: readonly Work[]): Promise<void> {
  const { run, keys } = order
  const written = works.filter(work => !work.refused && !work.waits)
  const refused = works.filter(work => work.refused)
  const records = written.map(work => ({
    key: hex(work.key),
    fingerprint: hex(keys.fingerprint(JSON.stringify(work.content))),
    content: hex(keys.seal(work.content)),
    person: work.personId ?? null,
    subscription: work.subscriptionId ?? null,
    balances: work.balances,
  }))
  if (records.length > 0)
    await sql`
      insert into import_record (municipality_id, source_id, key_index, fingerprint, content_sealed, person_id, subscription_id, balances,
                                 run_id, written_at)
      select ${tx.town}::uuid, ${run.sourceId}::uuid, key, fingerprint, content, person, subscription, balances, ${run.id}::uuid,
             ${tx.now}::timestamptz
        from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as g(key bytea, fingerprint bytea, content bytea, person uuid,
          subscription uuid, balances jsonb)
      on conflict (municipality_id, source_id, key_index) do update
        set fingerprint = excluded.fingerprint, content_sealed = excluded.content_sealed, person_id = excluded.person_id,
            subscription_id = excluded.subscription_id, balances = excluded.balances, run_id = excluded.run_id,
            written_at = excluded.written_at`.execute(tx.q)
  const marks = [
    ...written.map(({ rowNo }) => ({ rowNo, refused: null })),
    ...refused.map(({ rowNo, refused }) => ({ rowNo, refused: refused ?? null })),
  ]
  if (marks.length === 0) return
  await sql`
    update import_row r
       set applied_at = case when g.refused is null then ${tx.now}::timestamptz end,
           verdict = case when g.refused is null then case when r.verdict <> 'undecided' then r.verdict when r.reason = 'paid-here' then 'changed' else 'new' end else 'refused' end,
           reason = coalesce(g.refused, '')
      from jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) as g("rowNo" int, refused text)
     where r.municipality_id = ${tx.town} and r.run_id = ${run.id} and r.row_no = g."rowNo"`.execute(tx.q)
}
