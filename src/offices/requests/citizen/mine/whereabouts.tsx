import type { CompiledService, RuleValues } from '../../../../kernel/definition/index.ts'
import { requiredPapers } from '../../../../kernel/papers/index.ts'
import { findStep, type Projection, type Task } from '../../../../kernel/workflow/index.ts'
import { DateText, Note, PhoneText, Say, useLocalized, usePage, useTexts } from '../../../../ui/index.ts'
import { citizenTexts } from '../strings.ts'

type Props = { service: CompiledService; projection: Projection; values: RuleValues }

/** Where a request is that lies with others outside, is to be visited, or waits for its parts: in the words of its applicant. */
export function Whereabouts({ service, projection, values }: Props) {
  const t = useTexts(citizenTexts)
  const step = findStep(service, projection.step)
  const task = projection.tasks.findLast(each => each.purpose === 'step' && each.step === step?.id)
  if (!step || !task || projection.missingPapers.length > 0) return null
  if (step.kind === 'outside') return <Outside service={service} task={task} />
  if (step.kind === 'site-visit') return <Visit service={service} task={task} values={values} />
  return step.kind === 'parts' ? <Note icon="half">{t('turn-parts')}</Note> : null
}

function Outside({ service, task }: { service: CompiledService; task: Task }) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { now } = usePage()
  const body = local(service.step(task.step).body ?? { ar: '', en: '' })
  if (!task.dueAt || task.dueAt < now) return <Note tone="fig">{t('turn-outside-late', { body })}</Note>
  return (
    <Note tone="fig">
      <Say>{t('turn-outside', { body })}</Say> <DateText value={task.dueAt} form="long" />.{' '}
      {t('turn-outside-after')}
    </Note>
  )
}

/** Day and hour, who has to be there, and what to have ready. */
function Visit({ service, task, values }: { service: CompiledService; task: Task; values: RuleValues }) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { now, town } = usePage()
  const { appointment } = task
  if (!appointment) return <Note icon="cal">{t('visit-to-come')}</Note>
  if (appointment.to < now) return <Note icon="half">{t('visit-over')}</Note>
  const originals = requiredPapers(service, values).filter(({ original }) => original)
  const needed = service.step(task.step).presence !== 'not-needed'
  return (
    <Note tone="honey" icon="cal" title={t('visit-title')}>
      <p>
        <b>
          <DateText value={appointment.from} form="long" />
        </b>{' '}
        {t('visit-between')} <DateText value={appointment.from} form="time" /> {t('visit-and')}{' '}
        <DateText value={appointment.to} form="time" />.
      </p>
      <p>{t(needed ? 'visit-be-there' : 'visit-alone')}</p>
      {needed && originals.length > 0 && (
        <p>{t('visit-ready', { papers: originals.map(({ name }) => local(name)).join('، ') })}</p>
      )}
      <p className="sm mut">
        {t('visit-change')} <PhoneText value={town.phone} call />
      </p>
    </Note>
  )
}
