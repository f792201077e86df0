import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { sql } from 'kysely'
import { dateIn } from '../../lib/calendar.ts'
import { DomainError } from '../../lib/errors.ts'
import type { House } from '../../platform/house.ts'
import { PlainError } from '../../platform/plain-error.ts'
import { applyRun } from './apply/apply.ts'
import { checkRun } from './check/check.ts'
import type { Run } from './model.ts'
import { reasonWord, whoWord } from './pages/words.ts'
import { readDay } from './reading/day.ts'
import { asOfDay, prepareRun } from './receive.ts'
import { getRun, moveRun, startRun } from './runs.ts'
import { getSource } from './sources.ts'
import { importsText } from './strings.ts'

type Tools = { inHouse<T>(work: (house: House) => Promise<T>): Promise<T>; say(line: string): void }
type Options = { town?: string; asOf?: string; apply?: boolean }

const by = { kind: 'system', id: 'operator' } as const

/** `shubbak import-file SOURCE FILE [--apply]`: what the page does, for the operator at the machine. */
export function importFileCommand(program: Command, { inHouse, say }: Tools): void {
  program
    .command('import-file')
    .description("check a file of a town's present program, and apply it")
    .argument('<source>', 'code of the source, as it stands at /manage/imports')
    .argument('<file>', 'CSV or .xlsx')
    .option('--town <slug>', 'short name of the town; the only one unless said')
    .option('--as-of <day>', 'the day the balances hold for, such as 2026-11-21; today unless said')
    .option('--apply', 'write what is new and what changed; without it nothing is written')
    .action((code: string, file: string, options: Options) =>
      plainly(() => inHouse(house => importFile(house, { code, file, ...options }, say))),
    )
}

async function importFile(
  house: House,
  input: Options & { code: string; file: string },
  say: (line: string) => void,
): Promise<void> {
  const town = await townOf(house, input.town)
  const today = dateIn(house.clock.now(), town.timeZone)
  const day = input.asOf === undefined ? today : readDay(input.asOf, 'dmy', today)
  if (!day) throw new PlainError(`"${input.asOf}" is no day up to today: use one such as ${today}`)
  const source = await house.database.read(town.id, tx => getSource(tx, { code: input.code }))
  const stored = await house.files.put(town.id, createReadStream(input.file))
  const named = { sourceId: source.id, asOf: asOfDay(day), fileName: basename(input.file) }
  const prepared = await prepareRun(house, town.id, { ...named, ...stored })
  const runId = await house.database.write(town.id, tx => startRun(tx, prepared, by))
  if (!prepared.reading.confirmed) {
    say(
      'How this file is read has not been confirmed: open the source at /manage/imports and confirm its columns.',
    )
    return
  }
  await checkRun(house, town.id, runId)
  const checked = await house.database.read(town.id, tx => getRun(tx, runId))
  tell(checked, say)
  if (checked.state === 'failed') throw new PlainError(checked.failure ?? 'the file could not be read')
  if (!input.apply) {
    say('Nothing was written. Add --apply to write it.')
    return
  }
  await house.database.write(town.id, tx => moveRun(tx, runId, ['checked'], 'applying', by))
  await applyRun(house, town.id, runId, by)
  say('Applied:')
  tell(await house.database.read(town.id, tx => getRun(tx, runId)), say)
}

function tell({ counts }: Run, say: (line: string) => void): void {
  if (!counts) return
  for (const [verdict, count] of Object.entries(counts.verdicts))
    say(`  ${String(count).padStart(8)}  ${importsText('en', `verdict-${verdict as 'new'}`)}`)
  if (counts.gone > 0) say(`  ${String(counts.gone).padStart(8)}  ${importsText('en', 'gone')}`)
  for (const [reason, count] of Object.entries(counts.reasons))
    say(`      ${String(count).padStart(8)}  ${reasonWord('en', reason)}: ${whoWord('en', reason)}`)
}

async function townOf(house: House, slug: string | undefined): Promise<{ id: string; timeZone: string }> {
  const { rows } = await house.database.directory(q =>
    sql<{ municipality_id: string; time_zone: string; slug: string }>`
      select municipality_id, time_zone, slug from municipality order by slug`.execute(q),
  )
  const found = slug === undefined && rows.length === 1 ? rows[0] : rows.find(row => row.slug === slug)
  if (!found)
    throw new PlainError(
      `Say which town with --town: ${rows.map(row => row.slug).join(', ') || 'there is none'}`,
    )
  return { id: found.municipality_id, timeZone: found.time_zone }
}

async function plainly(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (error instanceof DomainError) throw new PlainError(`${error.code} ${JSON.stringify(error.details)}`)
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new PlainError('There is no such file')
    throw error
  }
}
