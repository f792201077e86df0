import { csvLine, csvMark } from '../../../../lib/csv.ts'
import { type Money, toDecimal } from '../../../../lib/money.ts'
import type { Call } from '../../../../web/call.ts'

/** One cell: words, a number of something, or an amount, which stays a number in the file. */
export type Cell = string | number | Money | undefined

export type Report = { name: string; title: string; columns: string[]; rows: Cell[][] }

const isMoney = (cell: Cell): cell is Money => typeof cell === 'object'

const plain = (cell: Cell) => (isMoney(cell) ? toDecimal(cell) : cell)

/** The report as CSV in UTF-8 with its mark. */
const reportCsv = ({ columns, rows }: Report): string =>
  csvMark + csvLine(columns) + rows.map(cells => csvLine(cells.map(plain))).join('')

const amountFormat = { ILS: '#,##0.00', JOD: '#,##0.000', USD: '#,##0.00' } as const

/** The same as an Excel file, right to left, its head kept in sight. */
export async function reportXlsx({ title, columns, rows }: Report, rightToLeft: boolean): Promise<Buffer> {
  const head = columns.map(value => ({ value, type: String, fontWeight: 'bold' as const }))
  const body = rows.map(cells =>
    cells.map(cell => {
      if (cell === undefined) return null
      if (isMoney(cell))
        return { value: Number(toDecimal(cell)), type: Number, format: amountFormat[cell.currency] }
      return typeof cell === 'number' ? { value: cell, type: Number } : { value: cell, type: String }
    }),
  )
  const { default: writeXlsxFile } = await import('write-excel-file/node')
  const file = writeXlsxFile([head, ...body], {
    sheet: title.slice(0, 31),
    rightToLeft,
    stickyRowsCount: 1,
    columns: columns.map(() => ({ width: 18 })),
  })
  return file.toBuffer()
}

/** Whether a file was asked for with `?as=csv` or `?as=xlsx`, and not the page. */
export const isFile = ({ query: { as } }: Call): boolean => as === 'csv' || as === 'xlsx'

/** The file that was asked for; undefined where the page itself is wanted. For reports that name nobody, or one person. */
export async function reportFile(call: Call, report: () => Report): Promise<Response | undefined> {
  return isFile(call) ? fileOf(call, report()) : undefined
}

/** A report as the file that was asked for. One that names many people goes through two (`throughTwo`). */
export async function fileOf(call: Call, made: Report): Promise<Response> {
  const as = call.query.as
  const headers = {
    'content-disposition': `attachment; filename="${made.name}.${as}"`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  }
  if (as === 'csv')
    return new Response(reportCsv(made), {
      headers: { ...headers, 'content-type': 'text/csv; charset=utf-8' },
    })
  const bytes = await reportXlsx(made, call.locale === 'ar')
  return new Response(new Uint8Array(bytes), {
    headers: {
      ...headers,
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    },
  })
}
