import type { ActName } from '../../../../kernel/definition/index.ts'
import { standsFor } from '../../../../kernel/workflow/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { workingDaysBetween } from '../../../../lib/calendar.ts'
import { relativeDate, timeOfDay } from '../../../../lib/dates.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  Clock,
  Crumbs,
  Head,
  LiveRegion,
  Note,
  PersonName,
  Stack,
  StaffLayout,
  StateBadge,
  useLocalized,
  usePage,
  useTexts,
  Zones,
} from '../../../../ui/index.ts'
import { aside, type Call, idParam, read, type Typed } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { looks, type Route, route, staff } from '../../../../web/route.ts'
import { VisitCount } from '../../../visits/index.ts'
import type { FormTown } from '../../citizen/filing/field.tsx'
import { markLettersRead } from '../../letters/store.ts'
import { requestNumber } from '../../model.ts'
import { townOfStep } from '../../step-questions.ts'
import { markSeen } from '../../store.ts'
import { clockOf } from '../clock.ts'
import { type Colleague, colleaguesOf } from '../colleagues.ts'
import { requestTopic } from '../live.ts'
import { ActPane } from './act-pane.tsx'
import { ActsBar, mainAct } from './acts-bar.tsx'
import { Answers, Findings } from './answers.tsx'
import { Referrals } from './chain.tsx'
import { DecideBy } from './decide-by.tsx'
import { FeesToCome } from './fees-to-come.tsx'
import { type Foreseen, foresee } from './foresee.ts'
import { Letters } from './letters.tsx'
import { Linked } from './linked.tsx'
import { loadRequest, openedToWork, type RequestView } from './load.ts'
import { Certificates, Dues, Money, Parties } from './money.tsx'
import { Opinions } from './opinions.tsx'
import { Messages, Papers } from './papers.tsx'
import { field, readAct } from './read-act.ts'
import { useNamedFaults } from './step-fields.tsx'
import { stepInHand } from './step-in-hand.ts'
import { actTexts, isActKey } from './strings.ts'
import { Timeline, useActTitle } from './timeline.tsx'

export const requestRoute: Route = route({
  method: 'get',
  address: addresses.officeRequest,
  access: staff('request.read'),
  audit: looks('request.opened'),
  handle: call => showRequest(call, idParam(call, 'id'), { act: call.query.act, typed: {} }),
})

/** What stands in the decision column, and what became of the last attempt. */
export type Shown = {
  act?: string | undefined
  /** As typed by the officer. */
  typed: Typed
  faults?: readonly Fault[] | undefined
  /** Code of the refusal, when somebody was faster or a rule stands against it. */
  refusal?: string | undefined
  status?: number | undefined
}

/** What the parts of the page share. */
export type RequestPageProps = {
  view: RequestView
  shown: Shown
  /** The act open in the decision column. */
  act: ActName | undefined
  foreseen: Foreseen | undefined
  /** Where the main act leads, for its button. */
  leadsTo: Foreseen | undefined
  colleagues: Colleague[]
  /** The town's own lists, for the questions of the step in hand. */
  formTown: FormTown
  call: Call
}

/** Shows the request, with an act opened in the decision column. */
export async function showRequest(call: Call, requestId: string, shown: Shown): Promise<Response> {
  const asked = shown.typed[field.task] ?? call.query.task
  const taskId = typeof asked === 'string' && asked !== '' ? asked : undefined
  const { view, colleagues, formTown } = await read(call, async tx => {
    const loaded = await loadRequest(tx, call, requestId, openedToWork, taskId)
    const refers = loaded.acts.some(({ name }) => name === 'refer')
    const [colleagues, formTown] = await Promise.all([
      refers ? colleaguesOf(tx, call.town.timeZone) : [],
      townOfStep(tx, call.town, loaded.request, stepInHand(loaded)?.fields ?? []),
    ])
    return { view: loaded, colleagues, formTown }
  })
  await noteSeen(call, view)
  const act = actToShow(view, shown.act)
  const typed = Object.keys(shown.typed).length > 0 ? shown.typed : presetOf(call, act)
  const main = mainAct(view)
  const props: RequestPageProps = {
    view,
    shown: { ...shown, typed },
    act,
    colleagues,
    formTown,
    call,
    foreseen: act && foreseeTyped(call, view, act, typed),
    leadsTo: main && foresee(view, { name: main }, call.now, call),
  }
  return showPage(call, <RequestPage {...props} />, shown.status ?? 200)
}

/**
 * The first time somebody opens a task that lies with them: its sender sees that it was read, and cannot call it back any more; and what
 * the applicant wrote counts as read. A colleague who looks in on somebody's task has read nothing for them.
 */
async function noteSeen(call: Call, { task, request, letters, who }: RequestView): Promise<void> {
  if (!task || who.kind !== 'staff') return
  if (task.assignee !== undefined && !standsFor(who, task.assignee)) return
  const isNew = !request.seenTasks?.includes(task.id)
  const hasLetter = request.unread?.town === true && task.purpose !== 'information'
  if (!isNew && !hasLetter) return
  const { staffId } = who
  await aside(call, async tx => {
    // The request before its tasks, as every act holds them: else the two wait for each other.
    if (hasLetter) await markLettersRead(tx, request.id, { side: 'staff', by: staffId, shown: letters })
    if (isNew) await markSeen(tx, task.id, staffId)
  })
}

function foreseeTyped(call: Call, view: RequestView, act: ActName, typed: Typed): Foreseen | undefined {
  const { now, town, locale } = call
  const { note, data } = readAct(act, { standing: view, typed, now, town, locale })
  return foresee(view, { name: act, note, data }, now, call)
}

/** The act asked for where it stands; `approve` means whatever completes the step; without one, the main act lies ready. */
function actToShow(view: RequestView, asked: string | undefined): ActName | undefined {
  const wanted = asked === 'opinion' ? 'refer' : asked
  const offered = view.acts.find(({ name, disabledBecause }) => name === wanted && !disabledBecause)
  if (offered) return offered.name
  return asked === undefined || asked === 'approve' ? mainAct(view) : undefined
}

/** A paper pointed at in the viewer, or an opinion asked by its key, is chosen before the officer begins. */
function presetOf(call: Call, act: ActName | undefined): Typed {
  const { paper } = call.query
  if (act === 'ask-papers' && paper) return { [field.paper]: paper }
  if (act === 'refer') return { [field.purpose]: 'opinion' }
  return {}
}

function RequestPage(props: RequestPageProps) {
  const { view, shown, act } = props
  const t = useTexts(actTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { request, service, applicant } = view
  const name = local(service.definition.name)
  const number = requestNumber(request)
  const isChosen = shown.act !== undefined
  const faults = useNamedFaults(view, shown.faults)
  return (
    <StaffLayout title={`${number} ${name}`} faults={faults}>
      <LiveRegion topic={requestTopic(request.id)}>
        <Crumbs links={[{ label: t('inbox'), href: url(addresses.inbox) }]} />
        <Head
          title={name}
          sub={
            <span className="row">
              <StateBadge state={request.projection.state} />
              <b>{number}</b>
              <PersonName>{applicant.displayName}</PersonName>
              <Promised view={view} call={props.call} />
            </span>
          }
          actions={<ActsBar {...props} />}
        />
      </LiveRegion>
      {shown.refusal && <Refusal code={shown.refusal} view={view} />}
      <Zones kind="request">
        <Stack>
          <DecideBy view={view} order={1} />
          <Opinions view={view} order={isChosen ? 2 : 1} />
          <Answers view={view} order={isChosen ? 2 : 1} />
          <Findings view={view} order={isChosen ? 2 : 1} />
          <Referrals view={view} order={5} />
          <Timeline view={view} order={9} />
          <VisitCount visits={view.visits} />
        </Stack>
        <Stack>
          <Papers {...props} order={act === 'sign' || isChosen ? 3 : 2} />
          <Letters {...props} order={4} />
          <Messages view={view} order={5} />
        </Stack>
        <Stack>
          <ActPane {...props} order={isChosen ? 1 : act === 'sign' ? 2 : 3} />
          <Linked view={view} order={4} />
          <Dues view={view} order={4} />
          <Money view={view} order={4} />
          <FeesToCome view={view} order={4} />
          <Certificates view={view} order={5} />
          <Parties view={view} order={5} />
        </Stack>
      </Zones>
    </StaffLayout>
  )
}

/** The promise to the citizen: which day of how many, and until when. */
function Promised({ view, call }: { view: RequestView; call: Call }) {
  const t = useTexts(actTexts)
  const page = usePage()
  const { projection, filedAt } = view.request
  if (projection.closedAt || !projection.dueAt) return null
  const { calendar } = call.town
  const clock = clockOf(
    { from: filedAt, due: projection.dueAt, held: !!projection.pausedAt },
    page.now,
    calendar,
  )
  if (!clock) return null
  const of = Math.max(1, workingDaysBetween(calendar, filedAt, projection.dueAt))
  const until = projection.pausedAt ?? page.now
  const day = Math.min(of, Math.max(1, workingDaysBetween(calendar, filedAt, until)))
  const due = relativeDate(projection.dueAt, page.now, page)
  if (clock.kind === 'late') return <Clock clock={clock} />
  return (
    <Clock clock={clock}>
      {clock.kind === 'held' ? t('promise-held', { day, of }) : t('promise-day', { day, of, due })}
    </Clock>
  )
}

/** «سبقك زميل»: who moved the request on, when, and that nothing was saved; or the rule that stands against it. */
function Refusal({ code, view }: { code: string; view: RequestView }) {
  const t = useTexts(actTexts)
  const local = useLocalized()
  const page = usePage()
  const done = useActTitle(view)
  const last = view.actions.at(-1)
  const key = `refused-${code}`
  const moved = code === 'not-available' || code === 'already-taken' || code === 'not-yours'
  const who = last && last.actor.kind === 'staff' ? view.names.get(last.actor.id) : undefined
  if (!moved || !last || !who) {
    return (
      <Note tone="sumac" title={t('refused-title')}>
        {t(isActKey(key) ? key : 'refused-other')}
      </Note>
    )
  }
  return (
    <Note tone="sumac" title={t('faster-title')}>
      {t('faster', {
        act: done(last),
        name: local(who.name),
        when: `${relativeDate(last.at, page.now, page)} ${timeOfDay(last.at, page)}`,
      })}
    </Note>
  )
}
