import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { PlainError } from '../../plain-error.ts'

const shape = z.object({
  /** Where PostgreSQL keeps the rows. */
  data: z.string(),
  /** The folder this record was made for: a copy of it must not open the same database. */
  home: z.string(),
  port: z.number(),
  password: z.string(),
  appPassword: z.string(),
})

/** What we know of the PostgreSQL of one data folder; kept in `postgres.json`, which only its owner may read. */
export type PostgresRecord = z.infer<typeof shape>

const file = (dataDir: string) => join(dataDir, 'postgres.json')

export function saveRecord(dataDir: string, record: PostgresRecord): void {
  const draft = `${file(dataDir)}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 })
  renameSync(draft, file(dataDir))
}

function readRecord(dataDir: string): PostgresRecord | undefined {
  if (!existsSync(file(dataDir))) return undefined
  try {
    return shape.parse(JSON.parse(readFileSync(file(dataDir), 'utf8')))
  } catch {
    throw new PlainError(`${file(dataDir)} cannot be read: is it another user's, or was it edited?`)
  }
}

/**
 * The record of this data folder, made when there is none. Root keeps the rows outside it, in `systemDir`, because
 * the user who must run the server can often not reach a folder of root's; the name there is new each time, so that
 * who deletes the data folder starts afresh.
 */
export function openRecord(dataDir: string, systemDir: string): PostgresRecord {
  const home = resolve(dataDir)
  mkdirSync(home, { recursive: true })
  const known = readRecord(home)
  if (known) {
    if (known.home === home) return known
    if (known.data !== join(known.home, 'postgres') && existsSync(join(known.home, 'postgres.json')))
      throw new PlainError(
        `${home} is a copy of ${known.home} and would open the same database; restore a backup instead`,
      )
    const data = known.data === join(known.home, 'postgres') ? join(home, 'postgres') : known.data
    const moved = { ...known, home, data }
    saveRecord(home, moved)
    return moved
  }
  const asRoot = process.getuid?.() === 0
  const own = join(home, 'postgres')
  const record = {
    data: asRoot && !existsSync(own) ? join(systemDir, randomBytes(8).toString('hex'), 'postgres') : own,
    home,
    port: 0,
    password: randomBytes(24).toString('base64url'),
    appPassword: randomBytes(24).toString('base64url'),
  }
  saveRecord(home, record)
  return record
}
