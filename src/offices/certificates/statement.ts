import { dateIn } from '../../lib/calendar.ts'
import { shortDate } from '../../lib/dates.ts'
import { currencyWord, formatFigures, type Money } from '../../lib/money.ts'
import type { Read } from '../../platform/database/index.ts'
import { initialOf, sealOf, townOf } from './paper/town.ts'
import { ar } from './strings.ar.ts'
import { type Rendered, renderPdf } from './typst.ts'

/** A movement as a statement lists it: the amount is owed where it is positive, settled where it is negative. */
export type PrintedMovement = { at: Date; label: string; document: string; amount: Money; balance: Money }

export type PrintedStatement = {
  holder: string
  requestNumber: string
  /** The first day it lists. */
  from: string
  opening: readonly Money[]
  lines: readonly PrintedMovement[]
  closing: readonly Money[]
}

/** A statement of account on A4, under the town's name: no paper of record, so it has neither number nor signature. */
export async function setStatement(tx: Read, statement: PrintedStatement): Promise<Rendered> {
  const town = await townOf(tx)
  const style = { locale: 'ar', timeZone: town.timeZone } as const
  const day = dateIn(tx.now, town.timeZone)
  const [year, month, date] = day.split('-').map(Number)
  const sum = (amount: Money) => ({
    figures: formatFigures(amount),
    word: currencyWord(amount.currency, 'ar'),
  })
  const sums = (of: readonly Money[]) =>
    (of.length > 0 ? of : [{ minor: 0, currency: 'ILS' as const }]).map(sum)
  return renderPdf(
    'statement',
    {
      town: {
        name: town.name.ar,
        address: town.profile.address.ar,
        initial: initialOf(town.name.ar),
        seal: sealOf(town.profile) ?? null,
      },
      title: ar['statement-title'],
      words: {
        name: ar['statement-name'],
        request: ar['statement-request'],
        from: ar['statement-from'],
        made: ar['statement-made'],
        before: ar['statement-before'],
        now: ar['statement-now'],
        none: ar['statement-none'],
        note: ar['statement-note'],
      },
      columns: [
        ar['statement-day'],
        ar['statement-what'],
        ar['statement-document'],
        ar['statement-amount'],
        ar['statement-balance'],
      ],
      holder: { name: statement.holder },
      requestNumber: statement.requestNumber,
      from: shortDate(statement.from, style),
      date: shortDate(day, style),
      madeOn: { year, month, day: date },
      opening: sums(statement.opening),
      closing: sums(statement.closing),
      lines: statement.lines.map(line => ({
        day: shortDate(line.at, style),
        label: line.label,
        document: line.document,
        amount: formatFigures(line.amount),
        word: currencyWord(line.amount.currency, 'ar'),
        balance: formatFigures(line.balance),
      })),
    },
    tx.now,
  )
}
