import type { CompiledQuery, QueryResult } from 'kysely'
import type pg from 'pg'
import { builder, Session } from '../../../src/platform/database/connection.ts'
import type { Database, Write } from '../../../src/platform/database/transaction.ts'

export type Asked = { text: string; values: readonly unknown[]; prepared: boolean }

/** Runs statements as they come and keeps what was asked. */
class Recorder extends Session {
  readonly asked: Asked[] = []

  override executeQuery<R>(compiled: CompiledQuery): Promise<QueryResult<R>> {
    this.asked.push({ text: compiled.sql, values: compiled.parameters, prepared: false })
    return super.executeQuery(compiled)
  }
}

type Plan = {
  'Node Type': string
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: Plan[]
}

/** Rows of a table that a statement went through to answer, and by which kind of step. */
export type Step = { kind: string; table: string; rows: number }

function stepsOf(plan: Plan): Step[] {
  const below = (plan.Plans ?? []).flatMap(stepsOf)
  const table = plan['Relation Name']
  if (table === undefined) return below
  const thrown = (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0)
  return [
    { kind: plan['Node Type'], table, rows: (plan['Actual Rows'] + thrown) * plan['Actual Loops'] },
    ...below,
  ]
}

export type Limits = { town: string; now: Date; big: ReadonlySet<string>; most: number }

/**
 * Asks a list as the application does, under row-level security, and gives what is wrong with the way PostgreSQL answers it: a big table
 * read from end to end, or more rows of it gone through than the list could ever show.
 */
export async function judge(
  client: pg.PoolClient,
  limits: Limits,
  list: (tx: Write, database: Database) => Promise<unknown>,
): Promise<{ wrong: string[]; asked: Asked[] }> {
  const recorder = new Recorder(client)
  const begin = `begin; set local role shubbak_app; select set_config('app.municipality', '${limits.town}', true), set_config('app.reach', 'house', true)`
  await client.query(begin)
  try {
    const tx = {
      mode: 'write',
      town: limits.town,
      now: limits.now,
      q: builder(recorder),
      afterCommit() {},
      prepared: async (_name: string, text: string, values: readonly unknown[]) => {
        recorder.asked.push({ text, values, prepared: true })
        return (await client.query(text, [...values])).rows
      },
      // The law asks as the house already.
      asHouse() {
        return this
      },
    } as unknown as Write
    const inTx = <T>(_town: string, work: (tx: never) => Promise<T>) => work(tx as never)
    const wrong: string[] = []
    const once = async (_name: string, text: string, values: readonly unknown[]) => {
      recorder.asked.push({ text, values, prepared: true })
      const { rows, steps } = await watch(client, text, values)
      wrong.push(...faults(steps, limits))
      return rows
    }
    await list(tx, { read: inTx, write: inTx, once } as unknown as Database)
    for (const asked of recorder.asked) {
      if (!/^\s*(?:select|with)/i.test(asked.text)) continue
      wrong.push(...faults(await explain(client, asked), limits))
    }
    return { wrong, asked: recorder.asked }
  } finally {
    await client.query('rollback')
  }
}

const faults = (steps: Step[], { big, most }: Limits): string[] =>
  steps
    .filter(({ kind, table, rows }) => big.has(table) && (kind === 'Seq Scan' || rows > most))
    .map(({ kind, table, rows }) => `${kind} on ${table} goes through ${Math.round(rows)} rows`)

/** Inside a function no plan is shown: the tables themselves count how they were read in this transaction. */
async function watch(
  client: pg.PoolClient,
  text: string,
  values: readonly unknown[],
): Promise<{ rows: unknown[]; steps: Step[] }> {
  const counted = async () => {
    const { rows } = await client.query<{ table: string; scans: string; read: string; fetched: string }>(
      `select relname as table, seq_scan as scans, seq_tup_read as read, coalesce(idx_tup_fetch, 0) as fetched
         from pg_stat_xact_user_tables`,
    )
    return new Map(rows.map(row => [row.table, row]))
  }
  const before = await counted()
  const { rows } = await client.query(text, [...values])
  const steps = [...(await counted())].map(([table, after]): Step => {
    const earlier = before.get(table)
    const gained = (key: 'scans' | 'read' | 'fetched') => Number(after[key]) - Number(earlier?.[key] ?? 0)
    const kind = gained('scans') > 0 ? 'Seq Scan' : 'Index Scan'
    return { kind, table, rows: gained('read') + gained('fetched') }
  })
  return { rows, steps: steps.filter(step => step.kind === 'Seq Scan' || step.rows > 0) }
}

/** As it is planned for these values; what is kept prepared is planned for any. */
async function explain(client: pg.PoolClient, { text, values, prepared }: Asked): Promise<Step[]> {
  await client.query(`set local plan_cache_mode = ${prepared ? 'force_generic_plan' : 'auto'}`)
  const { rows } = await client.query(`explain (analyze, timing off, format json) ${text}`, [...values])
  return stepsOf(rows[0]['QUERY PLAN'][0].Plan as Plan)
}
