import { addresses } from '../../../lib/addresses.ts'
import {
  Button,
  DateField,
  DateText,
  FileField,
  Flag,
  Form,
  faultOf,
  LongTextField,
  Pane,
  PersonName,
  Row,
  TextField,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { whyNotDecide } from '../acts.ts'
import { destructionTexts } from '../strings.ts'
import type { ActView } from './act.tsx'
import { nameOf } from './words.tsx'

/** The minutes, or where whoever proposed gives them. */
export function MinutesPane({ act, me, typed, faults }: ActView) {
  const t = useTexts(destructionTexts)
  const { url } = usePage()
  if (act.minutes)
    return (
      <Pane id="minutes" title={t('minutes')} icon="doc">
        <p>
          {t('minutes-line', { number: act.minutes.number })}{' '}
          <DateText value={act.minutes.date} form="paper" />
        </p>
        <a href={url(addresses.destructionPaper, { act: act.id, paper: 'minutes' })}>{t('minutes-open')}</a>
      </Pane>
    )
  return (
    <Pane id="minutes" title={t('minutes')} icon="doc">
      <p className="mut">{t('minutes-none')}</p>
      {act.state === 'proposed' && act.proposedBy === me && (
        <Form action={url(addresses.destructionMinutes, { act: act.id })} files>
          <TextField
            name="number"
            label={t('minutes-number')}
            maxLength={40}
            value={typed('number')}
            fault={faultOf(faults, 'number')}
          />
          <DateField
            name="date"
            label={t('minutes-date')}
            value={typed('date')}
            fault={faultOf(faults, 'date')}
          />
          <FileField name="paper" label={t('minutes-paper')} noCamera fault={faultOf(faults, 'paper')} />
          <Button>{t('minutes-give')}</Button>
        </Form>
      )}
    </Pane>
  )
}

/** Who decides, and what each said. */
export function CommitteePane({ act, names }: ActView) {
  const t = useTexts(destructionTexts)
  const { locale } = usePage()
  return (
    <Pane id="committee" title={t('committee')} icon="users">
      <ul className="lines">
        {act.members.map(({ staffId, approved, decidedAt, note }) => (
          <li key={staffId}>
            <PersonName strong>{nameOf(names, staffId, locale)}</PersonName>{' '}
            <small className="mut">{names.get(staffId)?.title[locale]}</small>
            <br />
            <Flag
              icon={approved === undefined ? 'clock' : approved ? 'ok' : 'no'}
              tone={approved === undefined ? undefined : approved ? 'olive' : 'sumac'}
            >
              {t(approved === undefined ? 'member-waits' : approved ? 'member-approved' : 'member-refused')}
            </Flag>{' '}
            {decidedAt && <DateText value={decidedAt} form="moment" />} {note && <bdi>{note}</bdi>}
          </li>
        ))}
      </ul>
    </Pane>
  )
}

/** A member's own decision. */
export function DecidePane({ act, me, typed, faults }: ActView) {
  const t = useTexts(destructionTexts)
  const { url } = usePage()
  const stands = whyNotDecide(act, me)
  if (stands !== undefined && stands !== 'minutes-missing') return null
  return (
    <Pane id="decide" title={t('decide')} icon="scale">
      <p>{t('decide-text')}</p>
      <Form action={url(addresses.destructionDecide, { act: act.id })}>
        <LongTextField
          name="note"
          label={t('decide-note')}
          rows={2}
          maxLength={300}
          optional
          value={typed('note')}
          fault={faultOf(faults, 'note')}
        />
        <Row>
          {stands === undefined && (
            <Button name="do" value="approve">
              {t('decide-approve')}
            </Button>
          )}
          <Button name="do" value="refuse" variant="stop">
            {t('decide-refuse')}
          </Button>
        </Row>
      </Form>
    </Pane>
  )
}

/** A member stops it while it rests, whoever proposed takes it back before it was decided. */
export function StopPane({ act, me, typed, faults }: ActView) {
  const t = useTexts(destructionTexts)
  const { url } = usePage()
  const stops = act.state === 'resting' && act.members.some(each => each.staffId === me)
  const withdraws = act.proposedBy === me && (act.state === 'counting' || act.state === 'proposed')
  if (!stops && !withdraws) return null
  const label = t(stops ? 'stop' : 'withdraw')
  return (
    <Pane id="stop" title={label} icon="no">
      <Form action={url(addresses.destructionStop, { act: act.id })}>
        <TextField
          name="why"
          label={t('stop-why')}
          maxLength={300}
          value={typed('why')}
          fault={faultOf(faults, 'why')}
        />
        <Button variant="stop">{label}</Button>
      </Form>
    </Pane>
  )
}
