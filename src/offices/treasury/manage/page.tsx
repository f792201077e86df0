import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { plainDate } from '../../../lib/dates.ts'
import { formatMoney } from '../../../lib/money.ts'
import {
  type Column,
  DateText,
  Empty,
  Head,
  LinkButton,
  Money,
  Note,
  Pane,
  Stack,
  StaffLayout,
  Table,
  usePage,
  Zones,
} from '../../../ui/index.ts'
import { useRichTexts, useTexts } from '../../../ui/words.ts'
import { type Call, read, url } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { isConfirmed, type TariffLine } from './model.ts'
import { manageNotices } from './notices.ts'
import { Rates, Services } from './side.tsx'
import { readSettings, type Settings } from './store.ts'
import { manageText, manageTexts } from './strings.ts'
import { Decision, feeName, serviceNames } from './words.tsx'

/** What the reader may change; the rest is read. */
export type Powers = { fees: boolean; rates: boolean }

/** GET: everything the town has set, what waits for its decision first. */
export async function showSettings(call: Call): Promise<Response> {
  const today = dateIn(call.now, call.town.timeZone)
  const { settings, notices } = await read(call, async tx => ({
    settings: await readSettings(tx, today),
    notices: await manageNotices(tx, call),
  }))
  const { actor } = call.visitor
  const powers = { fees: may(actor, 'settings.write'), rates: may(actor, 'rate.set') }
  const title = manageText(call.locale, 'title')
  return showPage(
    call,
    <StaffLayout title={title}>
      <Head
        title={title}
        sub={manageText(call.locale, 'sub')}
        actions={
          <>
            <LinkButton href={url(call, addresses.manageCounter)} variant="quiet" icon="desk">
              {manageText(call.locale, 'of-counter')}
            </LinkButton>
            <LinkButton href={url(call, addresses.manageConfirm)} variant="quiet" icon="ok">
              {manageText(call.locale, 'of-confirming')}
            </LinkButton>
            <LinkButton href={url(call, addresses.manageCalendar)} variant="quiet" icon="cal">
              {manageText(call.locale, 'of-calendar')}
            </LinkButton>
            <LinkButton href={url(call, addresses.manageLooks)} variant="quiet" icon="eye">
              {manageText(call.locale, 'of-looks')}
            </LinkButton>
            <LinkButton href={url(call, addresses.managePrivacy)} variant="quiet" icon="lock">
              {manageText(call.locale, 'of-privacy')}
            </LinkButton>
            <LinkButton href={url(call, addresses.manageConsents)} variant="quiet" icon="ok">
              {manageText(call.locale, 'of-consents')}
            </LinkButton>
            <LinkButton href={url(call, addresses.destruction)} variant="quiet" icon="scale">
              {manageText(call.locale, 'of-destruction')}
            </LinkButton>
            <LinkButton href={url(call, addresses.signatories)} variant="quiet" icon="cert">
              {manageText(call.locale, 'of-signing')}
            </LinkButton>
            {powers.fees && (
              <LinkButton href={url(call, addresses.manageBackups)} variant="quiet" icon="box">
                {manageText(call.locale, 'of-backups')}
              </LinkButton>
            )}
            {powers.fees && (
              <LinkButton href={url(call, addresses.manageUndone)} variant="quiet" icon="turn">
                {manageText(call.locale, 'of-undone')}
              </LinkButton>
            )}
          </>
        }
      />
      <Stack>
        {notices.map(({ text, href }) => (
          <Note key={text} tone="sumac">
            {text} <a href={href}>{manageText(call.locale, 'notice-more')}</a>
          </Note>
        ))}
        {!powers.fees && !powers.rates && <Note>{manageText(call.locale, 'read-only')}</Note>}
        <Zones kind="wide">
          <Fees settings={settings} powers={powers} />
          <Stack>
            <Rates settings={settings} powers={powers} />
            <Services settings={settings} />
          </Stack>
        </Zones>
      </Stack>
    </StaffLayout>,
  )
}

function Fees({ settings: { tariffs }, powers }: { settings: Settings; powers: Powers }) {
  const t = useTexts(manageTexts)
  const columns = useFeeColumns(powers)
  const waiting = tariffs.filter(line => !isConfirmed(line))
  const confirmed = tariffs.filter(isConfirmed)
  if (tariffs.length === 0)
    return (
      <Empty title={t('no-fees')} level={2}>
        {t('no-fees-next')}
      </Empty>
    )
  const table = (caption: string, rows: TariffLine[]) => (
    <Table caption={caption} columns={columns} rows={rows} rowId={line => line.key} />
  )
  return (
    <Stack>
      {waiting.length > 0 && (
        <Pane
          id="waiting"
          title={t('waiting')}
          icon="warn"
          tone="honey"
          end={t('count', { count: waiting.length })}
          pad={false}
          footer={<p className="sm mut">{t('waiting-note')}</p>}
        >
          {table(t('waiting'), waiting)}
        </Pane>
      )}
      {confirmed.length > 0 && (
        <Pane
          id="confirmed"
          title={t('confirmed')}
          icon="ok"
          end={t('count', { count: confirmed.length })}
          pad={false}
        >
          {table(t('confirmed'), confirmed)}
        </Pane>
      )}
    </Stack>
  )
}

function useFeeColumns(powers: Powers): Column<TariffLine>[] {
  const t = useTexts(manageTexts)
  const rich = useRichTexts(manageTexts)
  const page = usePage()
  const { locale } = page
  const verb = (line: TariffLine) =>
    t(powers.fees ? (isConfirmed(line) ? 'change-fee' : 'set-fee') : 'see-fee')
  return [
    {
      id: 'fee',
      head: t('fee'),
      heads: true,
      cell: line => (
        <>
          {feeName(line, locale)}
          <br />
          <small className="plain mut">{t('of-services', { services: serviceNames(line, locale) })}</small>
        </>
      ),
      phone: 'line',
    },
    {
      id: 'amount',
      head: t('amount'),
      cell: line => (
        <>
          {line.now ? <Money value={line.now.amount} strong /> : t('no-amount')}
          {line.upcoming.map(row => (
            <p key={row.from} className="sm mut">
              {t('upcoming', {
                date: plainDate(row.from, page.now, page),
                amount: formatMoney(row.amount, locale),
              })}
            </p>
          ))}
        </>
      ),
    },
    {
      id: 'since',
      head: t('since'),
      dim: true,
      cell: line => line.now && rich('since-date', { date: <DateText value={line.now.from} form="plain" /> }),
    },
    { id: 'decision', head: t('decision'), cell: line => <Decision row={line.now} /> },
    {
      id: 'action',
      head: <span className="vh">{t('action')}</span>,
      tight: true,
      phone: 'end' as const,
      cell: line => (
        <a
          href={page.url(addresses.manageSettings, {}, { fee: line.key })}
          aria-label={t('named-link', { verb: verb(line), what: feeName(line, locale) })}
        >
          {verb(line)}
        </a>
      ),
    },
  ]
}
