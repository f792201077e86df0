import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Button,
  ChoiceField,
  Columns,
  DateText,
  Empty,
  Form,
  faultOf,
  Head,
  LinkButton,
  LiveRegion,
  Note,
  Num,
  Pane,
  PhoneField,
  SelectField,
  Stack,
  StaffLayout,
  TextField,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Ground, type Purpose, turnName, type Visit } from '../model.ts'
import { type VisitText, visitTexts } from '../strings.ts'
import { hallTopic, type Strip, VisitStrip } from './strip.tsx'

export type QueueView = {
  strip: Strip | undefined
  waiting: Visit[]
  missed: Visit[]
  purposes: Purpose[]
  grounds: Ground[]
  /** The screen at the door, with its key. */
  door: string
  mayReadTexts: boolean
  typed: Record<string, string>
  faults?: readonly Fault[]
  refusal?: VisitText
}

const readyReasons = ['reason-urgent', 'reason-returning', 'reason-frail', 'reason-short'] as const

/** `/counter/visits`. */
export function QueuePage({ view }: { view: QueueView }) {
  const t = useTexts(visitTexts)
  const { url } = usePage()
  return (
    <StaffLayout title={t('queue')} faults={view.faults}>
      {view.strip && <VisitStrip strip={view.strip} />}
      <Head
        title={t('queue')}
        sub={t('strip-waiting-all', { count: view.waiting.length })}
        actions={
          <>
            <LinkButton href={view.door} variant="quiet" newTab>
              {t('open-door')}
            </LinkButton>
            {view.mayReadTexts && (
              <LinkButton href={url(addresses.incoming)} variant="quiet">
                {t('open-texts')}
              </LinkButton>
            )}
            <LinkButton href={url(addresses.hall)} variant="quiet" newTab>
              {t('open-hall')}
            </LinkButton>
          </>
        }
      />
      {view.refusal && (
        <div className="flash">
          <Note tone="sumac">{t(view.refusal)}</Note>
        </div>
      )}
      <Columns
        side={
          <Stack>
            <Give view={view} />
            <Missed view={view} />
          </Stack>
        }
      >
        <LiveRegion topic={hallTopic}>
          <OutOfTurn view={view} />
        </LiveRegion>
      </Columns>
    </StaffLayout>
  )
}

function OutOfTurn({ view: { waiting, purposes, grounds, typed, faults = [], strip } }: { view: QueueView }) {
  const t = useTexts(visitTexts)
  const local = useLocalized()
  const { url } = usePage()
  if (waiting.length === 0)
    return (
      <Empty title={t('nobody-waits')} level={2}>
        {t('nobody-waits-next')}
      </Empty>
    )
  const options = waiting.map(visit => {
    const purpose = purposes.find(each => each.code === visit.purpose)
    const ground = grounds.find(each => each.code === visit.ground)
    return {
      value: visit.id,
      label: <Num>{turnName(visit)}</Num>,
      hint: (
        <>
          {purpose && local(purpose.name)} {'\u00b7'} {t('since')}{' '}
          <DateText value={visit.takenAt} form="time" />
          {ground && ` \u00b7 ${local(ground.name)}`}
          {visit.returnedAt && ` \u00b7 ${t('returned')}`}
        </>
      ),
    }
  })
  return (
    <Form action={url(addresses.counterVisits)} hidden={{ do: 'out-of-turn' }}>
      <Pane id="waiting" title={t('out-of-turn')} aside={t('out-of-turn-sub')}>
        <ChoiceField
          name="visit"
          label={t('whom')}
          options={options}
          columns={2}
          value={typed.visit}
          fault={faultOf(faults, 'visit')}
        />
        <SelectField
          name="ready"
          label={t('reason-ready')}
          none={t('reason-none')}
          value={typed.ready}
          options={readyReasons.map(each => ({ value: t(each), label: t(each) }))}
        />
        <TextField
          name="reason"
          label={t('reason')}
          hint={t('reason-hint')}
          value={typed.reason}
          maxLength={300}
          fault={faultOf(faults, 'reason')}
        />
        <Button
          variant="quiet"
          icon="call"
          disabledBecause={
            !strip?.window ? t('refused-no-window') : strip.visit ? t('refused-visit-open') : undefined
          }
        >
          {t('call-out-of-turn')}
        </Button>
      </Pane>
    </Form>
  )
}

function Give({ view: { purposes, grounds, typed, faults = [] } }: { view: QueueView }) {
  const t = useTexts(visitTexts)
  const local = useLocalized()
  const { url } = usePage()
  const open = purposes.filter(each => each.open)
  return (
    <Form action={url(addresses.counterVisits)} hidden={{ do: 'give' }}>
      <Pane id="give" title={t('give')}>
        <SelectField
          name="purpose"
          label={t('purpose')}
          value={typed.purpose ?? open[0]?.code}
          options={open.map(each => ({ value: each.code, label: local(each.name) }))}
        />
        <SelectField
          name="ground"
          label={t('ground')}
          none={t('ground-none')}
          value={typed.ground}
          options={grounds
            .filter(each => each.open)
            .map(each => ({ value: each.code, label: local(each.name) }))}
        />
        <PhoneField
          name="phone"
          label={t('phone')}
          optional
          value={typed.phone}
          fault={faultOf(faults, 'phone')}
        />
        <Button variant="quiet">{t('give-turn')}</Button>
      </Pane>
    </Form>
  )
}

function Missed({ view: { missed } }: { view: QueueView }) {
  const t = useTexts(visitTexts)
  const { url } = usePage()
  if (missed.length === 0) return null
  return (
    <Pane id="missed" title={t('missed')}>
      <Stack gap="small">
        {missed.map(visit => (
          <Form
            key={visit.id}
            action={url(addresses.counterVisits)}
            hidden={{ do: 'came-back', visit: visit.id }}
          >
            <p className="row apart">
              <b>
                <Num>{turnName(visit)}</Num>
              </b>
              <Button variant="quiet">{t('came-back')}</Button>
            </p>
          </Form>
        ))}
      </Stack>
    </Pane>
  )
}
