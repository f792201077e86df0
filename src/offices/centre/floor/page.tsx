import { addresses } from '../../../lib/addresses.ts'
import { longDate } from '../../../lib/dates.ts'
import {
  CallPane,
  DateText,
  Head,
  LinkButton,
  LinkList,
  Pane,
  Stack,
  StaffLayout,
  usePage,
  useTexts,
  Zones,
} from '../../../ui/index.ts'
import { type Call, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { Doors, Overtakings } from './fairness.tsx'
import { Hall } from './hall.tsx'
import { type FloorView, loadFloor } from './load.ts'
import type { Overtaking } from './overtaking.ts'
import { KeptPane, People, Six, Stoppers, TripsPane, Work } from './panes.tsx'
import { floorText, floorTexts } from './strings.ts'
import { lateOf } from './work.ts'

/** GET: the manager's home. One thing to do first, then how the day stands. */
export async function showFloor(call: Call): Promise<Response> {
  const view = await read(call, tx => loadFloor(tx, call))
  const title = floorText(call.locale, 'title')
  return showPage(
    call,
    <StaffLayout title={title}>
      <FloorPage view={view} />
    </StaffLayout>,
  )
}

function FloorPage({ view }: { view: FloorView }) {
  const t = useTexts(floorTexts)
  const page = usePage()
  return (
    <>
      <Head title={t('title')} sub={longDate(page.now, page)} />
      <Stack>
        <First view={view} />
        <Six view={view} />
        <Zones kind="wide">
          <Stack>
            <Work view={view} />
            <Overtakings list={unexplainedFirst(view.overtakings)} services={view.services} />
            <KeptPane view={view} />
            <Stoppers view={view} />
            <TripsPane view={view} />
          </Stack>
          <Stack>
            <Hall hall={view.hall} times={view.times} />
            <People people={view.work.people} />
            <Doors doors={view.doors} />
            <Also complaints={view.complaints} corrections={view.corrections} />
          </Stack>
        </Zones>
      </Stack>
    </>
  )
}

const mostOvertakings = 6

/** Those nobody has explained yet stand first. */
function unexplainedFirst(list: Overtaking[]): Overtaking[] {
  const explained = (each: Overtaking) => Number(each.reason !== undefined || each.over.waitedForCitizen)
  return list.toSorted((one, other) => explained(one) - explained(other)).slice(0, mostOvertakings)
}

/** The reader's first task: files to review, else messages to answer, else what is late. */
function First({ view }: { view: FloorView }) {
  const t = useTexts(floorTexts)
  const { url } = usePage()
  const [oldest] = view.review
  if (oldest) {
    return (
      <CallPane
        icon="lens"
        title={t('review-call', { count: view.review.length })}
        action={<LinkButton href={url(addresses.review)}>{t('review-start')}</LinkButton>}
      >
        <DateText value={oldest.openedAt} form="moment" />
      </CallPane>
    )
  }
  if (view.contacts.length > 0) {
    return (
      <CallPane
        icon="chat"
        title={t('contacts-call', { count: view.contacts.length })}
        action={<LinkButton href={url(addresses.contacts)}>{t('contacts-start')}</LinkButton>}
      >
        {t('contacts-note')}
      </CallPane>
    )
  }
  const late = lateOf(view.work.offices)
  if (late === 0) return null
  return (
    <CallPane
      icon="clock"
      title={t('late-call', { count: late })}
      action={<LinkButton href={url(addresses.lateTasks)}>{t('late-start')}</LinkButton>}
    >
      {t('late-call-note')}
    </CallPane>
  )
}

function Also({ complaints, corrections }: { complaints: number; corrections: number }) {
  const t = useTexts(floorTexts)
  const { url } = usePage()
  return (
    <Pane id="also" title={t('more-title')}>
      <LinkList
        links={[
          { href: url(addresses.feedback), label: t('more-feedback') },
          {
            href: url(addresses.complaints),
            label: complaints > 0 ? `${t('more-complaints')} (${complaints})` : t('more-complaints'),
          },
          {
            href: url(addresses.corrections),
            label:
              corrections > 0 ? t('more-corrections-late', { count: corrections }) : t('more-corrections'),
          },
          { href: url(addresses.outgoing), label: t('more-outgoing') },
          { href: url(addresses.signatories), label: t('more-signatories') },
        ]}
      />
    </Pane>
  )
}
