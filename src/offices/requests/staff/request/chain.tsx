import type { Task } from '../../../../kernel/workflow/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import {
  Button,
  DateText,
  Flag,
  Form,
  Pane,
  type PaneProps,
  Row,
  useLocalized,
  usePage,
  useTexts,
  Written,
} from '../../../../ui/index.ts'
import type { RequestView } from './load.ts'
import { field } from './read-act.ts'
import { actTexts } from './strings.ts'
import { Who } from './timeline.tsx'

type Place = { view: RequestView; order?: PaneProps['order'] }

/** Who asked whom, whom they asked in turn, who got a copy, and what came back: each under the one it was asked for. */
export function Referrals({ view, order }: Place) {
  const t = useTexts(actTexts)
  const roots = referralsUnder(view, undefined)
  if (roots.length === 0) return null
  return (
    <Pane id="referrals" title={t('referrals')} icon="refer" order={order}>
      <Chain view={view} tasks={roots} />
    </Pane>
  )
}

/** Referrals sent from a task; without one, those sent from steps. */
export function referralsUnder(
  { request }: Pick<RequestView, 'request'>,
  parent: string | undefined,
): Task[] {
  const { tasks } = request.projection
  // Those of an opinion asked beside others stand under it.
  const isAside = (id: string | undefined) => tasks.some(task => task.id === id && task.purpose !== 'step')
  return tasks.filter(
    ({ purpose, parent: from }) =>
      (purpose === 'opinion' || purpose === 'information') &&
      (parent === undefined ? !isAside(from) : from === parent),
  )
}

export function Chain({
  view,
  tasks,
  bare,
}: {
  view: RequestView
  tasks: Task[]
  bare?: boolean | undefined
}) {
  return (
    <ol className="chain">
      {tasks.map(task => {
        const under = referralsUnder(view, task.id)
        return (
          <li key={task.id}>
            <Referral view={view} task={task} bare={bare} />
            {under.length > 0 && <Chain view={view} tasks={under} bare={bare} />}
          </li>
        )
      })}
    </ol>
  )
}

function Referral({ view, task, bare }: { view: RequestView; task: Task; bare?: boolean | undefined }) {
  const t = useTexts(actTexts)
  const local = useLocalized()
  const { url } = usePage()
  const office = view.offices.get(task.office)
  const holder = task.assignee === undefined ? undefined : view.names.get(task.assignee)
  const answer = view.actions.find(({ name, taskId }) => name === 'refer-back' && taskId === task.id)
  const isSeen = view.request.seenTasks?.includes(task.id) ?? false
  const isRecalled = view.actions.some(({ name, taskId }) => name === 'recall' && taskId === task.id)
  const place = office ? local(office.name) : task.office
  return (
    <div className="sm">
      <p>
        {task.from && <Who view={view} actor={task.from} />} {t('chain-to')}{' '}
        <b>{holder ? t('who-at', { name: local(holder.name), office: place }) : place}</b>{' '}
        <span className="mut">
          {t(task.purpose === 'information' ? 'chain-copy' : 'chain-opinion')} ·{' '}
          <DateText value={task.openedAt} form="moment" />
          {task.dueAt && task.state !== 'closed' && (
            <>
              {' · '}
              {t('chain-due')} <DateText value={task.dueAt} />
            </>
          )}
        </span>
      </p>
      {task.note && <Written>{task.note}</Written>}
      {answer ? (
        <div>
          <p className="mut">
            <Who view={view} actor={answer.actor} />:{' '}
            {t(task.purpose === 'information' ? 'chain-read' : 'chain-answered')} ·{' '}
            <DateText value={answer.at} form="moment" />
          </p>
          {answer.note && <Written>{answer.note}</Written>}
        </div>
      ) : (
        <Row>
          <Flag
            icon={isRecalled ? 'back' : isSeen ? 'eye' : 'clock'}
            tone={isSeen || isRecalled ? undefined : 'honey'}
          >
            {t(
              isRecalled
                ? 'chain-recalled'
                : task.state === 'closed'
                  ? 'chain-closed'
                  : isSeen
                    ? 'chain-seen'
                    : 'chain-unread',
            )}
          </Flag>
          {!bare && view.recalls.includes(task.id) && (
            <Form
              action={url(addresses.officeAct, { id: view.request.id, act: 'recall' })}
              hidden={{ [field.task]: task.id }}
              label={t('act-recall')}
              inline
            >
              <Button variant="plain" icon="x">
                {t('act-recall')}
              </Button>
            </Form>
          )}
        </Row>
      )}
    </div>
  )
}
