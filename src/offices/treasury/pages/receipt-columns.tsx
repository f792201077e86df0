import { addresses } from '../../../lib/addresses.ts'
import { type Column, DateText, Money, PersonName, Tag, useLocalized, usePage } from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import type { Receipt } from '../model.ts'
import { treasuryTexts } from '../strings.ts'

/** What a list says of a receipt. */
export function useReceiptColumns(of: 'today' | 'day' = 'today'): Column<Receipt>[] {
  const t = useTexts(treasuryTexts)
  const page = usePage()
  const local = useLocalized()
  return [
    {
      id: 'number',
      head: t('till-number'),
      heads: true,
      tight: true,
      cell: receipt => (
        <a href={page.url(addresses.receipt, { id: receipt.id })}>
          <bdi>{receipt.number}</bdi>
        </a>
      ),
    },
    {
      id: 'time',
      head: t('till-time'),
      cell: receipt => <DateText value={receipt.receivedAt} form={of === 'day' ? 'moment' : 'time'} />,
      dim: true,
    },
    {
      id: 'payer',
      head: t('till-payer'),
      cell: receipt => <PersonName>{receipt.payer.name}</PersonName>,
      phone: 'line',
    },
    {
      id: 'for',
      head: t('till-for'),
      cell: receipt => receipt.lines.map(line => local(line.label)).join(' · '),
      phone: 'line',
    },
    {
      id: 'amount',
      head: t('till-amount'),
      tight: true,
      phone: 'end' as const,
      cell: receipt =>
        receipt.totals.map(total => (
          <p key={total.currency}>
            <Money value={total} />
          </p>
        )),
    },
    {
      id: 'state',
      head: t('till-state'),
      cell: receipt => (receipt.reversedBy ? <Tag>{t('till-state-reversed')}</Tag> : t('till-state-fine')),
    },
  ]
}
