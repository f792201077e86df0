import type pg from 'pg'
import { buildIndexes, dropIndexes, secondaryIndexes } from './country/indexes.ts'
import { planOf } from './plan.ts'
import { rowsOf } from './rows.ts'

/** A desk with some tasks lying on it. */
export type DeskLoad = { office: string; role: string; open: number }

export type Fill = {
  town: string
  /** A filed request whose answers every other gets. */
  like: string
  persons: number
  requests: number
  /** Open tasks: the rest of the requests is done. */
  desks: readonly DeskLoad[]
  /** With every act, message and receipt there would be; otherwise some of each, which is quicker to write. */
  whole?: boolean
  /** The key of a program that filed every fiftieth request. */
  partner?: string
}

/** What was made, to ask for in lists. */
export type Filled = { personIds: string[]; requestIds: string[] }

/** How far it is: a stage, and of how much how much is done. */
export type Progress = { stage: 'rows' | 'indexes' | 'vacuum'; done: number; of: number }

export type FillOptions = {
  /** Further connections of the same owner, to write beside the first. */
  beside?: readonly pg.Client[]
  onProgress?: (progress: Progress) => void
}

/** People or requests a statement writes at once. */
const slice = 250_000

/**
 * Fills a town with rows by SQL, as its owner: people, and requests with acts, tasks, papers, charges, receipts, messages and audit, all alike
 * and spread over three years. What the rows say is plausible, not proved: `shubbak verify` does not hold on them. Secondary indexes are dropped and
 * built again afterwards: it is for a database nobody works on.
 */
export async function fillTown(
  client: pg.Client,
  fill: Fill,
  { beside = [], onProgress = () => {} }: FillOptions = {},
): Promise<Filled> {
  const clients = [client, ...beside]
  for (const each of clients)
    await each.query(`set session_replication_role = replica; set synchronous_commit = off; set bulk.town = '${fill.town}';
      set bulk.template = '${fill.like}'; set bulk.partner = '${fill.partner ?? ''}'`)
  await client.query(planOf(fill))
  const statements = rowsOf(fill.whole ?? true)
  const tables = statements.map(statement => /^insert into (\w+)/.exec(statement)?.[1] ?? '')
  const indexes = await secondaryIndexes(client, tables)
  await dropIndexes(client, indexes)
  const roomy = await withRoom(client)
  // What is over needs no room in its page for changes to come.
  for (const { table } of roomy) await client.query(`alter table ${table} set (fillfactor = 100)`)
  await writeRows(clients, statements, fill, onProgress)
  for (const { table, room } of roomy) await client.query(`alter table ${table} set (fillfactor = ${room})`)
  let built = 0
  const byRows = indexes.toSorted((a, b) => tables.indexOf(a.table) - tables.indexOf(b.table))
  await buildIndexes(clients, byRows, () =>
    onProgress({ stage: 'indexes', done: ++built, of: indexes.length }),
  )
  for (const each of clients)
    await each.query('set session_replication_role = origin; reset synchronous_commit')
  onProgress({ stage: 'vacuum', done: 0, of: 1 })
  await client.query('vacuum analyze')
  onProgress({ stage: 'vacuum', done: 1, of: 1 })
  const ids = async (text: string) => (await client.query<{ id: string }>(text)).rows.map(row => row.id)
  const personIds = await ids('select id from bulk.all_person order by i limit 50')
  const requestIds = await ids('select id from bulk.all_request order by i desc limit 50')
  await client.query('drop schema bulk cascade')
  return { personIds, requestIds }
}

/** Tables whose pages are left partly empty, and how full they are made. */
const withRoom = async (client: pg.Client): Promise<{ table: string; room: string }[]> =>
  (
    await client.query<{ table: string; room: string }>(
      `select oid::regclass::text as table, option_value as room from pg_class cross join pg_options_to_table(reloptions)
        where relkind = 'r' and relnamespace = 'public'::regnamespace and option_name = 'fillfactor'`,
    )
  ).rows

/** Writes table after table over several connections at once, each table slice by slice. */
async function writeRows(
  clients: readonly pg.Client[],
  statements: readonly string[],
  { persons, requests }: Fill,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  const left = statements.map(statement => ({
    statement,
    of: statement.includes('bulk.request') ? requests : persons,
  }))
  const of = left.reduce((sum, each) => sum + each.of, 0)
  let done = 0
  await Promise.all(
    clients.map(async client => {
      for (let next = left.shift(); next; next = left.shift())
        for (let from = 0; from < next.of; from += slice) {
          const to = Math.min(from + slice, next.of)
          await client.query(`set bulk.after = ${from}; set bulk.upto = ${to}`)
          await client.query(next.statement)
          done += to - from
          onProgress({ stage: 'rows', done, of })
        }
    }),
  )
}
