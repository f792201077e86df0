/** What a spreadsheet may take for the beginning of a formula (OWASP ASVS 5.0, 1.2.10). */
const formula = /^[=+\-@\t\r\0]/
const negativeNumber = /^-[\d.,٠-٩]+$/

/**
 * A cell of a CSV file (RFC 4180). Words that a spreadsheet would run get an apostrophe before them and stay words; a negative number
 * stays what it is. Undefined is an empty cell.
 */
export function csvCell(cell: string | number | undefined): string {
  if (cell === undefined) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = formula.test(cell) && !negativeNumber.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A line of a CSV file, with its end. */
export const csvLine = (cells: readonly (string | number | undefined)[]): string =>
  `${cells.map(csvCell).join(',')}\r\n`

/** What a file begins with for Excel to see that it is UTF-8, and so to show Arabic. */
export const csvMark = '\ufeff'
