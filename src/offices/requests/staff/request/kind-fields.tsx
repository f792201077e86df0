import { addWorkingDays, dateIn } from '../../../../lib/calendar.ts'
import { shortDate } from '../../../../lib/dates.ts'
import {
  DateField,
  faultOf,
  LongTextField,
  Note,
  SelectField,
  TextField,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import type { FieldsProps } from './fields.tsx'
import { halfHours, kindField } from './kind-read.ts'
import { actTexts } from './strings.ts'
import { typedOne } from './typed.ts'

/** When somebody comes to see the place; the next working day lies ready. */
export function AppointFields({ view, shown, call }: FieldsProps) {
  const t = useTexts(actTexts)
  const page = usePage()
  const { calendar, timeZone } = call.town
  const given = view.task?.appointment
  const soonest = given?.from ?? addWorkingDays(calendar, page.now, 1)
  const clock = (at: Date | undefined) =>
    at && new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at)
  const wasSent = Object.keys(shown.typed).length > 0
  const typedOr = (name: string, otherwise: string) => (wasSent ? typedOne(shown.typed, name) : otherwise)
  const step = view.service.definition.steps.find(({ id }) => id === view.task?.step)
  const times = halfHours.map(time => ({ value: time, label: time }))
  return (
    <>
      <DateField
        name={kindField.day}
        label={t('appoint-day')}
        value={typedOr(kindField.day, shortDate(dateIn(soonest, timeZone), page))}
        fault={faultOf(shown.faults, kindField.day)}
        tight
      />
      <SelectField
        name={kindField.from}
        label={t('appoint-from')}
        options={times}
        value={typedOr(kindField.from, clock(given?.from) ?? '')}
        fault={faultOf(shown.faults, kindField.from)}
        tight
      />
      <SelectField
        name={kindField.to}
        label={t('appoint-to')}
        options={times}
        value={typedOr(kindField.to, clock(given?.to) ?? '')}
        fault={faultOf(shown.faults, kindField.to)}
        tight
      />
      <Note icon="clock" small>
        {t(step?.presence === 'not-needed' ? 'appoint-note-alone' : 'appoint-note')}
      </Note>
    </>
  )
}

/** The session of a committee, and what it decided. */
export function SessionFields({ view, shown }: FieldsProps) {
  const t = useTexts(actTexts)
  const kind = view.service.definition.steps.find(({ id }) => id === view.task?.step)?.kind
  if (kind !== 'committee' || view.task?.purpose !== 'step') return null
  return (
    <>
      <TextField
        name={kindField.number}
        label={t('session-number')}
        hint={t('session-number-hint')}
        value={typedOne(shown.typed, kindField.number)}
        fault={faultOf(shown.faults, kindField.number)}
        maxLength={40}
        width="short"
        tight
      />
      <DateField
        name={kindField.sessionDay}
        label={t('session-day')}
        value={typedOne(shown.typed, kindField.sessionDay)}
        fault={faultOf(shown.faults, kindField.sessionDay)}
        tight
      />
      <LongTextField
        name={kindField.decision}
        label={t('session-decision')}
        hint={t('session-decision-hint')}
        rows={3}
        maxLength={2000}
        value={typedOne(shown.typed, kindField.decision)}
        fault={faultOf(shown.faults, kindField.decision)}
        tight
      />
    </>
  )
}
