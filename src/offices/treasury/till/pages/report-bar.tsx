import type { Address } from '../../../../lib/addresses.ts'
import { addDays, type CalendarDate, dateIn } from '../../../../lib/calendar.ts'
import { shortDate } from '../../../../lib/dates.ts'
import { Button, DateField, Form, LinkButton, Row, TextField, usePage } from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import type { Call } from '../../../../web/call.ts'
import { readDay } from '../read.ts'
import { tillTexts } from '../strings.ts'

export type Days = { from: CalendarDate; to: CalendarDate }

/** The days a report was asked for: today unless said, a year at most. */
export function daysOf(call: Call, back = 0): Days {
  const today = dateIn(call.now, call.town.timeZone)
  const to = readDay(call.query.to ?? '') ?? today
  const from = readDay(call.query.from ?? '') ?? addDays(to, -back)
  const [first, last] = from <= to ? [from, to] : [to, from]
  const earliest = addDays(last, -366)
  return { from: [first, earliest].toSorted()[1] ?? first, to: last }
}

type Plain = Address<string> & { pattern: string }

/** The days of a report, and its files. */
export function ReportBar({
  address,
  days,
  words,
  files = true,
}: {
  address: Plain
  days: Days
  words?: string | undefined
  files?: boolean
}) {
  const t = useTexts(tillTexts)
  const page = usePage()
  const to = page.url as (
    address: Plain,
    params: object,
    query?: Record<string, string | undefined>,
  ) => string
  const query = (as?: string) => ({ from: days.from, to: days.to, as })
  return (
    <div className="no-print">
      <Form action={to(address, {})} method="get" label={t('report-days')}>
        <Row>
          {words !== undefined && (
            <TextField
              name="q"
              label={t('receipts-number')}
              hint={t('receipts-number-hint')}
              value={words}
              tight
            />
          )}
          <DateField name="from" label={t('from')} hint="" value={shortDate(days.from, page)} tight />
          <DateField name="to" label={t('to')} hint="" value={shortDate(days.to, page)} tight />
          <Button variant="quiet">{words === undefined ? t('show') : t('search')}</Button>
          {files && (
            <>
              <LinkButton
                href={to(address, {}, query('csv'))}
                variant="plain"
                download
                label={`${t('export')} CSV`}
              >
                {t('csv')}
              </LinkButton>
              <LinkButton
                href={to(address, {}, query('xlsx'))}
                variant="plain"
                download
                label={`${t('export')} Excel`}
              >
                {t('xlsx')}
              </LinkButton>
            </>
          )}
        </Row>
      </Form>
    </div>
  )
}
