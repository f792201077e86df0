import { addresses } from '../../../lib/addresses.ts'
import { addDays, type CalendarDate, dateIn, isCalendarDate } from '../../../lib/calendar.ts'
import { longDate, monthName } from '../../../lib/dates.ts'
import {
  Bars,
  DateText,
  DayColumns,
  DayColumnsKey,
  Empty,
  Figures,
  Head,
  KeyValues,
  Pane,
  Say,
  SelectLinks,
  Stack,
  StaffLayout,
  usePage,
  useRichTexts,
  useTexts,
  Zones,
} from '../../../ui/index.ts'
import { type Call, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { type Catalogue, catalogueOf } from '../../catalogue/index.ts'
import { type Month, monthOf, type Tally } from '../proof/figures.ts'
import { proofText, proofTexts } from '../proof/strings.ts'
import { Costs, inWords, percent, serviceRows } from './figures-costs.tsx'
import { MessageTabs } from './tabs.tsx'
import { failureWords, kindWords, providerWords } from './words.tsx'

const monthsOffered = 6
const mostRows = 12

/** GET: the figures of a month, kept day by day: sent, arrived, failed and why, parts and cost by service, kind and provider, and people's numbers. */
export async function showFigures(call: Call): Promise<Response> {
  const today = dateIn(call.now, call.town.timeZone)
  const asked = `${call.query.month ?? ''}-01`
  const first: CalendarDate = isCalendarDate(asked) ? asked : `${today.slice(0, 7)}-01`
  const { month, catalogue } = await read(call, async tx => ({
    month: await monthOf(tx, first),
    catalogue: await catalogueOf(tx),
  }))
  const title = proofText(call.locale, 'figures-title', { month: nameOf(first, call.locale) })
  return showPage(
    call,
    <StaffLayout title={title}>
      <MessageTabs call={call} current="figures" />
      <FiguresPage title={title} first={first} today={today} month={month} catalogue={catalogue} />
    </StaffLayout>,
  )
}

const nameOf = (first: CalendarDate, locale: 'ar' | 'en') =>
  `${monthName(Number(first.slice(5, 7)), locale)} ${first.slice(0, 4)}`

type Props = { title: string; first: CalendarDate; today: CalendarDate; month: Month; catalogue: Catalogue }

function FiguresPage({ title, first, today, month, catalogue }: Props) {
  const t = useTexts(proofTexts)
  const rich = useRichTexts(proofTexts)
  const { url, locale } = usePage()
  const counted = month.countedAt && <DateText value={month.countedAt} form="moment" />
  return (
    <>
      <Head title={title} sub={counted && rich('figures-sub', { when: counted })} />
      <Stack>
        <SelectLinks
          label={t('months')}
          links={monthsTo(today).map(each => ({
            label: (
              <span>
                <Say>{nameOf(each, locale)}</Say>
              </span>
            ),
            href: url(addresses.messagesFigures, {}, { month: each.slice(0, 7) }),
            current: each === first,
          }))}
        />
        {month.all.messages === 0 ? (
          <Empty title={t('figures-none')} level={2}>
            {t('figures-none-why')}
          </Empty>
        ) : (
          <>
            <Summary all={month.all} />
            <Days first={first} month={month} />
            {month.numbers ? (
              <Zones kind="half">
                <Causes month={month} />
                <Numbers numbers={month.numbers} />
              </Zones>
            ) : (
              <Causes month={month} />
            )}
            <Costs
              id="by-service"
              title={t('by-service')}
              rows={serviceRows(month, catalogue, locale, t('no-request'))}
            />
            <Zones kind="half">
              <Costs
                id="by-kind"
                title={t('by-kind')}
                rows={month.byKind.map(({ kind, tally }) => ({
                  id: kind,
                  name: kindWords(locale, kind),
                  tally,
                }))}
              />
              <Stack>
                <Costs
                  id="by-provider"
                  title={t('by-provider')}
                  rows={month.byProvider.map(({ provider, tally }) => ({
                    id: provider,
                    name: providerWords(locale, provider),
                    tally,
                  }))}
                />
                <Costs
                  id="by-channel"
                  title={t('by-channel')}
                  rows={month.byChannel.map(({ channel, tally }) => ({
                    id: channel,
                    name: t(`channel-${channel as 'sms' | 'email' | 'portal'}`),
                    tally,
                  }))}
                />
              </Stack>
            </Zones>
          </>
        )}
      </Stack>
    </>
  )
}

/** The months offered, the latest first. */
function monthsTo(today: CalendarDate): CalendarDate[] {
  const months: CalendarDate[] = [`${today.slice(0, 7)}-01`]
  while (months.length < monthsOffered) {
    const before = addDays(months.at(-1) ?? today, -1)
    months.push(`${before.slice(0, 7)}-01`)
  }
  return months
}

function Summary({ all }: { all: Tally }) {
  const t = useTexts(proofTexts)
  const { locale } = usePage()
  const count = (value: number) => value.toLocaleString('en')
  return (
    <Figures
      figures={[
        {
          label: t('fig-handed'),
          value: count(all.handed),
          note: t('fig-handed-note', { count: count(all.messages) }),
        },
        {
          label: t('fig-delivered'),
          value: t('share', { share: percent(all.delivered, all.handed) }),
          note: count(all.delivered),
        },
        { label: t('fig-failed'), value: count(all.failed), alarm: percent(all.failed, all.handed) > 5 },
        { label: t('fig-uncertain'), value: count(all.uncertain) },
        {
          label: t('fig-parts'),
          value: count(all.parts),
          note: t('fig-parts-note', {
            per: all.handed === 0 ? 0 : Math.round((10 * all.parts) / all.handed) / 10,
          }),
        },
        { label: t('fig-cost'), value: inWords(all.prices, locale) || t('fig-none') },
      ]}
    />
  )
}

function Days({ first, month }: { first: CalendarDate; month: Month }) {
  const t = useTexts(proofTexts)
  const page = usePage()
  const counted = new Map(month.byDay.map(({ day, tally }) => [day, tally]))
  const days = Array.from({ length: 31 }, (_, place) => addDays(first, place)).filter(day =>
    day.startsWith(first.slice(0, 7)),
  )
  const columns = days.map(day => {
    const tally = counted.get(day)
    const good = tally?.delivered ?? 0
    const bad = (tally?.failed ?? 0) + (tally?.uncertain ?? 0)
    const open = (tally?.handed ?? 0) - good - bad
    return { id: day, label: `${longDate(day, page)}: ${good} / ${open} / ${bad}`, good, open, bad }
  })
  return (
    <Pane id="by-day" title={t('by-day')} icon="chart">
      <DayColumns
        columns={columns}
        caption={t('by-day')}
        ends={[
          <DateText key="a" value={first} form="dense" />,
          <DateText key="b" value={days.at(-1) ?? first} form="dense" />,
        ]}
      />
      <DayColumnsKey good={t('fig-delivered')} open={t('state-sent')} bad={t('fig-failed')} />
    </Pane>
  )
}

function Causes({ month }: { month: Month }) {
  const t = useTexts(proofTexts)
  const { locale } = usePage()
  return (
    <Pane id="by-cause" title={t('by-cause')} icon="warn">
      {month.causes.length === 0 ? (
        <p className="mut">{t('by-cause-none')}</p>
      ) : (
        <Bars
          bars={month.causes.slice(0, mostRows).map(({ cause, messages }) => ({
            id: cause || 'none',
            label: failureWords(locale, cause),
            value: messages,
            shown: messages,
            below: true,
          }))}
        />
      )}
    </Pane>
  )
}

function Numbers({ numbers }: { numbers: NonNullable<Month['numbers']> }) {
  const t = useTexts(proofTexts)
  const rows = ['verified', 'shared', 'failing', 'asleep'] as const
  return (
    <Pane id="numbers" title={t('numbers-title')} icon="phone">
      <KeyValues
        pairs={rows.map(row => ({
          term: t(`numbers-${row}`),
          value: t('numbers-of', {
            count: numbers[row].toLocaleString('en'),
            all: numbers.numbers.toLocaleString('en'),
          }),
        }))}
      />
    </Pane>
  )
}
