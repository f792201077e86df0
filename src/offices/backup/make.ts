import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import pg from 'pg'
import { type Seal, sealFor } from '../../platform/backup/index.ts'
import { readSecretFile } from '../../platform/crypto/index.ts'
import { withClient } from '../../platform/database/pool.ts'
import type { House } from '../../platform/house.ts'
import { errorCode, PlainError } from '../../platform/plain-error.ts'
import { projectRoot } from '../../platform/root.ts'
import { type KeptFile, keptFileOf } from './kept-files.ts'
import { proofsOf } from './keys.ts'
import { filePath, type Manifest, manifestFormat, manifestPath, type Place, tablePath } from './manifest.ts'
import { syncFolder, writeMeasured, writePacked } from './packed.ts'
import { holdSchema, lastMigration, plainSettings, townTables } from './schema.ts'

type Say = (line: string) => void
export type MakeOptions = {
  say: Say
  /** One town alone. */
  slug?: string
  /** Public keys it is sealed for; in the clear without any. */
  keys?: readonly string[]
  /** Adds what people read of one town (open/…), from the same instant as the tables. */
  open?: (client: pg.Client, town: Manifest['towns'][number], place: Place, seal: Seal) => Promise<void>
  /** Sees every row as it is written. */
  row?: (table: string, row: string) => void
}

/**
 * Writes all towns, or the one named, into a new folder: every table as it stood at one instant, then the files its registers name (which
 * never change and are never taken away). It is written aside and named last: a folder of that name is whole.
 */
export async function makeBackup(house: House, folder: string, options: MakeOptions): Promise<Manifest> {
  if (existsSync(folder)) throw new PlainError(`${folder} is there already: name a new folder`)
  const keys = proofsOf(readSecretFile(house.config.secretFile))
  const seal = sealFor(options.keys ?? [])
  const partial = `${folder}.partial`
  const place: Place = { folder: partial, sealed: seal.ending !== '' }
  await rm(partial, { recursive: true, force: true })
  await mkdir(join(partial, 'tables'), { recursive: true, mode: 0o700 })
  try {
    const { names, ...rows } = await writeTables(house, place, seal, options)
    const files = await copyFiles(house, place, seal, options.say, { towns: rows.towns, names })
    const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'))
    const madeAt = house.clock.now().toISOString()
    const manifest: Manifest = {
      format: manifestFormat,
      version,
      madeAt,
      sealed: place.sealed,
      keys,
      ...rows,
      files,
    }
    await writeFile(manifestPath(partial), `${JSON.stringify(manifest, null, 2)}\n`, {
      mode: 0o600,
      flush: true,
    })
    for (const inside of ['tables', 'files', '.']) await syncFolder(join(partial, inside))
    await rename(partial, folder)
    await syncFolder(dirname(folder))
    return manifest
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    throw error
  }
}

type Rows = Pick<Manifest, 'schema' | 'towns' | 'tables'> & { names: KeptFile[] }

/** The owner's connection, with a cursor for each table: memory stays flat, and nobody is held up. */
async function writeTables(
  house: House,
  place: Place,
  seal: Seal,
  { say, slug, open, row }: MakeOptions,
): Promise<Rows> {
  return withClient(house.server.ownerUrl, async client => {
    await holdSchema(client)
    await client.query(`begin isolation level repeatable read read only; ${plainSettings}`)
    const schema = await lastMigration(client)
    const towns = await readTowns(client, slug)
    const only =
      slug === undefined
        ? ''
        : `where municipality_id in (${towns.map(town => pg.escapeLiteral(town.id)).join()})`
    const tables: Manifest['tables'] = []
    const names: KeptFile[] = []
    for (const name of await townTables(client)) {
      let rows = 0
      const counted = (line: string) => {
        rows += 1
        row?.(name, line)
        const file = name === 'file' ? keptFileOf(line) : undefined
        if (file) names.push(file)
      }
      const { sha256 } = await writePacked(tablePath(place, name), rowsOf(client, name, only, counted), seal)
      tables.push({ name, rows, sha256 })
      say(`${name}: ${rows} rows`)
    }
    for (const town of towns) await open?.(client, town, place, seal)
    await client.query('commit')
    return { schema, towns, tables, names }
  })
}

async function readTowns(client: pg.Client, slug: string | undefined): Promise<Manifest['towns']> {
  const { rows } = await client.query<Manifest['towns'][number]>(
    `select municipality_id as id, slug, name_ar as name, hosts from public.municipality
      where $1::text is null or slug = $1 order by slug`,
    [slug ?? null],
  )
  if (rows.length > 0) return rows
  throw new PlainError(slug === undefined ? 'There is no town to back up' : `There is no town ${slug}`)
}

async function* rowsOf(
  client: pg.Client,
  table: string,
  only: string,
  counted: (row: string) => void,
): AsyncGenerator<string> {
  await client.query(
    `declare backup no scroll cursor for select to_jsonb(t)::text as row from public.${pg.escapeIdentifier(table)} t ${only}`,
  )
  for (;;) {
    const { rows } = await client.query<{ row: string }>('fetch 1000 from backup')
    if (rows.length === 0) break
    let text = ''
    for (const { row } of rows) {
      counted(row)
      text += `${row}\n`
      if (text.length < 65_536) continue
      yield text
      text = ''
    }
    yield text
  }
  await client.query('close backup')
}

/** A file that is missing or damaged does not stop the rest: it is told, and noted as lost. */
async function copyFiles(
  house: House,
  place: Place,
  seal: Seal,
  say: Say,
  { towns, names }: Pick<Rows, 'towns' | 'names'>,
): Promise<Manifest['files']> {
  const files: Manifest['files'] = { count: 0, bytes: 0, lost: [] }
  const home = join(place.folder, 'files')
  for (const town of towns) await mkdir(join(home, town.id), { recursive: true, mode: 0o700 })
  for (const file of names) {
    const bytes = await copyFile(house, filePath(place, file), file, seal)
    if (bytes === undefined) {
      say(`${file.town}/${file.sha256} is missing or damaged`)
      files.lost.push(file)
    } else {
      files.count += 1
      files.bytes += bytes
    }
  }
  for (const town of towns) await syncFolder(join(home, town.id))
  say(`files: ${files.count} (${files.bytes} bytes)`)
  return files
}

async function copyFile(house: House, path: string, file: KeptFile, seal: Seal): Promise<number | undefined> {
  let kept: Readable
  try {
    kept = await house.files.get(file.town, Buffer.from(file.sha256, 'hex'))
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
  const { sha256, bytes } = await writeMeasured(path, kept, seal)
  if (sha256 === file.sha256) return bytes
  await rm(path)
  return undefined
}
