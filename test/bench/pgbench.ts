import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'

/** One filing as the server wrote it: every row of every table that its transaction left. */
type Row = { table: string; columns: { name: string; type: string; value: string | null }[] }

export type Scripts = { statements: string; single: string; rows: number; tables: number }

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** Tables in the order in which a filing writes them; the request comes after those that wait for its number. */
const inOrder = [
  'request_action',
  'request_party',
  'task',
  'request_office',
  'request_paper',
  'idempotency',
  'account',
  'account_holder',
  'voucher',
  'voucher_line',
  'charge',
  'audit',
  'request',
  'message',
]
const order = (table: string) => inOrder.indexOf(table)

/**
 * Reads a filing back out of the database and writes it again as pgbench scripts: the same rows with ids of their own, one statement each,
 * or all in one. Nothing is read on the way, which the server must do; the town stands in the connection, not in the transaction.
 */
export async function scriptsLike(
  client: pg.Client,
  requestId: string,
  constant: readonly string[],
  varying: Varying,
): Promise<Scripts> {
  const rows = await rowsOf(client, requestId)
  const fresh = new Set(
    rows
      .flatMap(row => row.columns.flatMap(({ value }) => value?.match(uuid) ?? []))
      .filter(id => !constant.includes(id) && !varying.some(ids => ids.includes(id))),
  )
  return {
    statements: asStatements(rows, fresh, varying),
    single: asOne(rows, fresh, varying),
    rows: rows.length + 1,
    tables: new Set(rows.map(row => row.table)).size + 1,
  }
}

async function rowsOf(client: pg.Client, requestId: string): Promise<Row[]> {
  const tables = await client.query<{ table: string }>(
    `select relname as table from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
        and relname not in ('migration', 'series', 'message_due')`,
  )
  const found: Row[] = []
  for (const { table } of tables.rows) {
    const columns = await client.query<{ name: string; type: string }>(
      `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
        where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
      [table],
    )
    const list = columns.rows.map(({ name }) => `"${name}"::text`).join(', ')
    const rows = await client.query<{ all: (string | null)[] }>(
      `select array[${list}] as all from "${table}" where xmin = (select xmin from request where request_id = $1)`,
      [requestId],
    )
    for (const { all } of rows.rows)
      found.push({
        table,
        columns: columns.rows.map((column, at) => ({ ...column, value: all[at] ?? null })),
      })
  }
  return found.sort((a, b) => order(a.table) - order(b.table))
}

/** Ids that change from one filing to the next, together: people, their documents, their accounts. Lists of one length. */
export type Varying = readonly (readonly string[])[]

type Naming = { id(text: string): string; varying(list: number): string; number: string }

/** A value as SQL: ids that a filing makes are the script's own, the person and their document change from one to the next. */
function written(
  row: Row,
  column: Row['columns'][number],
  fresh: ReadonlySet<string>,
  varying: Varying,
  naming: Naming,
): string {
  const { name, type, value } = column
  if (value === null) return 'null'
  if (name === 'xid') return 'pg_current_xact_id()'
  if (name === 'tracking_hash' || (row.table === 'idempotency' && name === 'key')) {
    const random = 'uuid_send(gen_random_uuid())'
    return type === 'bytea' ? `(${random} || ${random})` : 'gen_random_uuid()::text'
  }
  if (row.table === 'request' && name === 'number') return naming.number
  const known = (id: string): string | undefined => {
    if (fresh.has(id)) return naming.id(id)
    const list = varying.findIndex(ids => ids.includes(id))
    return list < 0 ? undefined : naming.varying(list)
  }
  const ids = [...new Set(value.match(uuid) ?? [])].flatMap(id => {
    const sql = known(id)
    return sql === undefined ? [] : [{ id, sql }]
  })
  const [only] = ids
  if (only?.id === value) return `(${only.sql})::${type}`
  const quoted = quote(value)
  if (type === 'bytea') return `${quoted}::bytea`
  return `${ids.reduce((text, { id, sql }) => `replace(${text}, ${quote(id)}, (${sql})::text)`, quoted)}::${type}`
}

/** A literal in which pgbench sees no variable: it takes any word after a colon for one. */
const quote = (text: string) =>
  `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll(':', '\\x3a')}'`
const literal = (ids: readonly string[]) => `'{${ids.join(',')}}'::uuid[]`

const chosen = ([first = []]: Varying) => `\\set p random(1, ${first.length})`

const columnList = (row: Row) => row.columns.map(({ name }) => `"${name}"`).join(', ')

function asStatements(rows: Row[], fresh: ReadonlySet<string>, varying: Varying): string {
  const named = new Map<string, string>()
  const lines = [chosen(varying), 'begin;']
  for (const row of rows) {
    if (row.table === 'request') lines.push("select next_number('request', 2026) as taken \\gset")
    const returning: string[] = []
    const values = row.columns.map(column =>
      written(row, column, fresh, varying, {
        id(text) {
          const known = named.get(text)
          if (known) return `:${known}`
          // An id met first in the midst of a text cannot be given back by the insert: it is of that row alone.
          if (column.type !== 'uuid') return 'gen_random_uuid()'
          const name = `id${named.size}`
          named.set(text, name)
          returning.push(`"${column.name}" as ${name}`)
          return 'uuidv7()'
        },
        varying: list => `(${literal(varying[list] ?? [])})[:p]`,
        number: ':taken',
      }),
    )
    const back = returning.length > 0 ? ` returning ${returning.join(', ')} \\gset` : ';'
    lines.push(
      `insert into "${row.table}" (${columnList(row)}) values (${values.join(', ')})${back}`.replaceAll(
        '\n',
        ' ',
      ),
    )
  }
  return [...lines, 'commit;', ''].join('\n')
}

function asOne(rows: Row[], fresh: ReadonlySet<string>, varying: Varying): string {
  const ids = [...fresh].map((id, at) => ({ id, name: `id${at}` }))
  const given = [
    ...ids.map(({ name }) => `uuidv7() as ${name}`),
    ...varying.map((list, at) => `(${literal(list)})[:p] as v${at}`),
  ]
  const naming: Naming = {
    id: text => `s.${ids.find(({ id }) => id === text)?.name}`,
    varying: list => `s.v${list}`,
    number: '(select n from taken)',
  }
  const parts = rows.map((row, at) => {
    const values = row.columns.map(column => written(row, column, fresh, varying, naming))
    return `w${at} as (insert into "${row.table}" (${columnList(row)}) select ${values.join(', ')} from s)`
  })
  const text = `with s as materialized (select ${given.join(', ')}),
    taken as materialized (select next_number('request', 2026) as n),
    ${parts.join(',\n    ')}
    select 1 from s;`
  return `${chosen(varying)}\n${text.replaceAll('\n', ' ')}\n`
}

export type Pgbench = { url: string; town: string; clients: number; seconds: number; script: string }

/** Runs a script with pgbench as the application's role; gives transactions a second. */
export async function pgbench({ url, town, clients, seconds, script }: Pgbench): Promise<number> {
  const { hostname, port, username, password, pathname } = new URL(url)
  const words = [
    '-n',
    '-M',
    'prepared',
    '-c',
    String(clients),
    '-j',
    '2',
    '-T',
    String(seconds),
    '-f',
    script,
    '-h',
    hostname,
    '-p',
    port,
    '-U',
    username,
    pathname.slice(1),
  ]
  const child = spawn('pgbench', words, {
    env: {
      PATH: process.env.PATH,
      PGPASSWORD: decodeURIComponent(password),
      PGOPTIONS: `-c app.municipality=${town} -c app.reach=house`,
    },
  })
  let output = ''
  child.stdout.on('data', chunk => (output += chunk))
  child.stderr.on('data', chunk => (output += chunk))
  const code = await new Promise(done => {
    child.once('exit', done)
    child.once('error', done)
  })
  const [, tps] = /tps = ([\d.]+)/.exec(output) ?? []
  if (code !== 0 || tps === undefined || /failed transactions: [1-9]/.test(output))
    throw new Error(`pgbench did not succeed: ${output.slice(0, 2000)}`)
  return Number(tps)
}

export function saveScript(folder: string, name: string, text: string): string {
  const path = join(folder, `${name}.sql`)
  writeFileSync(path, text, { mode: 0o644 })
  return path
}
