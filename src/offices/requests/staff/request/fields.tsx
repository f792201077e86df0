import type { ReactNode } from 'react'
import type { ActName } from '../../../../kernel/definition/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { addDays, dateIn, hoursOn } from '../../../../lib/calendar.ts'
import { relativeDate, shortDate } from '../../../../lib/dates.ts'
import {
  AskList,
  ChoiceField,
  DateField,
  faultOf,
  LongTextField,
  Note,
  Phrases,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { HandOverFields, SignFields } from './finish-fields.tsx'
import { GroundField } from './ground-field.tsx'
import { AppointFields, SessionFields } from './kind-fields.tsx'
import type { RequestPageProps } from './page.tsx'
import { deferDays, field, typedAll, typedOne } from './read-act.ts'
import { ReferFields } from './refer-fields.tsx'
import { StepFields } from './step-fields.tsx'
import { StepProofs } from './step-proofs.tsx'
import { actTexts } from './strings.ts'
import { SupplyFields } from './supply-fields.tsx'

export type FieldsProps = RequestPageProps & { act: ActName }

/** The fields of an act. */
export function ActFields(props: FieldsProps): ReactNode {
  switch (props.act) {
    case 'ask-papers':
      return <AskFields {...props} />
    case 'refer':
      return <ReferFields {...props} />
    case 'defer':
      return <DeferFields {...props} />
    case 'return':
      return <ReturnFields {...props} />
    case 'sign':
      return <SignFields {...props} />
    case 'hand-over':
      return <HandOverFields {...props} />
    case 'supply-papers':
      return <SupplyFields {...props} />
    case 'appoint':
      return (
        <>
          <AppointFields {...props} />
          <NoteField {...props} />
        </>
      )
    case 'approve':
    case 'run-effect':
    case 'opine':
    case 'record':
    case 'answer':
      return (
        <>
          {props.act === 'approve' && <SessionFields {...props} />}
          <StepFields {...props} />
          <StepProofs {...props} />
          <NoteField {...props} />
        </>
      )
    case 'reject':
      return (
        <>
          <SessionFields {...props} />
          <GroundField {...props} />
          <NoteField {...props} />
        </>
      )
    default:
      return <NoteField {...props} />
  }
}

const reasons: readonly ActName[] = ['reject', 'withdraw', 'reopen', 'return', 'pay', 'missed']

/** The note, called by what it is for in this act. */
export function NoteField({ view, act, shown }: FieldsProps) {
  const t = useTexts(actTexts)
  const { url } = usePage()
  const needed = view.acts.find(({ name }) => name === act)?.needs.note === 'required' || act === 'pay'
  return (
    <>
      <LongTextField
        name={field.note}
        label={t(
          act === 'missed'
            ? 'missed-what'
            : act === 'refer-back' || act === 'opine'
              ? 'your-opinion'
              : reasons.includes(act)
                ? 'reason'
                : 'note',
        )}
        hint={act === 'reject' ? t('reason-reject-hint') : act === 'pay' ? t('except-hint') : undefined}
        optional={!needed}
        rows={reasons.includes(act) || act === 'refer-back' || act === 'opine' ? 3 : 2}
        maxLength={2000}
        value={typedOne(shown.typed, field.note)}
        fault={faultOf(shown.faults, field.note)}
        tight
      />
      <Phrases
        phrases={view.phrases}
        field={field.note}
        name={field.phrase}
        value={typedOne(shown.typed, field.phrase)}
        manage={url(addresses.myDesk)}
      />
    </>
  )
}

function AskFields(props: FieldsProps) {
  const { view, shown } = props
  const t = useTexts(actTexts)
  const local = useLocalized()
  const { service, request, surroundings } = view
  const values = surroundings.values(request.projection.stepFields)
  const chosen = typedAll(shown.typed, field.paper)
  // Papers these answers call for come first; any other of the service can be asked for all the same.
  const asked = service.papers.filter(({ id, applies }) => applies(values) || chosen.includes(id))
  const others = service.papers.filter(each => !asked.includes(each))
  const option = ({ id, paper }: (typeof service.papers)[number]) => ({
    value: id,
    label: local(paper.name),
    chosen: chosen.includes(id),
    words: {
      name: field.words(id),
      label: t('what-is-missing', { paper: local(paper.name) }),
      value: typedOne(shown.typed, field.words(id)),
    },
  })
  return (
    <>
      <AskList
        name={field.paper}
        label={t('which-papers')}
        hint={t('which-papers-hint')}
        options={asked.map(option)}
        fault={faultOf(shown.faults, field.paper)}
        tight
      />
      {others.length > 0 && (
        <details className="mb-s">
          <summary className="sm">{t('other-papers')}</summary>
          <AskList
            name={field.paper}
            label={t('other-papers')}
            labelHidden
            options={others.map(option)}
            tight
          />
        </details>
      )}
    </>
  )
}

function DeferFields(props: FieldsProps) {
  const { shown, call } = props
  const t = useTexts(actTexts)
  const page = usePage()
  const { calendar, timeZone } = call.town
  const today = dateIn(page.now, timeZone)
  const days: string[] = []
  for (let date = addDays(today, 1); days.length < Math.max(...deferDays); date = addDays(date, 1)) {
    if (hoursOn(calendar, date)) days.push(date)
  }
  const options = deferDays.flatMap(count => {
    const date = days[count - 1]
    return date
      ? [
          {
            value: date,
            label: relativeDate(date, today, page),
            hint: t('in-working-days', { count, date: shortDate(date, page) }),
          },
        ]
      : []
  })
  const typed = typedOne(shown.typed, field.when)
  const { task, service } = props.view
  const stands =
    task?.purpose === 'step' &&
    service.definition.steps.find(({ id }) => id === task.step)?.deferral === 'stands'
  return (
    <>
      <ChoiceField
        name={field.when}
        label={t('until-when')}
        value={typed || options[0]?.value}
        options={[...options, { value: 'other', label: t('another-day') }]}
        columns={2}
        fault={faultOf(shown.faults, field.when)}
        tight
      />
      <DateField
        name={field.date}
        label={t('which-day')}
        optional
        value={typedOne(shown.typed, field.date)}
        fault={faultOf(shown.faults, field.date)}
        tight
      />
      <NoteField {...props} />
      <Note tone="honey" icon="clock" small>
        {t(stands ? 'defer-note-stands' : 'defer-note')}
      </Note>
    </>
  )
}

function ReturnFields(props: FieldsProps) {
  const { view, shown } = props
  const t = useTexts(actTexts)
  const local = useLocalized()
  const steps = view.acts.find(({ name }) => name === 'return')?.needs.steps ?? []
  const typed = typedOne(shown.typed, field.step) || (steps.length === 1 ? steps[0] : undefined)
  return (
    <>
      <ChoiceField
        name={field.step}
        label={t('return-to')}
        value={typed}
        options={steps.map(id => {
          const step = view.service.step(id)
          const office = view.offices.get(step.office)
          return { value: id, label: local(step.name), hint: office && local(office.name) }
        })}
        fault={faultOf(shown.faults, field.step)}
        tight
      />
      <NoteField {...props} />
    </>
  )
}
