import { buffer } from 'node:stream/consumers'
import type { CompiledService } from '../../../src/kernel/definition/index.ts'
import { catalogueOf } from '../../../src/offices/catalogue/index.ts'
import { withClient } from '../../../src/platform/database/pool.ts'
import type { House } from '../../../src/platform/house.ts'
import { cell, type Harvest, harvest, idsOfTown, type Table, type TextRow } from './harvest.ts'
import { type LifeStencil, readLife, type Shared } from './life.ts'
import { founded, type Lived, layPattern, liveLives, morning, type Pattern } from './pattern.ts'
import { type Colleague, readColleagues } from './staff.ts'
import { readTill, type TillStencil, takings } from './tills.ts'
import { type Clockwork, clockworkOf } from './times.ts'

/** A life of a request, or some bills of a household, ready to be lived again by others. */
export type PatternLife = {
  stencil: LifeStencil
  clock: Clockwork
  taken: ReadonlyMap<string, number>
  /** Which of the lives it is, and of which service; '' of bills. */
  place: number
  service: string
  /** Whether it is looked at in the midst of it. */
  open: boolean
  /** From its morning to its last act, or, of an open one, to when it is looked at; in ms. */
  length: number
  /** The offices it was with. */
  offices: readonly string[]
}

/** Everything towns are stamped from. */
export type Mould = {
  /** Ids of the pattern town, the town's own first: each town has others in their place. */
  ids: readonly string[]
  slug: string
  base: LifeStencil
  till: TillStencil
  colleagues: readonly Colleague[]
  requests: readonly PatternLife[]
  bills: readonly PatternLife[]
  /** Kinds of accounts people have of their own. */
  kinds: readonly string[]
  tables: readonly Table[]
  files: readonly { sha256: string; type: string; bytes: Buffer }[]
  /** Sealed secrets of staff, as they stand in the base: the second factor, to be sealed anew for each town. */
  secrets: readonly { sealed: string; plain: string }[]
}

/** Has the product live some lives in a town made for it, reads its rows, and takes the town away again. */
export async function makeMould(
  house: House,
  of: { lives: number; seed: number; thin: boolean },
): Promise<Mould> {
  const pattern = await layPattern(house, of.seed)
  const townId = pattern.town.id
  return withClient(house.server.ownerUrl, async client => {
    await client.query("set timezone = 'UTC'")
    const known = await idsOfTown(client, townId)
    const lived = await liveLives(pattern, of.lives)
    const whole = await harvest(
      client,
      townId,
      lived.map(each => each.personId),
      known,
    )
    const found = of.thin ? thinned(whole) : whole
    const ids = [townId, ...[...known].filter(id => id !== townId)]
    const townIds = new Map(ids.map((id, at) => [id, at]))
    const shared = sharedFiles(townId, whole.lives.flat())
    const reading = { townIds, town: townId, shared, year: morning.getUTCFullYear() }
    const catalogue = await house.database.read(townId, catalogueOf)
    const serviceOf = (code: string, version: number): CompiledService => catalogue.get(code, version).service
    const lives = found.lives.map((rows, at) => lifeOf(rows, at, lived[at], reading, pattern, serviceOf))
    const files = await filesOf(client, house, townId, shared)
    const secrets = found.base.flatMap(row => {
      const sealed = row.table.name === 'staff' ? cell(row, 'totp_sealed') : null
      return sealed === null
        ? []
        : [{ sealed, plain: house.crypto.open(townId, 'totp', Buffer.from(sealed.slice(2), 'hex')) }]
    })
    const mould: Mould = {
      ids,
      slug: pattern.town.slug,
      tables: found.tables,
      files,
      secrets,
      base: readLife(found.base, { ...reading, personId: '' }),
      till: readTill(found, reading),
      colleagues: readColleagues(found.base, reading),
      requests: lives.filter(each => each.request),
      bills: lives.filter(each => !each.request && each.stencil.sheets.length > 0),
      kinds: [...new Set(lives.flatMap(each => [...each.stencil.own.keys()]))].sort(),
    }
    await forget(client, house, townId, found.tables)
    return mould
  })
}

/** What a thin country goes without: papers, visits to the hall, and the parts messages went out in. */
const spared = new Set(['document', 'request_paper', 'visit', 'visit_act', 'message_part'])

const thinned = (found: Harvest): Harvest => ({
  ...found,
  lives: found.lives.map(rows => rows.filter(row => !spared.has(row.table.name) || isCertificate(row, rows))),
})

/** The paper of a certificate stays: the certificate names it. */
const isCertificate = (row: TextRow, rows: readonly TextRow[]): boolean =>
  row.table.name === 'document' &&
  rows.some(
    each => each.table.name === 'certificate' && cell(each, 'document_id') === cell(row, 'document_id'),
  )

type Reading = Omit<Parameters<typeof readLife>[1], 'personId'>

function lifeOf(
  rows: readonly TextRow[],
  place: number,
  life: Lived | undefined,
  reading: Reading,
  { town }: Pattern,
  serviceOf: (code: string, version: number) => CompiledService,
): PatternLife & { request: boolean } {
  if (!life) throw new Error('a life without its person')
  const stencil = readLife(rows, { ...reading, personId: life.personId })
  const request = rows.find(row => row.table.name === 'request')
  const end = life.open ? life.until.getTime() : lastOf(rows)
  return {
    place,
    service: (request && cell(request, 'service_code')) ?? '',
    stencil,
    taken: takings(rows),
    open: life.open,
    request: request !== undefined,
    clock: clockworkOf(rows, stencil.places, town.calendar, serviceOf),
    length: end - morning.getTime(),
    offices: textsOf(request ? cell(request, 'offices') : null),
  }
}

/** The files papers lie on, with their bytes. */
async function filesOf(client: Client, house: House, town: string, shared: Shared): Promise<Mould['files']> {
  const names = [...shared.values()].flatMap(({ sha256, thumbnail, preview }) =>
    preview === null ? [sha256, thumbnail] : [sha256, thumbnail, preview],
  )
  const files: { sha256: string; type: string; bytes: Buffer }[] = []
  for (const sha256 of names) {
    const name = Buffer.from(sha256.slice(2), 'hex')
    const { rows } = await client.query<{ type: string }>(
      'select type from file where municipality_id = $1 and sha256 = $2',
      [town, name],
    )
    files.push({ sha256, type: rows[0]?.type ?? '', bytes: await buffer(await house.files.get(town, name)) })
  }
  return files
}

const lastOf = (rows: readonly TextRow[]): number =>
  Math.max(
    ...rows.filter(row => row.table.name === 'request_action').map(row => Date.parse(cell(row, 'at') ?? '')),
    founded.getTime(),
  )

/** `{a,b}` as PostgreSQL says an array of plain words. */
const textsOf = (text: string | null): string[] => (text ?? '{}').slice(1, -1).split(',').filter(Boolean)

type Client = Parameters<typeof harvest>[0]

/** For each type of paper one file that all papers of that type lie on. */
function sharedFiles(town: string, rows: readonly TextRow[]): Shared {
  const shared = new Map<
    string,
    { sha256: string; size: number; thumbnail: string; preview: string | null }
  >()
  for (const row of rows) {
    const type = cell(row, 'type') ?? ''
    const thumbnail = row.table.name === 'document' ? cell(row, 'thumbnail_sha256') : null
    if (thumbnail === null || shared.has(type)) continue
    shared.set(type, {
      sha256: cell(row, 'sha256') ?? '',
      size: Number(cell(row, 'size')),
      thumbnail,
      preview: cell(row, 'preview_sha256'),
    })
  }
  if (!shared.has('application/pdf'))
    throw new Error(`no paper of ${town} is a PDF with its picture: live more lives`)
  return shared
}

/** Takes the pattern town away: its rows, its files, and what was planned for it. */
async function forget(client: Client, house: House, town: string, tables: readonly Table[]): Promise<void> {
  await client.query('begin')
  await client.query('set local session_replication_role = replica')
  for (const { name } of tables)
    await client.query(`delete from "${name}" where municipality_id = $1`, [town])
  await client.query('delete from graphile_worker._private_jobs where payload::text like $1', [`%${town}%`])
  await client.query('commit')
  for await (const name of house.files.list(town)) await house.files.remove(town, name)
}
