import type { Opinion, Step } from '../../../../kernel/definition/index.ts'
import type { Task } from '../../../../kernel/workflow/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import {
  DateText,
  Flag,
  Pane,
  type PaneProps,
  Row,
  useLocalized,
  usePage,
  useTexts,
  Written,
} from '../../../../ui/index.ts'
import { proofsSince } from '../../proofs.ts'
import { findingsOf } from './answers.tsx'
import { Chain, referralsUnder } from './chain.tsx'
import type { RequestView } from './load.ts'
import { AnswerValue } from './masked.tsx'
import { actTexts } from './strings.ts'
import { Who } from './timeline.tsx'

type Place = { view: RequestView; order: PaneProps['order'] }

/** What was asked side by side, with how each stands: words, findings and papers of those given, since when the others are awaited. */
export function Opinions({ view, order }: Place) {
  const local = useLocalized()
  const { tasks } = view.request.projection
  const asking = view.service.definition.steps.filter(
    step => step.opinions && tasks.some(task => task.purpose === 'branch' && task.step === step.id),
  )
  return asking.map(step => {
    const gathering = tasks.findLast(task => task.purpose === 'step' && task.step === step.id)
    const asked = tasks.filter(task => task.purpose === 'branch' && task.parent === gathering?.id)
    return (
      <Pane
        key={step.id}
        id={`opinions-${step.id}`}
        title={local(step.name)}
        icon="opinion"
        end={<Given view={view} step={step} asked={asked} isOpen={gathering?.state !== 'closed'} />}
        order={order}
      >
        <ol className="chain">
          {asked.map(task => (
            <li key={task.id}>
              <Asked view={view} task={task} opinion={step.opinions?.find(({ id }) => id === task.branch)} />
              <Under view={view} task={task} />
            </li>
          ))}
        </ol>
      </Pane>
    )
  })
}

function Under({ view, task }: { view: RequestView; task: Task }) {
  const under = referralsUnder(view, task.id)
  return under.length > 0 ? <Chain view={view} tasks={under} /> : null
}

const answerTo = (view: RequestView, task: Task) =>
  view.actions.find(({ name, taskId }) => name === 'opine' && taskId === task.id)

/** How many have come, and how many it takes. */
function Given({
  view,
  step,
  asked,
  isOpen,
}: {
  view: RequestView
  step: Step
  asked: Task[]
  isOpen: boolean
}) {
  const t = useTexts(actTexts)
  const given = asked.filter(task => answerTo(view, task)).length
  const all = asked.length
  const wanted =
    step.join === 'any' ? 1 : typeof step.join === 'object' ? Math.min(step.join.atLeast, all) : all
  return (
    <span className="sm mut">
      {t('opinions-given', { given, all })}
      {isOpen && wanted < all && ` · ${t('opinions-enough', { count: wanted })}`}
    </span>
  )
}

function Asked({ view, task, opinion }: { view: RequestView; task: Task; opinion: Opinion | undefined }) {
  const t = useTexts(actTexts)
  const local = useLocalized()
  const { url, locale } = usePage()
  const office = view.offices.get(task.office)
  const answer = answerTo(view, task)
  const findings = answer?.data.fields
    ? findingsOf(view.service, answer.data.fields, locale).flatMap(({ items }) => items)
    : []
  const proofs = answer ? proofsSince(view.papers, opinion, view.request.projection) : []
  const holder = task.assignee === undefined ? undefined : view.names.get(task.assignee)
  const place = office ? local(office.name) : task.office
  return (
    <div className="sm">
      <p>
        <b>{opinion ? local(opinion.name) : place}</b>{' '}
        {!answer && (
          <span className="mut">
            {holder ? t('who-at', { name: local(holder.name), office: place }) : place}
          </span>
        )}
      </p>
      {answer ? (
        <>
          <p className="mut">
            <Who view={view} actor={answer.actor} /> · <DateText value={answer.at} form="moment" />
          </p>
          {answer.note && <Written>{answer.note}</Written>}
          {findings.map(({ label, value }) => (
            <p key={label}>
              {label}: <AnswerValue view={view} label={label} value={value} />
            </p>
          ))}
          {proofs.length > 0 && (
            <Row>
              {proofs.map(paper => (
                <a key={paper.documentId} href={url(addresses.document, { id: paper.documentId })}>
                  <bdi>{paper.fileName}</bdi>
                </a>
              ))}
            </Row>
          )}
        </>
      ) : (
        <Row>
          <State view={view} task={task} />
        </Row>
      )}
    </div>
  )
}

function State({ view, task }: { view: RequestView; task: Task }) {
  const t = useTexts(actTexts)
  const { now } = usePage()
  if (task.state === 'closed') return <Flag icon="back">{t('opinion-unneeded')}</Flag>
  const isSeen = view.request.seenTasks?.includes(task.id) ?? false
  const late = task.dueAt !== undefined && task.dueAt < now && task.state !== 'waiting'
  return (
    <Flag icon={late ? 'warn' : isSeen ? 'eye' : 'clock'} tone={late ? 'sumac' : 'honey'}>
      {t(
        task.state === 'waiting'
          ? 'opinion-held'
          : task.state === 'referred'
            ? 'opinion-asked-on'
            : late
              ? 'opinion-late'
              : isSeen
                ? 'opinion-seen'
                : 'opinion-unread',
      )}
      {task.dueAt && task.state !== 'waiting' && (
        <>
          {' · '}
          {t('chain-due')} <DateText value={task.dueAt} />
        </>
      )}
    </Flag>
  )
}
