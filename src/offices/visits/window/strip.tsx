import { addresses } from '../../../lib/addresses.ts'
import type { Read } from '../../../platform/database/index.ts'
import {
  Button,
  DateText,
  Form,
  LinkButton,
  LiveRegion,
  Num,
  SelectField,
  useLocalized,
  usePage,
  useTexts,
  VisitBar,
} from '../../../ui/index.ts'
import { identities, type Purpose, turnName, type Visit } from '../model.ts'
import { currentVisit, purposesOf, today, type WindowNow, waitingCounts, windowsOf } from '../store.ts'
import { type VisitText, visitTexts } from '../strings.ts'

/** News of the queue refresh regions of this name. */
export const hallTopic = 'hall'

/** What a clerk sees of the queue at the top of each page of the counter. */
export type Strip = {
  window: WindowNow | undefined
  /** Windows one may sit down at. */
  free: WindowNow[]
  visit: Visit | undefined
  purpose: Purpose | undefined
  /** Who waits for this window, and who of all. */
  mine: number
  all: number
  back: string
}

/** Undefined where the town has no windows, or no turns are called. */
export async function stripOf(
  tx: Read,
  of: { town: { timeZone: string }; staffId: string; back: string },
): Promise<Strip | undefined> {
  const [windows, visit, counts] = await Promise.all([
    windowsOf(tx),
    currentVisit(tx, of.staffId),
    waitingCounts(tx, today(tx, of)),
  ])
  if (windows.length === 0) return undefined
  const window = windows.find(each => each.sitting?.staffId === of.staffId)
  const waiting = [...counts]
  const sum = (some: typeof waiting) => some.reduce((total, [, count]) => total + count, 0)
  return {
    window,
    visit,
    back: of.back,
    free: windows.filter(each => each.open && !each.sitting),
    purpose: visit && (await purposesOf(tx)).find(each => each.code === visit.purpose),
    mine: sum(waiting.filter(([purpose]) => window?.purposes.includes(purpose))),
    all: sum(waiting),
  }
}

/** Who is being served, and the one thing to do next. It is a form of its own, beside the page's. */
export function VisitStrip({ strip }: { strip: Strip }) {
  const t = useTexts(visitTexts)
  const { url } = usePage()
  return (
    <LiveRegion topic={hallTopic}>
      <Form action={url(addresses.counterVisit)} hidden={{ back: strip.back }} label={t('strip')}>
        {!strip.window ? (
          <Unseated strip={strip} />
        ) : strip.visit ? (
          <InHand strip={strip} />
        ) : (
          <Idle strip={strip} />
        )}
      </Form>
    </LiveRegion>
  )
}

function Unseated({ strip }: { strip: Strip }) {
  const t = useTexts(visitTexts)
  const local = useLocalized()
  return (
    <VisitBar
      title={t('strip-unseated')}
      sub={strip.free.length === 0 ? t('strip-no-window') : t('strip-waiting-all', { count: strip.all })}
      acts={strip.free.map(each => (
        <Button key={each.number} name="open" value={String(each.number)} variant="quiet">
          {local(each.name)}
        </Button>
      ))}
    />
  )
}

function Idle({ strip }: { strip: Strip }) {
  const t = useTexts(visitTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { window, mine, all } = strip
  return (
    <VisitBar
      title={window && local(window.name)}
      sub={t('strip-waiting', { count: mine, others: all - mine })}
      acts={
        <>
          <Button name="do" value="next" icon="call" hotkey="Alt+KeyC" variant="quiet">
            {t('call-next')}
          </Button>
          <LinkButton href={url(addresses.counterVisits)} variant="quiet">
            {t('queue-link')}
          </LinkButton>
          <Button name="do" value="close" variant="plain">
            {t('window-close')}
          </Button>
        </>
      }
    />
  )
}

function InHand({ strip: { visit, purpose, window } }: { strip: Strip }) {
  const t = useTexts(visitTexts)
  const local = useLocalized()
  if (!visit) return null
  const since = visit.servedFrom ?? visit.calledAt ?? visit.takenAt
  const waits = visit.state === 'called'
  return (
    <VisitBar
      turn={<Num>{turnName(visit)}</Num>}
      title={purpose && local(purpose.name)}
      sub={
        <>
          {window && local(window.name)} {'\u00b7'} {t(waits ? 'called-at' : 'served-since')}{' '}
          <DateText value={since} form="time" />
          {visit.identityShown && ` \u00b7 ${t(`identity-${visit.identityShown}`)}`}
        </>
      }
      acts={waits ? <Arrived /> : <Served />}
    />
  )
}

function Arrived() {
  const t = useTexts(visitTexts)
  return (
    <>
      <SelectField
        name="identity"
        label={t('identity')}
        labelHidden
        tight
        value="id-card"
        options={identities.map(value => ({ value, label: t(`identity-${value}` satisfies VisitText) }))}
      />
      <Button name="do" value="serve" icon="check" variant="quiet" hotkey="Alt+KeyC">
        {t('arrived')}
      </Button>
      <Button name="do" value="no-show" variant="plain" hotkey="Alt+KeyX">
        {t('no-show')}
      </Button>
    </>
  )
}

function Served() {
  const t = useTexts(visitTexts)
  return (
    <>
      <Button name="do" value="done-next" icon="call" hotkey="Alt+KeyC" variant="quiet">
        {t('done-next')}
      </Button>
      <Button name="do" value="done" variant="plain" hotkey="Alt+KeyX">
        {t('done')}
      </Button>
    </>
  )
}
