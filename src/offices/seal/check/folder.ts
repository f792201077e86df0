import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { z } from 'zod'
import { errorCode, PlainError } from '../../../platform/plain-error.ts'
import { type Kind, kinds, type Row, registers } from '../model.ts'
import type { Verifier } from '../tree/note.ts'
import { judgeRows, nothingJudged, type PlacedRow } from './judge.ts'
import { packedRows } from './lines.ts'
import { judgeTree, type KeptCheckpoint } from './tree.ts'
import { readKeys, settle, type Telling } from './verify.ts'

const manifest = z.looseObject({
  madeAt: z.iso.datetime(),
  towns: z.array(z.looseObject({ id: z.uuid(), slug: z.string() })),
  files: z.looseObject({ lost: z.array(z.looseObject({ town: z.string(), sha256: z.string() })) }),
})

/** What an export or a backup says of itself, as far as its record needs it. */
export type Folder = { path: string; madeAt: Date; towns: { id: string; slug: string }[]; lost: Set<string> }

/** Opens a folder as `shubbak export` and `shubbak backup` make them. */
export async function openFolder(path: string): Promise<Folder> {
  const named = joinPath(path, 'manifest.json')
  const text = await readFile(named, 'utf8').catch(error => {
    if (errorCode(error) === 'ENOENT')
      throw new PlainError(`${path} is no finished export: it has no manifest.json`)
    throw error
  })
  const read = manifest.safeParse(JSON.parse(text))
  if (!read.success) throw new PlainError(`${named} is damaged: ${read.error.issues[0]?.path.join('.')}`)
  const { madeAt, towns, files } = read.data
  const lost = new Set(files.lost.map(file => `${file.town}/${file.sha256}`))
  return { path, madeAt: new Date(madeAt), towns: towns.map(({ id, slug }) => ({ id, slug })), lost }
}

const tableIn = (folder: Folder, table: string) => joinPath(folder.path, 'tables', `${table}.jsonl.gz`)
const hex = (value: unknown): Buffer => Buffer.from(String(value).slice(2), 'hex')
const batch = 1_000

/**
 * Holds a town in an export against its sealed log and its files against their names, with nothing but the folder: no database, no network.
 * Without `keys` those the export brings itself are believed.
 */
export async function verifyFolder(
  folder: Folder,
  town: { id: string; slug: string },
  { found, counted, outside, keys }: Telling & { keys: readonly Verifier[] },
): Promise<void> {
  const rowsOf = async function* (table: string): AsyncGenerator<Row> {
    for await (const row of packedRows(tableIn(folder, table))) if (row.municipality_id === town.id) yield row
  }
  const places = new Map<string, { place: number; hash: Buffer }>()
  for await (const row of rowsOf('seal_leaf'))
    places.set(`${row.kind}/${row.subject_id}`, { place: Number(row.leaf_index), hash: hex(row.hash) })
  const checkpoints: KeptCheckpoint[] = []
  for await (const row of rowsOf('seal_checkpoint'))
    checkpoints.push({
      size: Number(row.size),
      root: hex(row.root),
      at: new Date(String(row.sealed_at)),
      note: String(row.note),
    })
  checkpoints.sort((a, b) => a.size - b.size)
  const nodes = new Map<string, Buffer>()
  for await (const row of rowsOf('seal_node')) nodes.set(`${row.level}/${row.node_index}`, hex(row.hash))
  const own: string[] = []
  for await (const row of rowsOf('seal_key')) own.push(String(row.verifier))
  const earlierKeys = readKeys(own)
  const leaves = inOrder([...places.values()])
  await judgeTree(
    {
      slug: town.slug,
      checkpoints,
      outside,
      keys: keys.length > 0 ? keys : earlierKeys,
      earlierKeys,
      nodes,
      leaves,
    },
    found,
  )

  const judged = nothingJudged()
  const lines = await linesOfReceipts(rowsOf('receipt_line'))
  for (const kind of kinds) {
    const before = judged.entries
    let rows: PlacedRow[] = []
    const judge = () => judgeRows(town.id, kind, checkpoints, rows.splice(0), judged)
    for await (const row of rowsOf(kind === 'audit' ? 'audit' : registers[kind].table)) {
      const id = String(row[kind === 'audit' ? 'audit_id' : registers[kind].id])
      const name = `${kind}/${id}`
      const leaf = places.get(name)
      places.delete(name)
      rows.push({
        ...row,
        ...(kind === 'audit' && { canonical: hex(row.canonical) }),
        ...(kind === 'receipt' && { lines: lines.get(id) ?? [] }),
        entry_id: id,
        place: leaf?.place ?? null,
        sealed: leaf?.hash ?? null,
      })
      if (rows.length >= batch) judge()
    }
    judge()
    rows = []
    if (kind === 'audit') counted('audit entries', judged.entries - before)
  }
  const orphans: Record<Kind, { id: string; place: number }[]> = {
    audit: [],
    document: [],
    certificate: [],
    receipt: [],
  }
  for (const [name, { place }] of places) {
    const [kind, id = ''] = name.split('/')
    orphans[kind as Kind].push({ id, place })
  }
  settle(judged, orphans, folder.madeAt, found)
  counted('sealed', judged.entries - judged.waiting)
  counted('checkpoints', checkpoints.length)
  const listed = new Set<string>()
  // Exports of before there were acts of destruction have no such table.
  if (existsSync(tableIn(folder, 'destruction_file')))
    for await (const row of rowsOf('destruction_file')) listed.add(String(row.sha256).slice(2))
  counted('files read', await verifyFiles(folder, town, { rows: rowsOf('file'), listed }, found))
}

async function* inOrder(
  places: { place: number; hash: Buffer }[],
): AsyncGenerator<{ from: number; hashes: Buffer }> {
  for (const { place, hash } of places.sort((a, b) => a.place - b.place)) yield { from: place, hashes: hash }
}

async function linesOfReceipts(rows: AsyncIterable<Row>): Promise<Map<string, Row[]>> {
  const lines = new Map<string, Row[]>()
  for await (const row of rows) {
    const id = String(row.receipt_id)
    lines.set(id, [...(lines.get(id) ?? []), row])
  }
  return lines
}

async function verifyFiles(
  folder: Folder,
  town: { id: string },
  { rows, listed }: { rows: AsyncIterable<Row>; listed: ReadonlySet<string> },
  found: Telling['found'],
): Promise<number> {
  let read = 0
  for await (const row of rows) {
    const name = String(row.sha256).slice(2)
    if (row.destroyed_at && !listed.has(name))
      found({ code: 'emptied-without-act', subject: name, details: { kind: 'file' } })
    // What was lawfully destroyed lies in no folder.
    if (row.destroyed_at || folder.lost.has(`${town.id}/${name}`)) continue
    const path = joinPath(folder.path, 'files', town.id, name)
    if (!existsSync(path)) {
      found({ code: 'file-missing', subject: name, details: {} })
      continue
    }
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(path)) hash.update(chunk)
    read += 1
    if (hash.digest('hex') !== name) found({ code: 'file-changed', subject: name, details: {} })
  }
  return read
}
