import { AsyncLocalStorage } from 'node:async_hooks'
import { sql } from 'kysely'
import { openPool } from '../../src/platform/database/pool.ts'
import type { Database, Write } from '../../src/platform/database/transaction.ts'
import type { TestDatabase } from '../database.ts'

/** One row that an act made, changed or removed. */
export type Change = { table: string; op: string; row: string }

class Undone extends Error {
  readonly result: unknown
  constructor(result: unknown) {
    super('undone')
    this.result = result
  }
}

export type Undoing = {
  database: Database
  /** From now on whatever is written is undone as soon as it is known what it would have changed. */
  undo(isOn: boolean): void
  /** Runs something, and gives beside its result the rows it would have changed. */
  watch<T>(work: () => Promise<T>): Promise<{ result: T; changes: Change[] }>
  close(): Promise<void>
}

/**
 * A database in which every act of a visitor happens and then has not happened: each transaction runs to its last statement, is asked
 * what it changed, and is undone. So every visitor meets the same town, and an act that should have been refused is seen by the rows it
 * touched, whatever its answer said.
 */
export async function anUndoingDatabase(db: TestDatabase): Promise<Undoing> {
  await watchTables(db)
  const pool = openPool(db.url, { max: 4 })
  const watching = new AsyncLocalStorage<Change[]>()
  let on = false
  const changed = async (tx: Write): Promise<void> => {
    const { rows } =
      await sql<Change>`select "table", op, row from proof_change where xid = pg_current_xact_id()::text::bigint`.execute(
        tx.q,
      )
    watching.getStore()?.push(...rows)
  }
  const { database } = db
  return {
    async watch(work) {
      const changes: Change[] = []
      const result = await watching.run(changes, work)
      return { result, changes }
    },
    undo: isOn => {
      on = isOn
    },
    close: () => pool.end(),
    database: {
      ...database,
      async write(town, work, reach) {
        if (!on) return database.write(town, work, reach)
        try {
          return await database.write(
            town,
            async tx => {
              const result = await work({ ...tx, afterCommit: () => {} } as Write)
              await changed(tx)
              throw new Undone(result)
            },
            reach,
          )
        } catch (error) {
          if (error instanceof Undone) return error.result as never
          throw error
        }
      },
      async once(name, text, values) {
        if (!on || name === 'people-visitor') return database.once(name, text, values)
        const client = await pool.connect()
        try {
          await client.query('begin')
          const { rows } = await client.query(text, [...values])
          const log = await client.query(
            'select "table", op, row from proof_change where xid = pg_current_xact_id()::text::bigint',
          )
          watching.getStore()?.push(...(log.rows as Change[]))
          return rows as never
        } finally {
          await client.query('rollback')
          client.release()
        }
      },
    },
  }
}

/** Lets every table write down what changes in it, in the transaction that changes it. */
export async function watchTables({ owner }: TestDatabase): Promise<void> {
  await sql`create table proof_change (xid bigint, "table" text, op text, row text)`.execute(owner)
  await sql`grant select on proof_change to shubbak_app`.execute(owner)
  await sql`create function proof_note() returns trigger language plpgsql security definer as $$ begin
      if tg_op <> 'INSERT' then insert into proof_change values (pg_current_xact_id()::text::bigint, tg_table_name, tg_op, old::text); end if;
      if tg_op <> 'DELETE' then insert into proof_change values (pg_current_xact_id()::text::bigint, tg_table_name, tg_op, new::text); end if;
      return null; end $$`.execute(owner)
  const { rows } = await sql<{
    name: string
  }>`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and c.relname not in ('proof_change')`.execute(
    owner,
  )
  for (const { name } of rows)
    await sql`create trigger zz_proof after insert or update or delete on ${sql.table(name)} for each row execute function proof_note()`.execute(
      owner,
    )
}
