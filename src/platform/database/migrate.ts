import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { installJobs } from '../jobs/install.ts'
import { errorCode, errorLine, PlainError } from '../plain-error.ts'
import { projectRoot } from '../root.ts'
import { type Done, migrationLock, numberOf, refuseOverPrograms, servesProgram } from './gate.ts'
import { withClient } from './pool.ts'
import { appRole, auditRole, ensureDatabase, ensureRoles } from './roles.ts'

export interface Migration {
  name: string
  sql: string
  checksum: string
  /** The number of the oldest program that goes on serving beside it (`-- serves: 0085` in its head); undefined: none that does not know it. */
  serves?: string
}

export interface MigrateOptions {
  /** Makes the application's role a log-in with this password. */
  appPassword?: string
  folder?: string
  /** The instant written beside each migration. */
  now: Date
  say?: (line: string) => void
  /** How often a migration that meets somebody at work is tried; twenty times unless said. */
  tries?: number
}

/** The timeline of this program: files NNNN-verb-first-name.sql in order. */
export function readMigrations(folder = join(projectRoot, 'migrations')): Migration[] {
  const names = readdirSync(folder)
    .filter(name => name.endsWith('.sql'))
    .sort()
  const numbers = new Set<string>()
  return names.map(file => {
    const number = /^(\d{4})-[a-z][a-z0-9-]*\.sql$/.exec(file)?.[1]
    if (!number) throw new PlainError(`The migration ${file} should be named NNNN-verb-first-name.sql`)
    if (numbers.has(number)) throw new PlainError(`Two migrations have the number ${number}`)
    numbers.add(number)
    const sql = readFileSync(join(folder, file), 'utf8')
    const [, serves] = /^-- serves: (\d{4})$/m.exec(sql) ?? []
    const checksum = createHash('sha256').update(sql).digest('hex')
    return { name: file.slice(0, -4), sql, checksum, ...(serves !== undefined && { serves }) }
  })
}

/** What is still to be run, after the history was found to be the beginning of this timeline, unchanged. */
function pending(timeline: Migration[], history: (Done & { checksum: string })[]): Migration[] {
  const last = numberOf(timeline.at(-1)?.name ?? '0000')
  history.forEach((done, index) => {
    const known = timeline.find(each => each.name === done.name)
    if (!known && servesProgram(done.serves, last)) return
    if (!known)
      throw new PlainError(`The database has the migration ${done.name}, which this program does not know`)
    if (known.checksum !== done.checksum)
      throw new PlainError(`The migration ${done.name} was changed after it had run; write a new one instead`)
    const late = timeline[index]
    if (late && late.name !== done.name)
      throw new PlainError(
        `The migration ${late.name} comes before ${done.name}, which has run already; number it higher`,
      )
  })
  return timeline.slice(history.length)
}

/**
 * Until 0068 functions that ask as the house said so in their definition, which a server lets no owner write who is neither a superuser nor
 * was let to. For such an owner it is left out: 0068 gives those functions another way to say it, and nothing asks them before.
 */
async function readableBy(client: pg.Client, sql: string): Promise<string> {
  if (!sql.includes(" set app.reach = 'house'")) return sql
  const { rows } = await client.query<{ may: boolean }>(
    "select has_parameter_privilege(current_user, 'app.reach', 'set') as may",
  )
  if (rows[0]?.may) return sql
  return sql
    .replace(/^alter function .* set app\.reach = 'house';$/gm, '')
    .replaceAll(" set app.reach = 'house'", '')
}

/** Whoever works meanwhile had what it needed (lock_timeout), or waited for it in a ring (a deadlock): undone, nothing has happened. */
const metOthers = ['55P03', '40P01']
const mostTries = 20
/** For so long people may have to wait behind a migration that waits itself. */
const lockMs = 2_000

/**
 * Runs a migration in a transaction of its own. Beside programs at work it may meet a transaction that holds what it needs: it steps back, lets those
 * who had to wait behind it pass, and tries again.
 */
async function apply(
  client: pg.Client,
  migration: Migration,
  { now, say, tries: most = mostTries }: MigrateOptions,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await applyOnce(client, migration, now)
    } catch (error) {
      if (tries >= most || !metOthers.includes(errorCode(error) ?? ''))
        throw new PlainError(`The migration ${migration.name} failed and was undone: ${errorLine(error)}`)
      say?.(`migration ${migration.name} met somebody at work (${errorLine(error)}); it is tried again`)
      await sleep(Math.random() * 1_000)
    }
  }
}

async function applyOnce(client: pg.Client, migration: Migration, now: Date): Promise<void> {
  await client.query('begin')
  try {
    await client.query(`set local lock_timeout = ${lockMs}; set local search_path = public`)
    await client.query(await readableBy(client, migration.sql))
    await client.query('insert into migration (name, checksum, applied_at, serves) values ($1, $2, $3, $4)', [
      migration.name,
      migration.checksum,
      now,
      migration.serves,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

/** Brings a database to this program's schema: roles, job queue, then each new migration in a transaction of its own. */
export async function migrate(ownerUrl: string, options: MigrateOptions): Promise<string[]> {
  const timeline = readMigrations(options.folder)
  await ensureDatabase(ownerUrl)
  return withClient(ownerUrl, async client => {
    const version = Number((await client.query('show server_version_num')).rows[0].server_version_num)
    if (version < 150000) throw new PlainError(`PostgreSQL 15 or newer is needed; this server is ${version}`)
    await client.query('select pg_advisory_lock($1::bigint)', [migrationLock])
    await ensureRoles(client, options.appPassword)
    await client.query(`
      create table if not exists public.migration (
        name text primary key, checksum text not null, applied_at timestamptz not null);
      alter table public.migration add column if not exists serves text;
      create or replace function public.schema_history() returns table (name text, serves text)
        language sql stable security definer set search_path = pg_catalog, pg_temp
        as 'select name, serves from public.migration order by name';
      revoke all on function public.schema_history from public;
      grant execute on function public.schema_history to ${appRole}`)
    // Who owns a table must be allowed to create in its schema; the audit rows have an owner of their own.
    await client.query(
      `revoke create on schema public from public;
       grant usage on schema public to ${appRole}; grant usage, create on schema public to ${auditRole}`,
    )
    await installJobs(ownerUrl, client)
    const history = await client.query('select name, checksum, serves from public.migration order by name')
    const todo = pending(timeline, history.rows)
    await refuseOverPrograms(client, todo)
    for (const migration of todo) {
      options.say?.(`migration ${migration.name}`)
      await apply(client, migration, options)
    }
    return todo.map(each => each.name)
  })
}
