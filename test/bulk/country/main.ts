import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { verifyTown } from '../../../src/offices/verify/index.ts'
import { readConfig } from '../../../src/platform/config.ts'
import { withClient } from '../../../src/platform/database/pool.ts'
import { type House, openHouse } from '../../../src/platform/house.ts'
import { openTownDirectory } from '../../../src/web/town.ts'
import { tell } from '../../bench/report.ts'
import { withBar } from '../bar.ts'
import { type Filled, fillCountry, type Progress } from './country.ts'
import { danglingKeys } from './indexes.ts'

const usage = `node start.mjs run test/bulk/country/main.ts [--requests 100000] [--seed 1] [--towns 100] [--lives 60]
  [--until 2026-11-22T08:00:00Z] [--thin] [--folder DATA_DIR] [--keep] [--verify N]`

/** What a million requests may take on two cores, in seconds. */
const aMillion = 360

const words: Record<Progress['stage'], string> = {
  pattern: 'lives are lived',
  rows: 'rows',
  indexes: 'indexes',
  analyze: 'vacuum and analyze',
}

/** Fills a country into a folder of its own, or into that of an installation without towns, and says what it came to. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      requests: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      towns: { type: 'string', default: '100' },
      lives: { type: 'string', default: '60' },
      thin: { type: 'boolean', default: false },
      until: { type: 'string' },
      folder: { type: 'string' },
      keep: { type: 'boolean', default: false },
      verify: { type: 'string', default: '2' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return void process.stdout.write(`${usage}\n`)
  const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'shubbak-country-'))
  if (values.folder === undefined) chmodSync(folder, 0o755)
  mkdirSync(folder, { recursive: true })
  const environment = { DATA_DIR: join(folder, 'data'), SYSTEM_DIR: join(folder, 'system') }
  const own = values.folder === undefined
  const config = readConfig({
    LOG_LEVEL: 'silent',
    ...(own ? environment : { ...process.env, DATA_DIR: folder }),
  })
  const house = await openHouse(config, { prepare: true, hold: true })
  try {
    const filled = await withBar(words, onProgress =>
      fillCountry(house, {
        requests: Number(values.requests),
        seed: Number(values.seed),
        towns: Number(values.towns),
        lives: Number(values.lives),
        thin: values.thin,
        onProgress,
        ...(values.until !== undefined && { until: new Date(values.until) }),
      }),
    )
    await sayFilled(house, filled, Number(values.requests))
    await check(house, filled, Number(values.verify))
  } finally {
    await house.close()
    if (own && !values.keep) rmSync(folder, { recursive: true, force: true })
    else process.stdout.write(`kept in ${folder}\n`)
  }
}

async function sayFilled(
  house: House,
  { rows, seconds, cpuSeconds, towns, pin }: Filled,
  requests: number,
): Promise<void> {
  const { sizes, whole } = await withClient(house.server.ownerUrl, async client => ({
    sizes: (
      await client.query<{ name: string; table: number; all: number }>(
        `select relname as name, pg_relation_size(oid) as table, pg_total_relation_size(oid) as all from pg_class
          where relnamespace = 'public'::regnamespace and relkind = 'r'`,
      )
    ).rows,
    whole:
      (await client.query<{ size: number }>('select pg_database_size(current_database()) as size')).rows[0]
        ?.size ?? 0,
  }))
  const mb = (bytes: number) => (bytes / 2 ** 20).toFixed(0)
  const line = (cells: readonly (string | number)[]) =>
    process.stdout.write(
      `${cells.map((each, at) => (at === 0 ? String(each).padEnd(22) : String(each).padStart(14))).join('')}\n`,
    )
  line(['table', 'rows', 'MB', 'with indexes'])
  for (const [name, count] of [...rows].toSorted((a, b) => b[1] - a[1])) {
    const size = sizes.find(each => each.name === name)
    line([name, count.toLocaleString('en'), mb(size?.table ?? 0), mb(size?.all ?? 0)])
  }
  const all = [...rows.values()].reduce((a, b) => a + b, 0)
  line(['all', all.toLocaleString('en'), '', mb(whole)])
  for (const [stage, took] of Object.entries(seconds)) line([stage, `${took.toFixed(1)} s`])
  const took = Object.values(seconds).reduce((a, b) => a + b, 0)
  process.stdout.write(
    `${towns.length} towns, ${towns.filter(town => town.derived).length} of them of a size made up; ${cpuSeconds.toFixed(1)} s of this process's CPU; PIN of those with a log-in ${pin}\n`,
  )
  tell({
    name: 'a country filled',
    value: took,
    unit: 's',
    ratio: took / ((aMillion * requests) / 1e6),
    baseline: `${aMillion} s for a million requests`,
    goal: { ratio: 1 },
    details: { requests, written: all, megabytes: Math.round(whole / 2 ** 20), cpuSeconds, ...seconds },
  })
}

/** Verifies the smallest of the towns and asks each of their foreign keys. */
async function check(house: House, filled: Filled, count: number): Promise<void> {
  const directory = await openTownDirectory(house.database, () => performance.now()).all()
  for (const { slug, id } of filled.towns.slice(filled.towns.length - count)) {
    const town = directory.find(each => each.id === id)
    if (!town) throw new Error(`${slug} is not there`)
    const found = await verifyTown(house, town, {
      found: ({ code, subject, details }) =>
        process.stdout.write(`${slug}: ${code} ${subject} ${JSON.stringify(details)}\n`),
    })
    const dangling = await withClient(house.server.ownerUrl, client => danglingKeys(client, id))
    process.stdout.write(
      `${slug}: verify found ${found.findings}, foreign keys that point nowhere ${dangling.length}\n`,
    )
    if (found.findings + dangling.length > 0) process.exitCode = 1
  }
}

await main()
