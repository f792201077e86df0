import { addresses, fillAddress } from '../../../lib/addresses.ts'
import { addDays, dateIn } from '../../../lib/calendar.ts'
import { csvLine, csvMark } from '../../../lib/csv.ts'
import { dateTime, shortDate } from '../../../lib/dates.ts'
import type { Fault } from '../../../lib/errors.ts'
import type { Locale } from '../../../lib/localized.ts'
import { milliInWords } from '../../../lib/sms/index.ts'
import {
  Button,
  Crumbs,
  DateField,
  Form,
  faultOf,
  Head,
  Note,
  Pane,
  Read,
  Row,
  StaffLayout,
  TextField,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { actorKey } from '../../../web/actor.ts'
import { aside, type Call, typedText } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { record } from '../../audit/index.ts'
import { askForFile, throughTwo } from '../../looks/index.ts'
import { everyMessage } from '../proof/export.ts'
import type { MessageFilter } from '../proof/find.ts'
import type { MessageLine } from '../proof/model.ts'
import { type ProofText, proofText, proofTexts } from '../proof/strings.ts'
import { type Asked, askedOf, filterOf } from './asked.ts'
import { finderOf, type Lent } from './finder.ts'
import { addressOf } from './line-table.tsx'
import { kindWords } from './words.tsx'

const longestReason = 200
const mostDays = 366

/** GET: what a file of messages is wanted for, and of which days. */
export function showExport(call: Call, again?: { asked: Asked; reason: string; faults: Fault[] }): Response {
  const today = dateIn(call.now, call.town.timeZone)
  const style = { locale: call.locale, timeZone: call.town.timeZone }
  const asked = again?.asked ?? askedOf(call.query)
  const shown = {
    ...asked,
    from: asked.from || (again ? '' : shortDate(`${today.slice(0, 7)}-01`, style)),
    to: asked.to || (again ? '' : shortDate(today, style)),
  }
  const title = proofText(call.locale, 'export-title')
  return showPage(
    call,
    <StaffLayout title={title} faults={again?.faults}>
      <ExportForm asked={shown} reason={again?.reason ?? ''} faults={again?.faults ?? []} />
    </StaffLayout>,
    again ? 422 : 200,
  )
}

function ExportForm({ asked, reason, faults }: { asked: Asked; reason: string; faults: Fault[] }) {
  const t = useTexts(proofTexts)
  const { url } = usePage()
  const { q, group, kind, template } = asked
  return (
    <Read>
      <Crumbs links={[{ label: t('list-title'), href: url(addresses.messages) }]} />
      <Head title={t('export-title')} sub={t('export-sub')} />
      <Pane>
        <Form action={url(addresses.messagesExport)} hidden={{ q, group, kind, template }}>
          <Row>
            <DateField
              name="from"
              label={t('find-from')}
              hint=""
              value={asked.from}
              fault={faultOf(faults, 'from')}
            />
            <DateField
              name="to"
              label={t('find-to')}
              hint=""
              value={asked.to}
              fault={faultOf(faults, 'to')}
            />
          </Row>
          <TextField
            name="reason"
            label={t('export-reason')}
            hint={t('export-reason-hint')}
            value={reason}
            fault={faultOf(faults, 'reason')}
            maxLength={longestReason}
          />
          {faultOf(faults, 'reason') && <Note small>{t('export-reason-missing')}</Note>}
          <Button icon="dl">{t('export-go')}</Button>
        </Form>
      </Pane>
    </Read>
  )
}

/** POST: asks for the file. Another person releases it, and it is taken once. */
export async function askForMessages(call: Call): Promise<Response> {
  const typed = Object.fromEntries(asks.map(name => [name, typedText(call, name)]))
  const asked = askedOf(typed)
  const reason = typedText(call, 'reason').trim().slice(0, longestReason)
  const { filter } = filterOf(asked)
  const faults = faultsOf(filter, reason)
  if (faults.length > 0) return showExport(call, { asked, reason, faults })
  const query = Object.fromEntries(asks.map(name => [name, asked[name] || undefined]))
  const title = (locale: Locale) =>
    `${proofText(locale, 'export-file')} ${asked.from} – ${asked.to} ${asked.q}`.trim()
  return askForFile(call, {
    kind: 'messages',
    title: { ar: title('ar'), en: title('en') },
    why: reason,
    address: fillAddress(addresses.messagesExport, {}, query),
  })
}

const asks = ['q', 'group', 'kind', 'template', 'from', 'to'] as const

/** GET with a release: the file, page by page as it is read. Who took it, why and what of is written down before the first byte. */
export async function takeMessages(call: Call, lent: Lent): Promise<Response> {
  const asked = askedOf(call.query)
  const { filter } = filterOf(asked)
  return throughTwo(call, { kind: 'messages', title: { ar: '', en: '' } }, async () => {
    const { actor } = call.visitor
    await aside(call, tx =>
      record(tx, {
        actor: {
          ...actorKey(actor),
          office: actor.kind === 'staff' ? actor.appointments[0]?.office : undefined,
        },
        act: 'messaging.exported',
        subjectKind: 'message',
        subjectId: `${filter.from}..${filter.to}`,
        personal: { text: asked.q, group: asked.group, kind: asked.kind, template: asked.template },
      }),
    )
    return new Response(ReadableStream.from(csv(call, lent, filter)), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="messages-${filter.from}-${filter.to}.csv"`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    })
  })
}

function faultsOf({ from, to }: MessageFilter, reason: string): Fault[] {
  return [
    ...(from ? [] : [{ field: 'from', code: 'not-a-date' }]),
    ...(to ? [] : [{ field: 'to', code: 'not-a-date' }]),
    ...(from && to && (to < from || addDays(from, mostDays) < to)
      ? [{ field: 'to', code: 'date-too-far' }]
      : []),
    ...(reason.length < 5 ? [{ field: 'reason', code: 'required' }] : []),
  ]
}

const heads: ProofText[] = [
  'csv-id',
  'csv-planned',
  'fact-person',
  'csv-phone',
  'csv-request',
  'fact-kind',
  'fact-template',
  'csv-version',
  'col-text',
  'col-parts',
  'col-cost',
  'csv-currency',
  'fact-provider',
  'csv-refs',
  'col-state',
  'csv-failure',
  'csv-sent',
  'csv-delivered',
  'csv-ended',
  'csv-settled',
]

async function* csv(call: Call, lent: Lent, filter: MessageFilter): AsyncGenerator<Uint8Array> {
  const word = (key: ProofText) => proofText(call.locale, key)
  // The mark lets a spreadsheet see that it is UTF-8.
  yield Buffer.from(csvMark + csvLine(heads.map(word)))
  for await (const lines of everyMessage(call.house, call.town.id, finderOf(call, lent), filter)) {
    yield Buffer.from(lines.map(line => csvLine(cellsOf(call, line))).join(''))
  }
}

function cellsOf(call: Call, line: MessageLine & { refs: string }): (string | number | undefined)[] {
  const style = { locale: call.locale, timeZone: call.town.timeZone }
  const at = (instant: Date | undefined) => instant && dateTime(instant, style)
  const cost = line.price && milliInWords(line.price, 'en').split(' ')[0]
  return [
    line.id,
    at(line.plannedAt),
    line.person?.name,
    addressOf(call, line),
    line.request?.number,
    kindWords(call.locale, line.kind),
    line.template,
    line.templateVersion,
    line.body,
    line.parts,
    cost,
    line.price?.currency,
    line.provider,
    proofText(call.locale, `state-${line.state}`),
    line.failure,
    at(line.sentAt),
    at(line.deliveredAt),
    at(line.endedAt),
    line.settled && proofText(call.locale, `note-settled-${line.settled.how}`),
  ]
}
