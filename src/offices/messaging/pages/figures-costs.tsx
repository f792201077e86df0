import { inLocale } from '../../../lib/localized.ts'
import { milliInWords, type PartPrice } from '../../../lib/sms/index.ts'
import { Pane, Table, usePage, useTexts } from '../../../ui/index.ts'
import type { Catalogue } from '../../catalogue/index.ts'
import type { Month, Tally } from '../proof/figures.ts'
import { proofTexts } from '../proof/strings.ts'

const mostRows = 36

/** A share in hundredths, to a tenth. */
export const percent = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10
/** What was paid, in each currency. */
export const inWords = (prices: readonly PartPrice[], locale: 'ar' | 'en') =>
  prices.map(price => milliInWords(price, locale)).join(locale === 'ar' ? '، ' : ', ')

type CostRow = { id: string; name: string; tally: Tally }

/** What was said for each service; what belongs to none is named by `outside`. */
export function serviceRows(
  month: Month,
  catalogue: Catalogue,
  locale: 'ar' | 'en',
  outside: string,
): CostRow[] {
  return month.byService.map(({ service, tally }) => {
    const found = service === '' ? undefined : catalogue.find(service)
    const name = found ? inLocale(found.service.definition.name, locale) : service || outside
    return { id: service || 'outside', name, tally }
  })
}

/** Messages, their parts and cost, by one thing. */
export function Costs({ id, title, rows }: { id: string; title: string; rows: CostRow[] }) {
  const t = useTexts(proofTexts)
  const { locale } = usePage()
  if (rows.length === 0) return null
  const count = (value: number) => value.toLocaleString('en')
  return (
    <Pane id={id} title={title} pad={false}>
      <Table
        caption={title}
        rows={rows.slice(0, mostRows)}
        rowId={row => row.id}
        columns={[
          { id: 'name', head: t('col-name'), heads: true, phone: 'line', cell: row => <bdi>{row.name}</bdi> },
          {
            id: 'messages',
            head: t('col-messages'),
            tight: true,
            cell: row => t('messages-count', { count: row.tally.messages }),
          },
          {
            id: 'delivered',
            head: t('col-delivered'),
            tight: true,
            cell: row => t('share-arrived', { share: percent(row.tally.delivered, row.tally.handed) }),
          },
          {
            id: 'parts',
            head: t('col-parts'),
            tight: true,
            phone: 'hide',
            cell: row => count(row.tally.parts),
          },
          {
            id: 'cost',
            head: t('col-cost'),
            phone: 'end',
            cell: row => inWords(row.tally.prices, locale) || '–',
          },
        ]}
      />
    </Pane>
  )
}
