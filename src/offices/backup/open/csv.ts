/**
 * One line of a CSV file (RFC 4180). A cell that a spreadsheet would take for a formula is kept a text by an apostrophe; telephones and
 * numbers stay as they are.
 */
export const csvLine = (cells: readonly string[]): string => `${cells.map(cellOf).join(',')}\r\n`

function cellOf(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) && !/^[+-]?\d[\d .-]*$/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
