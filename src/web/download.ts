import { toCsv } from '../lib/csv.ts'

/** A CSV file to be kept; the name may be Arabic. */
export const csvFile = (name: string, rows: readonly (readonly (string | number)[])[]): Response =>
  new Response(toCsv(rows), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="export.csv"; filename*=UTF-8''${encodeURIComponent(`${name}.csv`)}`,
      'cache-control': 'private, no-store',
    },
  })
