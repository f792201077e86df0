import { shortDate } from '../../../lib/dates.ts'
import { Money, type PaperLine, usePage } from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { treasuryTexts } from '../strings.ts'
import type { CashTender, Tender } from '../till/model.ts'

/** What was paid with other than cash, a line each, by what a bank or a terminal knows it by. */
export function useOtherTenders(tenders: readonly Tender[]): PaperLine[] {
  const t = useTexts(treasuryTexts)
  const page = usePage()
  const named = (tender: Exclude<Tender, CashTender>): string => {
    switch (tender.kind) {
      case 'card':
        return t('receipt-card', { last4: tender.last4, slip: tender.slip })
      case 'wallet':
        return t('receipt-wallet', {
          wallet: tender.wallet || t('receipt-a-wallet'),
          reference: tender.reference,
        })
      case 'bank':
        return t('receipt-bank', {
          bank: tender.bank,
          number: tender.number,
          date: shortDate(tender.date, page),
        })
      case 'cheque':
        return t('receipt-cheque', {
          bank: tender.bank,
          number: tender.number,
          due: shortDate(tender.dueOn, page),
        })
      case 'online':
        return t('receipt-by-online', { reference: tender.reference })
    }
  }
  return tenders
    .filter(tender => tender.kind !== 'cash')
    .map(tender => ({ label: named(tender), value: <Money value={tender.amount} /> }))
}
