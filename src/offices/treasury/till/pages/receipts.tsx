import { addresses } from '../../../../lib/addresses.ts'
import { dateTime } from '../../../../lib/dates.ts'
import type { Locale } from '../../../../lib/localized.ts'
import { Crumbs, Empty, Head, Note, Pane, Stack, StaffLayout, Table } from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import { type Call, read, url } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { lookInto, passRows, throughTwo } from '../../../looks/index.ts'
import { type Receipt, readReceiptNumber } from '../../model.ts'
import { useReceiptColumns } from '../../pages/receipt-columns.tsx'
import { findReceiptByNumber } from '../../receipts.ts'
import { instantsOf, searchReceipts } from '../reports.ts'
import { tillText, tillTexts } from '../strings.ts'
import { daysOf, ReportBar } from './report-bar.tsx'
import { fileOf, isFile } from './report-file.ts'

const most = 100

/** GET: receipts by number, or by payer within some days. */
export async function showReceipts(call: Call): Promise<Response> {
  const days = daysOf(call, 30)
  const words = (call.query.q ?? '').trim().slice(0, 80)
  const { actor } = call.visitor
  const found = await read(call, async (tx): Promise<Receipt[]> => {
    const list = readReceiptNumber(words)
      ? [await findReceiptByNumber(tx, words, actor)].filter(each => each !== undefined)
      : await searchReceipts(tx, { ...(await instantsOf(tx, days)), words })
    // The books of the till are the treasurer's work; whoever is looked for in them by name is told.
    const people = new Set(list.slice(0, most).flatMap(receipt => receipt.payer.personId ?? []))
    const seen = { subjectKind: 'receipt', subjectId: words, cause: tillText('ar', 'look-receipts') }
    for (const personId of words === '' ? [] : people)
      await lookInto(call, tx, { personId, ...seen }, { kind: 'task' })
    return list
  })
  const word = (key: Parameters<typeof tillText>[1]) => tillText(call.locale, key)
  const style = { locale: call.locale, timeZone: call.town.timeZone }
  const made = () => ({
    name: `receipts-${days.from}-${days.to}`,
    title: word('receipts-title'),
    columns: [word('cheque-receipt'), word('day-at'), word('page-payer'), word('currency'), word('amount')],
    rows: found.flatMap(receipt =>
      receipt.totals.map(total => [
        receipt.number,
        dateTime(receipt.receivedAt, style),
        receipt.payer.name,
        total.currency,
        total,
      ]),
    ),
  })
  if (isFile(call)) {
    const people = new Set(found.map(({ payer }) => payer.personId ?? payer.name)).size
    const about = (locale: Locale) =>
      `${tillText(locale, 'receipts-title')} ${days.from} – ${days.to} ${words}`.trim()
    const title = { ar: about('ar'), en: about('en') }
    return throughTwo(call, { kind: 'receipts', title, people }, () => fileOf(call, made()))
  }
  await passRows(call, found.length)
  const title = word('receipts-title')
  return showPage(
    call,
    <StaffLayout title={title}>
      <Crumbs links={[{ label: word('hub-title'), href: url(call, addresses.treasury) }]} />
      <Head title={title} />
      <Stack>
        <ReportBar address={addresses.treasuryReceipts} days={days} words={words} />
        <Found receipts={found} />
      </Stack>
    </StaffLayout>,
  )
}

function Found({ receipts }: { receipts: Receipt[] }) {
  const t = useTexts(tillTexts)
  const columns = useReceiptColumns('day')
  if (receipts.length === 0)
    return (
      <Empty title={t('receipts-none')} level={2}>
        {t('receipts-none-next')}
      </Empty>
    )
  return (
    <>
      {receipts.length > most && <Note small>{t('receipts-more')}</Note>}
      <Pane id="receipts" title={t('session-receipts')} icon="receipt" pad={false}>
        <Table
          caption={t('receipts-title')}
          columns={columns}
          rows={receipts.slice(0, most)}
          rowId={receipt => receipt.id}
        />
      </Pane>
    </>
  )
}
