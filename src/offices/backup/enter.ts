import { createReadStream } from 'node:fs'
import pg from 'pg'
import { type Opener, openWith } from '../../platform/backup/index.ts'
import { readSecretFile } from '../../platform/crypto/index.ts'
import { withClient } from '../../platform/database/pool.ts'
import type { House } from '../../platform/house.ts'
import { errorCode, PlainError } from '../../platform/plain-error.ts'
import { planPictures } from '../archive/index.ts'
import { type KeptFile, keptFiles } from './kept-files.ts'
import { refuseOtherKeys } from './keys.ts'
import { filePath, type Manifest, type Place, readManifest, tablePath } from './manifest.ts'
import { type Measured, measure, meter, readPacked } from './packed.ts'
import { holdSchema, inKeyOrder, plainSettings, refuseOtherSchema } from './schema.ts'

type Say = (line: string) => void
type Source = Place & { opener: Opener }
/** Refuses when what is here already leaves no room for what comes. */
export type MayEnter = (client: pg.Client, manifest: Manifest) => Promise<void>

/**
 * Enters a backup: everything is checked before anything is written, files come first, all rows in one transaction. Whatever stops it, no
 * row is there and it can be tried again.
 */
export async function enterBackup(
  house: House,
  folder: string,
  { say, mayEnter, identity }: { say: Say; mayEnter: MayEnter; identity?: string },
): Promise<Manifest> {
  const manifest = await readManifest(folder)
  const from: Source = { folder, sealed: manifest.sealed, opener: openWith(identity) }
  const { secretFile } = house.config
  await withClient(house.server.ownerUrl, async client => {
    await holdSchema(client)
    await refuseOtherSchema(client, manifest)
    await mayEnter(client, manifest)
    refuseOtherKeys(manifest.keys, readSecretFile(secretFile), secretFile)
    await checkAll(from, manifest)
    say(`Whole: ${manifest.tables.length} tables, ${manifest.files.count} files`)
    await putFiles(house, from, manifest)
    await client.query(
      `begin; ${plainSettings}; set constraints all deferred; lock table public.municipality in share row exclusive mode`,
    )
    await mayEnter(client, manifest)
    const names = manifest.tables.map(table => table.name)
    for (const name of await inKeyOrder(client, names))
      say(`${name}: ${await insertRows(client, from, name)} rows`)
    await client.query('set constraints all immediate')
    await compareCounts(client, manifest)
    await client.query('commit')
    await client.query('analyze')
  })
  await drawMissingPictures(house, manifest)
  return manifest
}

/** Every table and file against its SHA-256; the first that differs is named. */
async function checkAll(from: Source, { tables, files }: Manifest): Promise<void> {
  for (const { name, sha256 } of tables) await expectSha256(tablePath(from, name), sha256)
  const lost = new Set(files.lost.map(file => `${file.town}/${file.sha256}`))
  const seen = { count: 0, bytes: 0 }
  for await (const file of keptFiles(from, from.opener)) {
    if (lost.has(`${file.town}/${file.sha256}`)) continue
    seen.count += 1
    seen.bytes += (await expectFile(from, file)).bytes
  }
  if (seen.count !== files.count || seen.bytes !== files.bytes)
    throw new PlainError(`The manifest is damaged: it counts ${files.count} files, there are ${seen.count}`)
}

async function expectSha256(path: string, sha256: string): Promise<Measured> {
  const found = await measure(path).catch(error => {
    if (errorCode(error) === 'ENOENT') throw new PlainError(`${path} is missing; nothing was written`)
    throw error
  })
  if (found.sha256 !== sha256) throw new PlainError(`${path} is damaged; nothing was written`)
  return found
}

/** A file by what it holds: one that is sealed is opened for it. */
async function expectFile(from: Source, file: KeptFile): Promise<Measured> {
  const path = filePath(from, file)
  if (!from.sealed) return expectSha256(path, file.sha256)
  await measure(path).catch(() => {
    throw new PlainError(`${path} is missing; nothing was written`)
  })
  const { pass, measured } = meter()
  for await (const _ of pass(await from.opener.stream(path, createReadStream(path))));
  const found = measured()
  if (found.sha256 !== file.sha256) throw new PlainError(`${path} is damaged; nothing was written`)
  return found
}

async function putFiles(house: House, from: Source, manifest: Manifest): Promise<void> {
  const lost = new Set(manifest.files.lost.map(file => `${file.town}/${file.sha256}`))
  for await (const file of keptFiles(from, from.opener)) {
    if (lost.has(`${file.town}/${file.sha256}`)) continue
    const path = filePath(from, file)
    const stored = await house.files.put(file.town, await from.opener.stream(path, createReadStream(path)))
    if (stored.sha256.toString('hex') !== file.sha256) throw new PlainError(`${path} changed meanwhile`)
  }
}

const mostRows = 1000
/** PostgreSQL takes no array of jsonb beyond 256 MB; far less also keeps our own memory flat. */
const mostLetters = 4_000_000

async function insertRows(client: pg.Client, from: Source, table: string): Promise<number> {
  const insert = await insertInto(client, table)
  let count = 0
  let batch: string[] = []
  let letters = 0
  const flush = async () => {
    if (batch.length > 0) await client.query(insert, [`[${batch.join()}]`])
    count += batch.length
    batch = []
    letters = 0
  }
  for await (const row of readPacked(tablePath(from, table), from.opener)) {
    batch.push(row)
    letters += row.length
    if (batch.length >= mostRows || letters >= mostLetters) await flush()
  }
  await flush()
  return count
}

/** A jsonb column that is never empty but holds JSON's own null would come back as SQL's: the two are one in a row written as JSON. */
async function insertInto(client: pg.Client, table: string): Promise<string> {
  const name = `public.${pg.escapeIdentifier(table)}`
  const { rows } = await client.query<{ column: string; json: boolean }>(
    `select attname as column, atttypid = 'jsonb'::regtype and attnotnull as json from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [name],
  )
  const columns = rows.map(({ column }) => pg.escapeIdentifier(column))
  const values = rows.map(({ json }, at) => (json ? `coalesce(${columns[at]}, 'null')` : columns[at]))
  return `insert into ${name} (${columns}) select ${values} from jsonb_populate_recordset(null::${name}, $1::jsonb)`
}

async function compareCounts(client: pg.Client, manifest: Manifest): Promise<void> {
  const towns = manifest.towns.map(town => town.id)
  for (const { name, rows } of manifest.tables) {
    const found = await client.query<{ rows: number }>(
      `select count(*) as rows from public.${pg.escapeIdentifier(name)} where municipality_id = any($1)`,
      [towns],
    )
    if (found.rows[0]?.rows !== rows)
      throw new PlainError(
        `${name} got ${found.rows[0]?.rows} rows instead of ${rows}; everything was undone`,
      )
  }
}

/** Waiting work is not in a backup. Messages wait in a table of the town; what is left are pictures of documents not drawn yet. */
async function drawMissingPictures(house: House, { towns }: Manifest): Promise<void> {
  for (const town of towns) {
    await house.database.write(town.id, async tx => {
      const undrawn = await tx.q
        .selectFrom('document')
        .select('document_id')
        .where('municipality_id', '=', tx.town)
        .where('source', '<>', 'issued')
        .where('thumbnail_sha256', 'is', null)
        .execute()
      for (const { document_id } of undrawn) await planPictures(tx, document_id)
    })
  }
}
