import { addresses } from '../../../../lib/addresses.ts'
import {
  Button,
  DateField,
  DateText,
  Form,
  faultOf,
  Note,
  Pane,
  PersonName,
  SelectField,
  TextField,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import type { Absence } from '../../../people/index.ts'
import { typedOne } from '../request/read-act.ts'
import { staffTexts } from '../strings.ts'
import type { DeskProps } from './page.tsx'

/** Absences that concern the reader, and the form for another. */
export function AbsencePane(props: DeskProps) {
  const { actor, absences, people, colleagues, offices, shown } = props
  const t = useTexts(staffTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { typed, faults } = shown.form === 'absence' ? shown : { typed: {}, faults: [] }
  const officeOf = (code: string) => {
    const office = offices.find(each => each.code === code)
    return office ? local(office.name) : code
  }
  const named = (list: DeskProps['colleagues']) =>
    list.map(each => ({
      value: each.staffId,
      label: t('person-at', { name: local(each.name), office: officeOf(each.office) }),
    }))
  const once = [...new Map(colleagues.map(each => [each.staffId, each])).values()]
  return (
    <Pane id="absence" title={t('absence-title')} icon="cal">
      {absences.length === 0 && <p className="sm mut">{t('absence-none')}</p>}
      <ul className="lines">
        {absences.map(absence => (
          <Line key={absence.id} absence={absence} {...props} />
        ))}
      </ul>
      <Note small>{t('absence-why')}</Note>
      <div className="mt-s">
        <Form action={url(addresses.deskAbsences)} label={t('absence-enter')}>
          {people.length > 1 ? (
            <SelectField
              name="who"
              label={t('absence-who')}
              options={named(people)}
              value={typedOne(typed, 'who') || actor.staffId}
              fault={faultOf(faults, 'who')}
              width="full"
              tight
            />
          ) : null}
          <DateField
            name="from"
            label={t('absence-from')}
            value={typedOne(typed, 'from')}
            fault={faultOf(faults, 'from')}
            tight
          />
          <DateField
            name="until"
            label={t('absence-until')}
            value={typedOne(typed, 'until')}
            fault={faultOf(faults, 'until')}
            tight
          />
          <SelectField
            name="deputy"
            label={t('absence-deputy')}
            options={named(once)}
            value={typedOne(typed, 'deputy')}
            fault={faultOf(faults, 'deputy')}
            width="full"
            tight
          />
          <TextField
            name="reason"
            label={t('absence-reason')}
            value={typedOne(typed, 'reason')}
            fault={faultOf(faults, 'reason')}
            maxLength={200}
            tight
          />
          <Button variant="quiet" icon="cal">
            {t('absence-enter')}
          </Button>
        </Form>
      </div>
    </Pane>
  )
}

function Line({ absence, actor, people, colleagues }: DeskProps & { absence: Absence }) {
  const t = useTexts(staffTexts)
  const local = useLocalized()
  const { url } = usePage()
  const nameOf = (staffId: string) => {
    const found = colleagues.find(each => each.staffId === staffId)
    return found ? local(found.name) : t('somebody-away')
  }
  const mayEnd = absence.staffId === actor.staffId || people.some(each => each.staffId === absence.staffId)
  return (
    <li>
      <PersonName strong>{nameOf(absence.staffId)}</PersonName>
      <p className="sm">
        <DateText value={absence.from} form="plain" /> – <DateText value={absence.until} form="plain" /> ·{' '}
        {t('absence-stands-in', { name: nameOf(absence.deputyId) })}
      </p>
      <p className="sm mut">
        <bdi>{absence.reason}</bdi>
      </p>
      {mayEnd && (
        <Form action={url(addresses.deskAbsenceEnd, { absence: absence.id })} inline label={t('absence-end')}>
          <Button variant="plain" icon="x">
            {t('absence-end')}
          </Button>
        </Form>
      )}
    </li>
  )
}
