import { addresses } from '../../../lib/addresses.ts'
import { addDays, dateIn } from '../../../lib/calendar.ts'
import { longDate } from '../../../lib/dates.ts'
import {
  Bars,
  CallPane,
  DateText,
  Figures,
  Head,
  LinkButton,
  LinkList,
  Note,
  Pane,
  Read,
  Stack,
  StaffLayout,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { asSignatory } from '../../certificates/index.ts'
import { countComplaints, type Ratings, ratingsSince } from '../../feedback/index.ts'
import { type DayFigures, dayFigures } from '../floor/figures.ts'
import { lateOf, openWork, type WorkAt } from '../floor/work.ts'
import { papersToSign } from '../signing/store.ts'
import { todayText, todayTexts } from './strings.ts'

type View = {
  papers: number
  oldest: Date | undefined
  /** Offices with something late. */
  work: WorkAt[]
  /** Requests that lie open now. */
  open: number
  yesterday: DayFigures
  ratings: Ratings
  complaints: number
}

/** GET: the mayor's page of the day, one that a telephone holds. */
export async function showToday(call: Call): Promise<Response> {
  const { actor } = call.visitor
  const view = await read(call, async (tx): Promise<View> => {
    const papers = await papersToSign(tx, await asSignatory(tx, call.town.timeZone, actor))
    const since = papers.map(({ openedAt }) => openedAt).sort((a, b) => a.getTime() - b.getTime())
    const { offices, open } = await openWork(tx)
    const { timeZone } = call.town
    const yesterday = addDays(dateIn(tx.now, timeZone), -1)
    return {
      papers: papers.length,
      oldest: since[0],
      work: offices.filter(each => each.late + each.veryLate > 0),
      open,
      yesterday: (await dayFigures(tx, yesterday, timeZone)).figures,
      ratings: await ratingsSince(tx, new Date(tx.now.getTime() - 30 * 86_400_000)),
      complaints: await countComplaints(tx, call, actor),
    }
  })
  const title = todayText(call.locale, 'title')
  return showPage(
    call,
    <StaffLayout title={title}>
      <Today {...view} />
    </StaffLayout>,
  )
}

function Today({ papers, oldest, work, open, yesterday, ratings, complaints }: View) {
  const t = useTexts(todayTexts)
  const local = useLocalized()
  const page = usePage()
  const { url } = page
  return (
    <Read>
      <Head title={t('title')} sub={longDate(page.now, page)} />
      <Stack>
        {papers > 0 ? (
          <CallPane
            icon="cert"
            title={t('sign-call', { count: papers })}
            action={<LinkButton href={url(addresses.sign)}>{t('sign-start')}</LinkButton>}
          >
            {oldest && (
              <>
                {t('sign-oldest')} <DateText value={oldest} form="moment" />
              </>
            )}
          </CallPane>
        ) : (
          <Note tone="olive">{t('sign-none')}</Note>
        )}
        {complaints > 0 && (
          <Note tone="honey">
            {t('complaints-call', { count: complaints })}{' '}
            <a href={url(addresses.complaints)}>{t('complaints-open')}</a>
          </Note>
        )}
        <Pane id="late" title={t('late-title')} icon="clock">
          {work.length === 0 ? (
            <p className="sm mut">{t('late-none')}</p>
          ) : (
            <Bars
              bars={work.map(each => ({
                id: each.office,
                label: local(each.name),
                href: url(addresses.lateTasks, {}, { office: each.office }),
                value: each.late + each.veryLate,
                shown: each.late + each.veryLate,
                below: true,
              }))}
            />
          )}
        </Pane>
        <Pane id="yesterday" title={t('yesterday-title')} pad={false}>
          <Figures
            figures={[
              { label: t('fig-received'), value: yesterday.received },
              { label: t('fig-done'), value: yesterday.done },
              { label: t('fig-open'), value: open },
              { label: t('fig-late'), value: lateOf(work), alarm: work.length > 0 },
              {
                label: t('fig-median'),
                value:
                  yesterday.medianHours === undefined
                    ? t('none')
                    : t('fig-days', { count: Math.max(1, Math.round(yesterday.medianHours / 24)) }),
              },
              {
                label: t('fig-rating'),
                value:
                  ratings.average === undefined
                    ? t('none')
                    : t('fig-rating-value', { average: ratings.average.toFixed(1) }),
              },
            ]}
          />
        </Pane>
        <LinkList
          links={[
            { href: url(addresses.inbox), label: t('more-inbox') },
            { href: url(addresses.outgoing), label: t('more-outgoing') },
            { href: url(addresses.feedback), label: t('more-feedback') },
          ]}
        />
      </Stack>
    </Read>
  )
}
