import { type Money as Amount, currencyWord, formatMoney } from '../../../../lib/money.ts'
import { type Column, Money, Table, usePage } from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import type { Figure, Reckoning } from '../model.ts'
import { tillTexts } from '../strings.ts'

/** What lies in a drawer, a line for each kind and currency. */
export function FigureTable({ caption, figures }: { caption: string; figures: readonly Figure[] }) {
  const t = useTexts(tillTexts)
  const { locale } = usePage()
  const columns: Column<Figure>[] = [
    {
      id: 'kind',
      head: t('kind'),
      heads: true,
      cell: ({ tender, amount }) => `${t(tender)}${t('comma')}${currencyWord(amount.currency, locale)}`,
    },
    { id: 'amount', head: t('amount'), cell: ({ amount }) => <Money value={amount} strong />, tight: true },
  ]
  return <Table caption={caption} columns={columns} rows={figures} rowId={figureId} fold={false} />
}

/** What should have been there beside what was. */
export function ReckoningTable({
  caption,
  rows,
  counted,
}: {
  caption: string
  rows: readonly Reckoning[]
  counted: 'counted' | 'received'
}) {
  const t = useTexts(tillTexts)
  const columns: Column<Reckoning>[] = [
    { id: 'kind', head: t('kind'), heads: true, cell: ({ tender }) => t(tender) },
    { id: 'expected', head: t('expected'), cell: row => <Money value={row.expected} /> },
    { id: 'counted', head: t(counted), cell: row => <Money value={row.counted} /> },
    {
      id: 'difference',
      head: t('difference'),
      cell: row => <Difference of={row.difference} />,
    },
  ]
  return (
    <Table
      caption={caption}
      columns={columns}
      rows={rows}
      rowId={row => `${row.tender} ${row.expected.currency}`}
    />
  )
}

/** A count's difference in words: a sign beside figures is easily read at the wrong side. */
export function Difference({ of }: { of: Amount }) {
  const words = useDifference()
  return of.minor === 0 ? words(of) : <b>{words(of)}</b>
}

/** The same as text, for sheets. */
export function useDifference(): (of: Amount) => string {
  const t = useTexts(tillTexts)
  const { locale } = usePage()
  return of => {
    if (of.minor === 0) return t('no-difference')
    const amount = formatMoney({ ...of, minor: Math.abs(of.minor) }, locale)
    return t(of.minor < 0 ? 'difference-short' : 'difference-over', { amount })
  }
}

const figureId = ({ tender, amount }: Figure): string => `${tender} ${amount.currency}`
