import pg from 'pg'
import { PlainError } from '../../../platform/plain-error.ts'
import type { OpenLink } from './rows.ts'

const pageRows = 2_000

/** Asks a PostgreSQL in one read-only transaction through a cursor, rows some thousand at a time; texts as the server writes them. */
export const openPostgresql: OpenLink = async (link, limits) => {
  const client = new pg.Client({
    host: link.host,
    port: link.port,
    database: link.database,
    user: link.user,
    password: link.password,
    ...(link.tls && { ssl: { rejectUnauthorized: true } }),
    application_name: 'shubbak import',
    connectionTimeoutMillis: 15_000,
    // Dates and amounts come as they are written there: no value passes through a floating-point number.
    types: { getTypeParser: () => (text: string) => text } as never,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('begin isolation level repeatable read read only')
    await client.query(`set local statement_timeout = ${limits.milliseconds}`)
    await client.query("set local datestyle = 'ISO'")
    await client.query(`declare shubbak_import no scroll cursor for ${link.statement.replace(/;\s*$/, '')}`)
    const first = await next(client)
    return {
      headings: first.fields.map(field => field.name),
      rows: pages(client, first.rows, limits.rows),
      close: () => client.end().catch(() => {}),
    }
  } catch (cause) {
    await client.end().catch(() => {})
    throw new PlainError(`The database of the present program refused: ${(cause as Error).message}`, {
      cause,
    })
  }
}

const next = (client: pg.Client) =>
  client.query<unknown[]>({ text: `fetch forward ${pageRows} from shubbak_import`, rowMode: 'array' })

async function* pages(
  client: pg.Client,
  first: readonly unknown[][],
  most: number,
): AsyncIterable<readonly unknown[]> {
  let given = 0
  for (let rows = first; rows.length > 0; rows = (await next(client)).rows) {
    given += rows.length
    if (given > most) throw new PlainError(`The statement gives more than ${most} rows`)
    yield* rows
  }
}
