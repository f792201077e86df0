import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { decodeText, type Encoding } from './encoding.ts'

export const delimiters = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]

/** A line longer than this is no table. */
const longestRecord = 200_000

/** What parts the columns: the sign that most lines of the beginning have equally often. */
export function detectDelimiter(sample: string): Delimiter {
  const lines = sample
    .split(/\r\n|\n|\r/)
    .filter(line => line.trim() !== '')
    .slice(0, 40)
  const score = (delimiter: Delimiter): number => {
    const counts = lines.map(line => outsideQuotes(line).split(delimiter).length - 1)
    const most = [...counts].sort((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0
    return most === 0 ? 0 : counts.filter(count => count === most).length * 100 + most
  }
  return delimiters.reduce((best, each) => (score(each) > score(best) ? each : best), ',')
}

const outsideQuotes = (line: string) => line.replace(/"(?:[^"]|"")*"/g, '')

/** The records of a CSV file in pieces; a quote in the middle of a text stays, rows may be of any length. */
export async function* readCsv(
  bytes: AsyncIterable<Uint8Array>,
  { encoding, delimiter }: { encoding: Encoding; delimiter: Delimiter },
): AsyncIterable<string[]> {
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: longestRecord,
  })
  const source = Readable.from(decodeText(bytes, encoding))
  source.on('error', error => parser.destroy(error))
  try {
    for await (const record of source.pipe(parser)) yield record as string[]
  } finally {
    source.destroy()
    parser.destroy()
  }
}
