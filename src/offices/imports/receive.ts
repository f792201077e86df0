import type { CalendarDate } from '../../lib/calendar.ts'
import { Conflict } from '../../lib/errors.ts'
import type { Write } from '../../platform/database/index.ts'
import type { House } from '../../platform/house.ts'
import type { AuditActor } from '../audit/index.ts'
import type { Reading, Run, Source } from './model.ts'
import { guessColumns, guessKeys } from './reading/guess.ts'
import { type FileForm, openFile } from './reading/open.ts'
import { moveRun, type NewRun, readRunAs } from './runs.ts'
import { confirmReading, getSource } from './sources.ts'

export type Received = {
  sourceId: string
  asOf: Date
  fileName: string
  sha256: Buffer
  size: number
}

/**
 * Makes ready a run over a file that is kept already. It is read as was confirmed before; when it does not look like that (another encoding,
 * other headings), or nothing was confirmed, the run will wait for somebody to look at it.
 * @throws PlainError of the reading; Conflict `file-empty`
 */
export async function prepareRun(house: House, town: string, input: Received): Promise<NewRun> {
  const source = await house.database.read(town, tx => getSource(tx, { id: input.sourceId }))
  const look = await lookAt(house, town, input.sha256)
  if (look.headings.filter(heading => heading !== '').length === 0) throw new Conflict('file-empty')
  return {
    sourceId: source.id,
    asOf: input.asOf,
    fileName: input.fileName,
    reading: readingFor(source, look),
    file: { sha256: input.sha256, size: input.size, type: typeOf(look.form) },
  }
}

/** Takes up how somebody says that a run's file is read, for it and for the next ones, and lets the check begin. */
export async function confirmRun(
  tx: Write,
  run: Run,
  reading: Omit<Reading, 'confirmed'>,
  by: AuditActor,
): Promise<void> {
  await confirmReading(tx, run.sourceId, reading, by)
  await readRunAs(tx, run.id, { ...reading, confirmed: true })
  await moveRun(tx, run.id, ['waiting', 'checked', 'failed'], 'checking', by)
}

/** The instant that stands for a day: noon, so that two files of one day are of the same. */
export const asOfDay = (day: CalendarDate): Date => new Date(`${day}T12:00:00Z`)

const typeOf = (form: FileForm) =>
  form.form === 'csv' ? 'text/csv' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export type Look = {
  form: FileForm
  headings: string[]
  /** Some of its first rows. */
  sample: (readonly string[])[]
}

const sampleRows = 12

/** The headings and first rows of a file, read as it seems or as somebody says. */
export async function lookAt(
  house: House,
  town: string,
  sha256: Buffer,
  as?: Pick<Reading, 'encoding' | 'delimiter'>,
): Promise<Look> {
  const { headings, rows, form } = await openFile(await house.files.get(town, sha256), as)
  const sample: (readonly string[])[] = []
  for await (const { cells } of rows) {
    if (cells.some(cell => cell !== '')) sample.push(cells)
    if (sample.length >= sampleRows) break
  }
  return { form, headings, sample }
}

/** The source's reading where the file fits it; else a guess that waits to be confirmed. */
function readingFor(source: Source, { form, headings }: Look): Reading {
  const kept = source.reading
  const has = (heading: string) => headings.includes(heading)
  const sameText =
    form.form === 'xlsx' || (form.encoding === kept.encoding && form.delimiter === kept.delimiter)
  if (kept.confirmed && sameText && Object.keys(kept.columns).every(has)) return kept
  const guessed = guessColumns(headings)
  const remembered = Object.fromEntries(Object.entries(kept.columns).filter(([heading]) => has(heading)))
  const columns = Object.keys(remembered).length > 0 ? remembered : guessed
  return {
    ...kept,
    ...(form.form === 'csv' && { encoding: form.encoding, delimiter: form.delimiter }),
    columns,
    keys: kept.keys.length > 0 ? kept.keys : guessKeys(Object.values(columns)),
    confirmed: false,
  }
}
