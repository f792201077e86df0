import type { ActName } from '../../../../kernel/definition/index.ts'
import { findStep, type Task } from '../../../../kernel/workflow/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import {
  Button,
  type ButtonVariant,
  DateText,
  FORESEE_FIELD,
  Foreseen as ForeseenPlace,
  Form,
  type IconName,
  Note,
  Pane,
  type PaneProps,
  Row,
  SmsBubble,
  ToolButton,
  useLocalized,
  usePage,
  useTexts,
  Written,
} from '../../../../ui/index.ts'
import { MainLabel, mainAct, stops } from './acts-bar.tsx'
import { ActFields } from './fields.tsx'
import type { Foreseen } from './foresee.ts'
import type { RequestView } from './load.ts'
import type { RequestPageProps } from './page.tsx'
import { field, typedOne } from './read-act.ts'
import { SentBack } from './sent-back.tsx'
import { stepInHand } from './step-in-hand.ts'
import { actTexts } from './strings.ts'

type Props = RequestPageProps & { order: PaneProps['order'] }

const icons: Partial<Record<ActName, IconName>> = {
  approve: 'check',
  sign: 'cert',
  'run-effect': 'build',
  'hand-over': 'hand',
  'ask-papers': 'gap',
  refer: 'refer',
  'refer-back': 'opinion',
  defer: 'snooze',
  return: 'turn',
  reject: 'no',
  withdraw: 'x',
  reopen: 'back',
  pay: 'scale',
  'supply-papers': 'doc',
  answer: 'chat',
  opine: 'opinion',
  record: 'tel',
  appoint: 'cal',
  missed: 'no',
}

/** The decision column: the chosen act as a form, with what it will do and say. */
export function ActPane(props: Props) {
  const { view, act, shown, order } = props
  const t = useTexts(actTexts)
  const { url } = usePage()
  if (!act) return <NothingToDo {...props} />
  const isMain = act === mainAct(view)
  const variant: ButtonVariant = stops.includes(act) ? 'stop' : 'main'
  const changes = act !== 'take' && act !== 'supply-papers'
  return (
    <Pane
      id="act"
      title={<Title {...props} act={act} />}
      icon={icons[act]}
      tone={stops.includes(act) ? 'stop' : undefined}
      end={
        !isMain && (
          <ToolButton
            icon="x"
            label={t('close')}
            href={url(addresses.officeRequest, { id: view.request.id }, { task: view.task?.id })}
            hotkey="Escape"
          />
        )
      }
      order={order}
    >
      <SentBack view={view} />
      <TaskNote view={view} />
      <Form
        action={url(addresses.officeAct, { id: view.request.id, act })}
        hidden={{ [field.task]: view.task?.id ?? (typedOne(shown.typed, field.task) || undefined) }}
        files={act === 'supply-papers' || stepInHand(view)?.proofs !== undefined}
      >
        <ActFields {...props} act={act} />
        {changes && (
          <ForeseenPlace>
            <Outcome {...props} foreseen={props.foreseen} act={act} />
          </ForeseenPlace>
        )}
        <Button variant={variant} full icon={icons[act]} hotkey="Ctrl+Enter">
          {isMain ? <MainLabel {...props} act={act} /> : t(`send-${act as 'refer'}`)}
        </Button>
      </Form>
    </Pane>
  )
}

/** What the form is for: a decision, the report of a visit, what a committee decided. */
function Title({ view, act }: Props & { act: ActName }) {
  const t = useTexts(actTexts)
  const local = useLocalized()
  const step = findStep(view.service, view.task?.step)
  if (act === 'pay') return t('act-except')
  if (act === 'approve' && step?.kind === 'site-visit') return t('title-report')
  if (act === 'approve' && step?.kind === 'committee' && step.body)
    return t('title-session', { body: local(step.body) })
  return t(`title-${act as 'approve'}`)
}

/** What the sender of this task wrote along. */
function TaskNote({ view }: { view: RequestView }) {
  const t = useTexts(actTexts)
  const local = useLocalized()
  const { task } = view
  if (!task?.note) return null
  const sender = task.from && view.names.get(task.from.id)
  return (
    <div className="sm mb-s">
      <p className="mut">{sender ? t('note-from', { name: local(sender.name) }) : t('note-along')}</p>
      <Written>{task.note}</Written>
    </div>
  )
}

/** The messages as they will be sent, where the request goes, and what the clock does. */
function Outcome({
  foreseen,
  act,
  view,
}: RequestPageProps & { act: ActName; foreseen: Foreseen | undefined }) {
  const t = useTexts(actTexts)
  const local = useLocalized()
  const asks = act === 'ask-papers' || act === 'reject'
  const next = foreseen?.step && foreseen.step.id !== view.request.projection.step ? foreseen.step : undefined
  const office = next && view.offices.get(next.office)
  return (
    <>
      {asks && (
        <Row>
          <Button variant="plain" name={FORESEE_FIELD} value="1" icon="eye" formNoValidate>
            {t('show-message')}
          </Button>
        </Row>
      )}
      {(foreseen?.messages ?? []).map((text, place) => (
        <div key={String(place)}>
          <p className="lbl sm">{t('sms')}</p>
          <SmsBubble text={text} />
        </div>
      ))}
      {next && office && (
        <p className="sm mut">{t('goes-to', { step: local(next.name), office: local(office.name) })}</p>
      )}
      {foreseen?.state === 'done' && <p className="sm mut">{t('ends-done')}</p>}
      {foreseen?.pauses && (
        <Note tone="honey" icon="pause" small>
          {t(
            foreseen.state === 'awaiting-fee'
              ? 'clock-stops-fee'
              : foreseen.state === 'awaiting-outside'
                ? 'clock-stops-outside'
                : 'clock-stops',
          )}
        </Note>
      )}
    </>
  )
}

/** Nothing is wanted of the reader: where the request is instead. What they typed before somebody was faster stays readable. */
function NothingToDo({ view, shown, order }: Props) {
  const t = useTexts(actTexts)
  const local = useLocalized()
  const { projection } = view.request
  const held = view.acts.find(({ disabledBecause }) => disabledBecause)?.disabledBecause
  const task = view.task ?? projection.tasks.find(({ state }) => state !== 'closed')
  const office = task && view.offices.get(task.office)
  const holder = task?.assignee === undefined ? undefined : view.names.get(task.assignee)
  const isMine = view.who.kind === 'staff' && task?.assignee === view.who.staffId
  const waits = waitsFor(view, task, isMine)
  const typed = [typedOne(shown.typed, field.note)].filter(text => text.trim() !== '')
  return (
    <Pane id="act" title={t('nothing-title')} order={order}>
      {held === 'fee-unpaid' || held === 'appointment-required' ? (
        <Note tone="honey" icon={held === 'fee-unpaid' ? 'cash' : 'cal'} small>
          {t(held === 'fee-unpaid' ? 'held-fee' : 'held-appointment')}
        </Note>
      ) : (
        <p className="sm">
          {projection.closedAt ? (
            <>
              {t(`ended-${projection.state as 'done'}`)} <DateText value={projection.closedAt} form="plain" />
            </>
          ) : task && waits ? (
            t(waits, { name: holder ? local(holder.name) : '' })
          ) : holder ? (
            t('with-somebody', { name: local(holder.name), office: office ? local(office.name) : '' })
          ) : (
            t('with-office', { office: office ? local(office.name) : '' })
          )}
        </p>
      )}
      {typed.map(text => (
        <div className="mt-s" key={text}>
          <p className="mut sm">{t('what-you-wrote')}</p>
          <Written>{text}</Written>
        </div>
      ))}
    </Pane>
  )
}

/** Words of what one's own task waits for. */
function waitsFor(view: RequestView, task: Task | undefined, isMine: boolean) {
  const { projection } = view.request
  const kind = findStep(view.service, task?.step)?.kind
  if (projection.missingPapers.length === 0 && task?.purpose === 'step') {
    if (task.state === 'referred' && kind === 'opinions') return 'waits-opinions'
    if (task.state === 'referred' && kind === 'parts') return 'waits-parts'
    if (task.state === 'waiting' && kind === 'outside') return 'waits-outside'
    if (task.state === 'waiting' && kind === 'effect') return 'waits-machine'
  }
  if (!isMine) return undefined
  if (task?.state === 'waiting') return 'waits-papers'
  return task?.state === 'referred' ? 'waits-opinion' : undefined
}
