/**
 * Rows as a CSV file that spreadsheet programs open with Arabic whole: UTF-8 with its mark, CRLF, quoted where needed. A text that a program
 * would run as a formula is written as text.
 */
export function toCsv(rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number): string => {
    if (typeof value === 'number') return String(value)
    const plain = /^[=+\-@\t\r]/.test(value) && !/^-?\d+(\.\d+)?$/.test(value) ? `'${value}` : value
    return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
  }
  return `\ufeff${rows.map(row => row.map(cell).join(',')).join('\r\n')}\r\n`
}
