import { sql } from 'kysely'
import { dateTime, longDate, shortDate, timeOfDay } from '../../../lib/dates.ts'
import type { Localized } from '../../../lib/localized.ts'
import { type Money as Amount, currencyWord, formatMoney } from '../../../lib/money.ts'
import { moneyInWords } from '../../../lib/money-words.ts'
import type { Read } from '../../../platform/database/index.ts'
import {
  Money,
  type PaidLine,
  type PaperLine,
  PersonName,
  ReceiptA5,
  type ReceiptProps,
  ReceiptSlip,
  Sheets,
  useLocalized,
  usePage,
} from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { staffById } from '../../people/index.ts'
import type { Receipt } from '../model.ts'
import { treasuryTexts } from '../strings.ts'
import { cashOf } from '../tender.ts'
import { useOtherTenders } from './tender-lines.tsx'

/** A receipt with the names and numbers its sheets carry. */
export type ReceiptSheet = {
  receipt: Receipt
  collector: Localized | undefined
  /** Who set the rates, by id. */
  setters: Map<string, Localized>
  /** Request numbers by id: 4178/2026. */
  requests: Map<string, string>
  /** Not the first sheet that was printed. */
  copy: boolean
}

/** What the sheets of a receipt say beside the receipt itself. */
export async function receiptSheet(tx: Read, receipt: Receipt, copy: boolean): Promise<ReceiptSheet> {
  const setBy = receipt.rates.map(rate => rate.setBy)
  const staff = await staffById(
    tx,
    [receipt.collectorId, receipt.enteredBy, ...setBy].filter(id => id !== undefined),
  )
  const ids = [...new Set([receipt.requestId, ...receipt.lines.map(line => line.requestId)])].filter(
    id => id !== undefined,
  )
  const numbered =
    ids.length === 0
      ? []
      : (
          await sql<{ request_id: string; number: string }>`
            select request_id, number || '/' || year as number from request
             where municipality_id = ${tx.town} and request_id = any(${ids}::uuid[])`.execute(tx.q)
        ).rows
  return {
    receipt,
    collector: staff.get(receipt.collectorId ?? '')?.name,
    setters: new Map([...staff].map(([id, member]) => [id, member.name])),
    requests: new Map(numbered.map(row => [row.request_id, row.number])),
    copy,
  }
}

/** The two sheets of a receipt: the 80 mm acknowledgement and the A5 receipt of record. */
export function ReceiptSheets({ sheet }: { sheet: ReceiptSheet }) {
  const t = useTexts(treasuryTexts)
  const page = usePage()
  const props = useSheet(sheet)
  const [onSlip, onA5] = [usePaidLines(sheet, true), usePaidLines(sheet, false)]
  const { receivedAt } = sheet.receipt
  const named = (title: string) =>
    sheet.receipt.reversedBy
      ? t('receipt-reversed', { title })
      : sheet.copy
        ? t('receipt-copy', { title })
        : title
  const date = (value: string): PaperLine => ({ label: t('receipt-date'), value })
  const time = timeOfDay(receivedAt, page)
  return (
    <Sheets>
      <ReceiptSlip
        {...props}
        paid={onSlip}
        title={named(t('receipt-slip'))}
        facts={[date(`${shortDate(receivedAt, page)} · ${time}`), ...props.facts]}
        foot={t('receipt-slip-foot')}
      />
      <ReceiptA5
        {...props}
        paid={onA5}
        title={named(t('receipt-of-record'))}
        facts={[date(longDate(receivedAt, page)), { label: t('receipt-time'), value: time }, ...props.facts]}
      />
    </Sheets>
  )
}

type SheetProps = Omit<ReceiptProps, 'id' | 'title' | 'paid'>

function useSheet(sheet: ReceiptSheet): SheetProps {
  const { receipt, collector, requests } = sheet
  const t = useTexts(treasuryTexts)
  const page = usePage()
  const local = useLocalized()
  const [only] = receipt.totals
  const request = requests.get(receipt.requestId ?? receipt.lines[0]?.requestId ?? '')
  const late = receipt.enteredAt.getTime() !== receipt.receivedAt.getTime()
  const facts: PaperLine[] = [
    { label: t('receipt-payer'), value: <PersonName>{receipt.payer.name}</PersonName>, strong: true },
    { label: t('receipt-book'), value: receipt.book },
    { label: t('receipt-serial'), value: `${receipt.serial}/${receipt.year}` },
    ...(request ? [{ label: t('receipt-request'), value: request, strong: true }] : []),
    ...(late ? [{ label: t('receipt-entered'), value: dateTime(receipt.enteredAt, page) }] : []),
  ]
  return {
    number: receipt.number,
    place: t('receipt-place', { phone: page.town.phone }),
    facts,
    total: receipt.totals.length === 1 ? only : undefined,
    inWords: receipt.totals.map(moneyInWords).join(' · '),
    tender: useTender(sheet),
    signer: receipt.collectorId
      ? t('receipt-collector', { name: collector ? local(collector) : t('somebody') })
      : t('receipt-online'),
  }
}

/** The slip has no column for the original amount, so its note carries it. */
function usePaidLines({ receipt, requests }: ReceiptSheet, originalInNote: boolean): PaidLine[] {
  const t = useTexts(treasuryTexts)
  const { locale } = usePage()
  const local = useLocalized()
  return receipt.lines.map((line, at) => {
    const foreign = line.amount.currency !== line.paid.currency
    const number = requests.get(line.requestId ?? '')
    const note = [
      originalInNote && foreign && t('receipt-original', { amount: formatMoney(line.amount, locale) }),
      line.rate && t('receipt-rate-note', { rate: rateFigures(line.rate.toString()) }),
      number && `${t('receipt-request')} ${number}`,
    ].filter(part => part)
    return {
      id: String(at),
      title: local(line.label),
      note: note.length > 0 ? note.join(' · ') : undefined,
      account: line.accountNumber,
      original: foreign ? line.amount : undefined,
      amount: line.paid,
    }
  })
}

/** What came over the counter and what went back, then the rates with who set them. */
function useTender({ receipt, setters }: ReceiptSheet): PaperLine[] {
  const t = useTexts(treasuryTexts)
  const { locale } = usePage()
  const local = useLocalized()
  const { received, change, rounding = [] } = cashOf(receipt.tenders)
  const otherTenders = useOtherTenders(receipt.tenders)
  const { rates } = receipt
  const each = (label: string, amounts: readonly Amount[], strong = false): PaperLine[] =>
    amounts
      .filter(amount => amount.minor !== 0)
      .map(amount => ({ label, value: <Money value={amount} />, strong }))
  return [
    ...(receipt.totals.length > 1 ? each(t('receipt-total'), receipt.totals, true) : []),
    ...otherTenders,
    ...each(t('receipt-cash'), received),
    ...each(t('receipt-change'), change),
    ...each(t('receipt-rounding'), rounding),
    ...rates.map(({ currency, rate, setBy }) => {
      const setter = setters.get(setBy)
      return {
        label: t('receipt-rate', { currency: currencyWord(currency, locale) }),
        value: t('receipt-rate-set', {
          rate: rateFigures(rate),
          name: setter ? local(setter) : t('somebody'),
        }),
      }
    }),
  ]
}

/** Four decimals at least, as rates are read: 5.1000. */
export function rateFigures(rate: string): string {
  const [whole = '', fraction = ''] = rate.split('.')
  return `${whole}.${fraction.padEnd(4, '0')}`
}
