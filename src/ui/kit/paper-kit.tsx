import {
  DateText,
  Head,
  Money,
  Num,
  ReceiptA5,
  type ReceiptProps,
  ReceiptSlip,
  Sheets,
  StaffLayout,
  useTexts,
} from '../index.ts'
import { kitStrings } from './strings.ts'

const ILS = (minor: number) => ({ minor, currency: 'ILS' as const })

/** Both shapes of a receipt. */
export function PaperKit() {
  const t = useTexts(kitStrings)
  const receipt: ReceiptProps = {
    title: t('receipt'),
    number: '10482/2026',
    place: t('receipt-place'),
    facts: [
      { label: t('rc-date'), value: <DateText value="2026-11-09" form="paper" /> },
      { label: t('rc-from'), value: t('person-name'), strong: true },
      { label: t('k-id'), value: <Num>*****0001</Num> },
    ],
    paid: [
      {
        id: '1',
        title: t('rc-1'),
        note: t('rc-1-note'),
        account: '4-1-207',
        original: { minor: 50000, currency: 'JOD' },
        amount: ILS(25500),
      },
      { id: '2', title: t('rc-2'), note: t('rc-2-note'), account: '1-2-114', amount: ILS(9150) },
    ],
    total: ILS(34650),
    inWords: t('rc-words'),
    tender: [
      { label: t('cash'), value: <Money value={ILS(35000)} /> },
      { label: t('rc-back'), value: <Money value={ILS(350)} /> },
    ],
    proof: { url: 'https://example.org/verify/R26-7K3M-9QXT', code: 'R26-7K3M-9QXT', note: t('rc-proof') },
    signer: t('rc-signer'),
  }
  return (
    <StaffLayout title={t('receipt')}>
      <Head title={t('receipt')} />
      <Sheets>
        <ReceiptSlip {...receipt} />
        <ReceiptA5 {...receipt} />
      </Sheets>
    </StaffLayout>
  )
}
