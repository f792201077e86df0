import { PlainError } from '../plain-error.ts'
import { openPool } from './pool.ts'
import { appRole } from './roles.ts'
import { type Database, type DatabaseOptions, database } from './transaction.ts'

/** So long an act waits for another that has the same rows in hand: then it is told to ask again, and its connection serves others. */
const lockMs = 10_000

/** Opens the database of this address as the application, whoever its log-in is: row-level security always binds. */
export async function openDatabase(
  url: string,
  options: DatabaseOptions & { max?: number; name?: string },
): Promise<Database> {
  const pool = openPool(url, {
    max: options.max ?? 20,
    name: options.name ?? 'shubbak',
    // A pooler that hands connections round takes no settings of one of them: there the log-in's own say it (docs/operations.md).
    ...(options.prepared === false ? {} : { lockMs }),
    onError: error => options.onError?.(error),
  })
  try {
    const { rows } = await pool.query(
      `select session_user = '${appRole}' as itself, exists (select 1 from pg_roles where rolname = '${appRole}') as known,
         (select rolsuper from pg_roles where rolname = session_user) or exists (select 1 from pg_auth_members m
            join pg_roles r on r.oid = m.roleid where r.rolname = '${appRole}'
              and pg_has_role(session_user, r.oid, 'member')) as may`,
    )
    const { itself, known, may } = rows[0]
    if (!known) throw new PlainError('The database is not set up: run shubbak migrate')
    if (!itself && !may)
      throw new PlainError(`The log-in of DATABASE_URL may not act as ${appRole}: grant it that role`)
    return database(pool, !itself, options)
  } catch (error) {
    await pool.end()
    throw error
  }
}
