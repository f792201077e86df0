import type { ReactNode } from 'react'
import type { Step } from '../../../../kernel/definition/index.ts'
import { type Action, type ActorRef, type Task, taskSource } from '../../../../kernel/workflow/index.ts'
import { formatMoney } from '../../../../lib/money.ts'
import {
  DateText,
  Pane,
  type PaneProps,
  Route,
  type Stop,
  useLocalized,
  usePage,
  useTexts,
  Written,
} from '../../../../ui/index.ts'
import { groundOf } from '../../messages.ts'
import { findingsOf } from './answers.tsx'
import { stepsAhead } from './foresee.ts'
import type { RequestView } from './load.ts'
import { AnswerValue } from './masked.tsx'
import { actTexts, isActKey } from './strings.ts'

/** The way of the request: every act with who, when, in which words and what was sent; where it is now; what lies ahead. */
export function Timeline({ view, order }: { view: RequestView; order: PaneProps['order'] }) {
  const t = useTexts(actTexts)
  const stops = [...view.actions.map(action => pastStop(view, action)), ...useNow(view), ...useAhead(view)]
  return (
    <Pane id="route" title={t('route')} order={order}>
      <Route stops={stops} />
    </Pane>
  )
}

const pastStop = (view: RequestView, action: Action): Stop => ({
  id: `act-${action.seq}`,
  state: action.name === 'ask-papers' || action.name === 'reject' ? 'halt' : 'done',
  title: <ActTitle view={view} action={action} />,
  note: <ActNote view={view} action={action} />,
})

/** What was done, in the words of the desk. */
export function useActTitle(view: RequestView): (action: Action) => string {
  const t = useTexts(actTexts)
  const local = useLocalized()
  const { definition } = view.service
  const paperNames = (ids: string[]) =>
    ids
      .map(id => definition.papers.find(paper => paper.id === id)?.name)
      .map((each, place) => (each ? local(each) : (ids[place] ?? '')))
      .join(t('comma'))
  const office = (code: string | undefined) => {
    const found = code === undefined ? undefined : view.offices.get(code)
    return found ? local(found.name) : (code ?? '')
  }
  const step = (id: string | undefined) => {
    const found = definition.steps.find(each => each.id === id)
    return found ? local(found.name) : ''
  }
  const kindOf = (id: string | undefined) => definition.steps.find(each => each.id === id)?.kind
  return action => {
    const { data, name } = action
    const task = view.request.projection.tasks.find(({ id }) => id === action.taskId)
    switch (name) {
      case 'file':
        return t(view.request.channel === 'web' ? 'did-file-web' : 'did-file-counter')
      case 'approve':
      case 'run-effect':
      case 'hand-over':
      case 'record':
      case 'sign':
        return t('at-step', {
          step: step(task?.step),
          done: t(
            name === 'approve' && kindOf(task?.step) === 'site-visit'
              ? 'done-report'
              : name === 'approve' && data.proofs
                ? 'done-work'
                : `done-${name}`,
          ),
        })
      case 'opine':
        return t('opinion-of', { office: office(task?.office) })
      case 'escalate':
        return t('escalated-to', { step: step(task?.step) })
      case 'ask-papers':
        return t('asked-papers', { papers: paperNames((data.papers ?? []).map(({ id }) => id)) })
      case 'supply-papers':
        return t('papers-came', { papers: paperNames(data.supplied ?? []) })
      case 'refer':
        return t(data.to?.purpose === 'information' ? 'referred-information' : 'referred-opinion', {
          office: office(data.to?.office),
        })
      case 'refer-back':
        return t(task?.purpose === 'information' ? 'information-read' : 'opinion-given', {
          office: office(task?.office),
        })
      case 'return':
        return t('returned-to', { step: step(data.toStep) })
      case 'assign': {
        const gone = data.cameBackFrom === undefined ? undefined : view.names.get(data.cameBackFrom)
        if (data.cameBackFrom !== undefined)
          return t('done-came-back', { name: gone ? local(gone.name) : '' })
        const given = data.assignee === undefined ? undefined : view.names.get(data.assignee)
        return t('done-assign', { name: given ? local(given.name) : '' })
      }
      case 'pay':
        return data.exception ? t('fee-excepted') : paidBy(view, data, t)
      default:
        return t(`done-${name}`)
    }
  }
}

export const ActTitle = ({ view, action }: { view: RequestView; action: Action }): ReactNode =>
  useActTitle(view)(action)

/** With the number of the receipt, for whoever may see receipts. */
function paidBy(
  { receipts }: RequestView,
  { receiptId, receipt }: Action['data'],
  t: ReturnType<typeof useTexts<keyof (typeof actTexts)['ar']>>,
): string {
  const number = receiptId === undefined ? receipt : receipts.find(({ id }) => id === receiptId)?.number
  return number === undefined ? t('fee-settled') : t('fee-paid', { receipt: number })
}

/** What the applicant is told of an act; several acts may share an instant. */
const told: Partial<Record<Action['name'], readonly string[]>> = {
  file: ['received', 'fee-due'],
  approve: ['approved', 'sent-outside', 'fee-due', 'answer-asked', 'ready', 'completed'],
  answer: ['reopened', 'completed'],
  lapse: ['lapsed'],
  sign: ['fee-due', 'ready', 'completed'],
  'run-effect': ['ready', 'completed'],
  'hand-over': ['completed'],
  pay: ['paid', 'received', 'ready', 'completed'],
  'ask-papers': ['papers-missing'],
  'supply-papers': ['papers-arrived'],
  reject: ['rejected'],
  withdraw: ['withdrawn'],
  reopen: ['reopened', 'fee-due'],
  appoint: ['appointment'],
  missed: ['visit-missed'],
  opine: ['sent-outside', 'fee-due', 'answer-asked', 'ready', 'completed'],
  record: ['sent-outside', 'fee-due', 'answer-asked', 'ready', 'completed'],
  'parts-ended': ['sent-outside', 'fee-due', 'answer-asked', 'ready', 'completed'],
  'move-deadline': ['deadline-moved'],
}

/** Who and when, the note, what was filled in and what was sent. */
export function ActNote({ view, action, bare }: { view: RequestView; action: Action; bare?: boolean }) {
  const t = useTexts(actTexts)
  const { locale } = usePage()
  const { data } = action
  // A message planned by an act carries the act's own instant.
  const sent = view.messages.filter(
    ({ plannedAt, event }) =>
      plannedAt.getTime() === action.at.getTime() && told[action.name]?.includes(event),
  )
  const findings = findingsOf(view.service, data.fields ?? {}, locale).flatMap(({ items }) => items)
  const ground = groundOf(view.service, data.ground)?.words[locale]
  const note = noteOf(action, t)
  return (
    <>
      {!bare && (
        <>
          <Who view={view} actor={action.actor} />
          <InPlaceOf view={view} staffId={data.deputyOf} /> · <DateText value={action.at} form="moment" />
        </>
      )}
      {ground && <Written>{ground}</Written>}
      {note && <Written>{note}</Written>}
      {(data.papers ?? []).map(({ id, words }) => words && <Written key={id}>{words}</Written>)}
      <KindNote data={data} />
      {data.until && (
        <span className="line-note">
          {t('until')} <DateText value={data.until} form="plain" />
        </span>
      )}
      {findings.map(({ label, value }) => (
        <span className="line-note" key={label}>
          {label}: <AnswerValue view={view} label={label} value={value} />
        </span>
      ))}
      {!bare &&
        sent.map(({ id, state }) => (
          <span className="line-note dim" key={id}>
            {t(`message-${state}`)}
          </span>
        ))}
    </>
  )
}

/** What was written with an act; why an effect failed is kept as a code, and worded here. */
function noteOf({ name, note, data }: Action, t: ReturnType<typeof useTexts<keyof typeof actTexts.ar>>) {
  if (data.exception && !note) return data.exception.reason
  if (name !== 'effect-failed') return note ?? data.reason
  const key = `refused-${note}`
  return t(isActKey(key) ? key : 'effect-failed-note')
}

/** When somebody comes, what a session decided, and until when it moved. */
function KindNote({ data: { appointment, session, deadlines } }: Pick<Action, 'data'>) {
  const t = useTexts(actTexts)
  return (
    <>
      {appointment && (
        <span className="line-note">
          <DateText value={appointment.from} form="full" /> – <DateText value={appointment.to} form="time" />
        </span>
      )}
      {session && (
        <>
          <span className="line-note">
            {t('session-of', { number: session.number })} <DateText value={session.date} form="plain" />
          </span>
          <Written>{session.decision}</Written>
        </>
      )}
      {deadlines?.promise && (
        <span className="line-note">
          {t('moved-to')} <DateText value={deadlines.promise} form="plain" />
        </span>
      )}
    </>
  )
}

/** «نيابةً عن»: whose place an act was done in. */
export function InPlaceOf({ view, staffId }: { view: RequestView; staffId: string | undefined }): ReactNode {
  const t = useTexts(actTexts)
  const local = useLocalized()
  if (staffId === undefined) return null
  const member = view.names.get(staffId)
  return <> {t('deputy-of', { name: member ? local(member.name) : t('somebody') })}</>
}

/** Somebody by name, and the office they stood for. */
export function Who({ view, actor }: { view: RequestView; actor: ActorRef }): ReactNode {
  const t = useTexts(actTexts)
  const local = useLocalized()
  const office = actor.office === undefined ? undefined : view.offices.get(actor.office)
  if (actor.kind === 'staff') {
    const member = view.names.get(actor.id)
    const name = member ? local(member.name) : t('somebody')
    return office ? t('who-at', { name, office: local(office.name) }) : name
  }
  if (actor.kind === 'citizen') return view.people.get(actor.id)?.displayName ?? view.applicant.displayName
  return t(actor.kind === 'partner' ? 'a-partner' : 'the-system')
}

function useNow(view: RequestView): Stop[] {
  const t = useTexts(actTexts)
  const local = useLocalized()
  const { request, service, who } = view
  const open = request.projection.tasks.filter(({ state }) => state !== 'closed')
  return open.map(task => {
    const step = service.definition.steps.find(({ id }) => id === task.step)
    const office = view.offices.get(task.office)
    const isMine = who.kind === 'staff' && task.assignee === who.staffId
    const holder = task.assignee === undefined ? undefined : view.names.get(task.assignee)
    const source = taskSource(service, task)
    const wanted =
      task.purpose === 'opinion' || task.purpose === 'information'
        ? t(`purpose-${task.purpose}`)
        : source
          ? local(source.name)
          : ''
    return {
      id: task.id,
      state: task.state === 'waiting' ? 'halt' : 'now',
      title: `${office ? local(office.name) : task.office}: ${isMine ? t('at-you') : wanted}`,
      note: (
        <>
          {t('since')} <DateText value={task.openedAt} form="moment" />
          {isMine ? ` · ${wanted}` : holder && ` · ${local(holder.name)}`}
          {task.appointment && (
            <>
              {' · '}
              {t('visit-on')} <DateText value={task.appointment.from} form="full" />
            </>
          )}
          {task.state !== 'open' &&
            ` · ${t(waitingWords(task, step, request.projection.missingPapers.length))}`}
        </>
      ),
    }
  })
}

/** Words of what a task waits for. */
function waitingWords(task: Task, step: Step | undefined, missing: number) {
  const isMain = task.purpose === 'step' && missing === 0
  if (isMain && step?.kind === 'confirmation') return 'task-asked'
  if (isMain && step?.kind === 'outside') return 'task-outside'
  if (isMain && step?.kind === 'effect' && task.state === 'waiting') return 'task-machine'
  if (isMain && step?.kind === 'opinions') return 'task-gathering'
  if (isMain && step?.kind === 'parts') return 'task-parts'
  return `task-${task.state as 'waiting'}` as const
}

function useAhead(view: RequestView): Stop[] {
  const local = useLocalized()
  const { locale } = usePage()
  const { book } = view.surroundings
  return stepsAhead(view).map(step => {
    const office = view.offices.get(step.office)
    const owed = book.charges.filter(charge => charge.feePoint === step.feePoint && !charge.cancelled)
    return {
      id: `ahead-${step.id}`,
      state: 'to-come',
      title: local(step.name),
      note: [office && local(office.name), ...owed.map(({ amount }) => formatMoney(amount, locale))]
        .filter(Boolean)
        .join(' · '),
    }
  })
}
