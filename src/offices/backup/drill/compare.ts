import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openWith } from '../../../platform/backup/index.ts'
import { keptFiles } from '../kept-files.ts'
import { type Manifest, type Place, readManifest, tablePath } from '../manifest.ts'
import { measure, readPacked } from '../packed.ts'

const opener = openWith(undefined)
/** Of each table so many rows are named. */
const mostNamed = 5

/**
 * Compares two exports of one town, of which the second was made where the first was brought back: every row of every table, every file,
 * and the tables people read, in which what is sealed was opened. Gives what differs, naming rows by their ids alone.
 */
export async function compareExports(first: string, second: string): Promise<string[]> {
  const [before, after] = [await readManifest(first), await readManifest(second)]
  const differences = compareManifests(before, after)
  for (const { name } of before.tables)
    differences.push(
      ...(await compareTable({ folder: first, sealed: false }, { folder: second, sealed: false }, name)),
    )
  differences.push(...(await compareFiles(first, second)))
  for (const name of await readdir(join(first, 'open')).catch(() => []))
    if (name.endsWith('.csv') && !(await sameBytes(join(first, 'open', name), join(second, 'open', name))))
      differences.push(`open/${name} reads otherwise`)
  return differences
}

function compareManifests(before: Manifest, after: Manifest): string[] {
  const towns = ({ towns: [town] }: Manifest) => town?.id
  return [
    ...(towns(before) === towns(after) ? [] : ['it is another town']),
    ...(before.schema === after.schema ? [] : [`the schema is ${after.schema}, was ${before.schema}`]),
    ...(before.files.count === after.files.count
      ? []
      : [`${after.files.count} files came back of ${before.files.count}`]),
  ]
}

/** The same rows in any order have the same sum: of each SHA-256, 32 bits at a time. */
function summing() {
  const lanes = new Uint32Array(8)
  let rows = 0
  return {
    add(row: string) {
      const hash = createHash('sha256').update(row).digest()
      for (let at = 0; at < 8; at++) lanes[at] = (lanes[at] ?? 0) + hash.readUInt32LE(4 * at)
      rows += 1
    },
    total: () => `${rows} ${[...lanes].join(' ')}`,
  }
}

async function compareTable(first: Place, second: Place, table: string): Promise<string[]> {
  const sums = [summing(), summing()]
  for (const [at, place] of [first, second].entries())
    for await (const row of readPacked(tablePath(place, table), opener)) sums[at]?.add(row)
  if (sums[0]?.total() === sums[1]?.total()) return []
  return nameRows(first, second, table)
}

/** Only where something differs: which rows, by their ids. */
async function nameRows(first: Place, second: Place, table: string): Promise<string[]> {
  const counts = new Map<string, { ids: string; times: number }>()
  for (const [place, one] of [
    [first, 1],
    [second, -1],
  ] as const)
    for await (const row of readPacked(tablePath(place, table), opener)) {
      const hash = createHash('sha256').update(row).digest('base64')
      const known = counts.get(hash) ?? { ids: idsOf(row), times: 0 }
      known.times += one
      // What is in both is let go of, so that only what differs is kept.
      if (known.times === 0) counts.delete(hash)
      else counts.set(hash, known)
    }
  const where = (of: (times: number) => boolean) => [...counts.values()].filter(({ times }) => of(times))
  const list = (rows: { ids: string }[]) =>
    `${rows.length} (${rows
      .slice(0, mostNamed)
      .map(({ ids }) => ids)
      .join('; ')})`
  const [lost, added] = [where(times => times > 0), where(times => times < 0)]
  return [
    ...(lost.length > 0 ? [`${table}: did not come back as they were: ${list(lost)}`] : []),
    ...(added.length > 0 ? [`${table}: came back and were not there: ${list(added)}`] : []),
  ]
}

/** What a row is found by, without anything of people in it. */
function idsOf(row: string): string {
  const found = Object.entries(JSON.parse(row) as Record<string, unknown>)
    .filter(([name, value]) => /_id$|^seq$|^line$/.test(name) && name !== 'municipality_id' && value !== null)
    .slice(0, 3)
  return found.map(([name, value]) => `${name} ${String(value)}`).join(' ')
}

async function compareFiles(first: string, second: string): Promise<string[]> {
  const differences: string[] = []
  const places = [first, second].map(folder => ({ folder, sealed: false }))
  const [before, after] = await Promise.all(
    places.map(async place => {
      const names: string[] = []
      for await (const file of keptFiles(place, opener)) names.push(`${file.town}/${file.sha256}`)
      return names.sort()
    }),
  )
  for (const name of before ?? []) {
    const measured = await measure(join(second, 'files', name)).catch(() => undefined)
    if (measured?.sha256 !== name.slice(37)) differences.push(`files/${name} did not come back as it was`)
  }
  if (before?.length !== after?.length) differences.push('the register of files has another length')
  return differences
}

async function sameBytes(first: string, second: string): Promise<boolean> {
  const [before, after] = await Promise.all([first, second].map(path => measure(path).catch(() => undefined)))
  return before !== undefined && before.sha256 === after?.sha256
}
