import pg from 'pg'
import { errorCode, PlainError } from '../plain-error.ts'
import { withClient } from './pool.ts'

/** The roles of the house (docs/decisions/0001): the application, the background work, and the owner of the audit rows. */
export const appRole = 'shubbak_app'
export const workerRole = 'shubbak_worker'
export const auditRole = 'shubbak_audit'

/** Creates the database of this address when the server has none of that name. */
export async function ensureDatabase(ownerUrl: string): Promise<void> {
  try {
    await withClient(ownerUrl, async () => {})
  } catch (error) {
    if (errorCode(error) !== '3D000') throw error
    const url = new URL(ownerUrl)
    const name = decodeURIComponent(url.pathname.slice(1))
    url.pathname = '/postgres'
    await withClient(url.href, client => client.query(`create database ${pg.escapeIdentifier(name)}`))
  }
}

const roles: Record<string, string> = {
  [workerRole]: 'nologin noinherit',
  [auditRole]: 'nologin noinherit',
  [appRole]: 'nologin noinherit',
}

/**
 * Creates the roles that are missing and gives the owner the right to act for them. `appPassword` makes the
 * application's role a log-in (the embedded PostgreSQL); elsewhere an administrator decides who logs in.
 */
export async function ensureRoles(client: pg.Client, appPassword?: string): Promise<void> {
  await client.query('begin')
  try {
    await client.query('select pg_advisory_xact_lock(727001)')
    for (const [name, attributes] of Object.entries(roles)) await ensureRole(client, name, attributes)
    const { rows } = await client.query(
      `select r.rolname as name, (m.rolsuper or pg_has_role(current_user, r.oid, 'member')) as mine
       from pg_roles r, pg_roles m where r.rolname = any($1) and m.rolname = current_user`,
      [Object.keys(roles)],
    )
    for (const role of rows) if (!role.mine) await client.query(`grant ${role.name} to current_user`)
    await client.query(`grant ${workerRole} to ${appRole}`)
    if (appPassword)
      await client.query(`alter role ${appRole} login password ${pg.escapeLiteral(appPassword)}`)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

async function ensureRole(client: pg.Client, name: string, attributes: string): Promise<void> {
  const found = await client.query(
    'select rolbypassrls or rolsuper as free from pg_roles where rolname = $1',
    [name],
  )
  if (found.rows[0]?.free)
    throw new PlainError(`The role ${name} may bypass row-level security; take that from it`)
  if (found.rows[0]) return
  try {
    await client.query('savepoint role')
    await client.query(`create role ${name} ${attributes}`)
  } catch (error) {
    if (errorCode(error) !== '42501') throw error
    throw new PlainError(
      `The role ${name} is missing and the owner may not create it: run "create role ${name} ${attributes}"`,
    )
  }
}
