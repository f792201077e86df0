import type { CompiledQuery, QueryResult } from 'kysely'
import type pg from 'pg'
import { builder, Session } from '../../src/platform/database/connection.ts'
import type { Database, Write } from '../../src/platform/database/transaction.ts'

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
  const begin = `begin; set local role shubbak_app; select set_config('app.municipality', '${limits.town}', true)`
  await client.query(begin)
  try {
    const tx = {
      ...{ mode: 'write', town: limits.town, now: limits.now, q: builder(recorder), afterCommit() {} },
      prepared: async (_name: string, text: string, values: readonly unknown[]) => {
        recorder.asked.push({ text, values, prepared: true })
        return (await client.query(text, [...values])).rows
      },
    } as unknown as Write
    const inTx = <T>(_town: string, work: (tx: never) => Promise<T>) => work(tx as never)
    await list(tx, { read: inTx, write: inTx } as unknown as Database)
    const wrong: string[] = []
    for (const asked of recorder.asked) {
      if (!/^\s*(?:select|with)/i.test(asked.text)) continue
      for (const step of await explain(client, asked)) {
        if (!limits.big.has(step.table)) continue
        if (step.kind === 'Seq Scan' || step.rows > limits.most)
          wrong.push(`${step.kind} on ${step.table} goes through ${Math.round(step.rows)} rows`)
      }
    }
    return { wrong, asked: recorder.asked }
  } finally {
    await client.query('rollback')
  }
}

/** As it is planned for these values; what is kept prepared is planned for any. */
async function explain(client: pg.PoolClient, { text, values, prepared }: Asked): Promise<Step[]> {
  await client.query(`set local plan_cache_mode = ${prepared ? 'force_generic_plan' : 'auto'}`)
  const { rows } = await client.query(`explain (analyze, timing off, format json) ${text}`, [...values])
  return stepsOf(rows[0]['QUERY PLAN'][0].Plan as Plan)
}
