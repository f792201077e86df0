import { PlainError } from '../../../platform/plain-error.ts'
import {
  type Delimiter,
  detectDelimiter,
  detectEncoding,
  type Encoding,
  peek,
  readCsv,
} from '../../../platform/text-tables/index.ts'
import type { Reading } from '../model.ts'
import { openTable, type Table } from './table.ts'

/** A file larger than this is not taken in (megabytes). */
export const mostFileMegabytes = 48

export type FileForm = { form: 'xlsx' } | { form: 'csv'; encoding: Encoding; delimiter: Delimiter }

/** What a file is, from its beginning: an Excel workbook, or text in an encoding with something between its columns. */
export function detectForm(sample: Uint8Array): FileForm {
  const head = Buffer.from(sample.subarray(0, 8)).toString('latin1')
  if (head.startsWith('PK\u0003\u0004')) return { form: 'xlsx' }
  if (head.startsWith('\u00d0\u00cf\u0011\u00e0'))
    throw new PlainError('The file is an Excel workbook of the old kind (.xls): save it as .xlsx or CSV')
  const encoding = detectEncoding(sample)
  const text = new TextDecoder(encoding).decode(sample, { stream: true })
  return { form: 'csv', encoding, delimiter: detectDelimiter(text) }
}

/** Opens the table of a file; `reading` says how its text is written, else that is detected. */
export async function openFile(
  bytes: AsyncIterable<Uint8Array>,
  reading?: Pick<Reading, 'encoding' | 'delimiter'>,
): Promise<Table & { form: FileForm }> {
  const { start, all } = await peek(bytes)
  const form = detectForm(start)
  if (form.form === 'xlsx') {
    const chunks: Uint8Array[] = []
    for await (const chunk of all) chunks.push(chunk)
    const { readXlsx } = await import('./xlsx.ts')
    return { form, ...(await openTable(readXlsx(Buffer.concat(chunks)))) }
  }
  return { form, ...(await openTable(readCsv(all, reading ?? form))) }
}
