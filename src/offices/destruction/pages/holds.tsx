import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import type { Fault } from '../../../lib/errors.ts'
import { InvalidInput } from '../../../lib/errors.ts'
import {
  Button,
  ChoiceField,
  DateField,
  DateText,
  Empty,
  Flag,
  Form,
  faultOf,
  Head,
  LongTextField,
  Num,
  Pane,
  PersonName,
  Stack,
  StaffLayout,
  TextField,
  usePage,
  useTexts,
  Zones,
} from '../../../ui/index.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { orFaults } from '../../../web/refused.ts'
import { staffById } from '../../people/index.ts'
import { endHold, type Hold, heldKinds, holdsOf, placeHold } from '../holds.ts'
import { destructionText, destructionTexts } from '../strings.ts'
import { findHeld } from './find-held.ts'
import { dayIn, isReason, staffIn, words } from './read.ts'
import { type Names, nameOf, RecordTabs } from './words.tsx'

type View = {
  holds: Hold[]
  names: Names
  today: string
  mayHold: boolean
  /** The one whose end is asked about. */
  ending: string | undefined
  typed: (name: string) => string
  faults: readonly Fault[]
}

/** GET: what is held by order, and the form that holds something more. */
export async function showHolds(call: Call, faults: readonly Fault[] = []): Promise<Response> {
  const seen = await read(call, async tx => {
    const holds = await holdsOf(tx)
    return {
      holds,
      names: await staffById(
        tx,
        holds.map(each => each.placedBy),
      ),
    }
  })
  const view: View = {
    ...seen,
    faults,
    today: dateIn(call.now, call.town.timeZone),
    typed: name => typedText(call, name),
    mayHold: may(call.visitor.actor, 'destruction.hold'),
    ending: call.params.hold ?? call.query.end,
  }
  return showPage(
    call,
    <StaffLayout title={destructionText(call.locale, 'holds')} faults={faults}>
      <HoldsPage {...view} />
    </StaffLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: holds something back from now on. */
export async function sendHold(call: Call): Promise<Response> {
  const kind = heldKinds.find(each => each === typedText(call, 'kind'))
  const reason = words(call, 'reason')
  const until = dayIn(call, 'until')
  const faults: Fault[] = [
    ...(kind ? [] : [{ field: 'kind', code: 'not-an-option' }]),
    ...(isReason(reason) ? [] : [{ field: 'reason', code: 'reason-missing' }]),
    ...(until === 'bad' ? [{ field: 'until', code: 'not-a-date' }] : []),
  ]
  if (!kind || faults.length > 0) return showHolds(call, faults)
  const done = await orFaults('number', () =>
    write(call, async tx => {
      const subject = await findHeld(tx, call.house.crypto, kind, typedText(call, 'number'), 'ar')
      if (!subject) throw new InvalidInput([{ field: 'number', code: 'held-unknown' }])
      const { id: subjectId, label } = subject
      const to = until === 'missing' || until === 'bad' ? undefined : until
      await placeHold(tx, { kind, subjectId, label, reason, until: to }, staffIn(call))
      return { redirect: url(call, addresses.legalHolds) }
    }),
  )
  if (!done.answer) return showHolds(call, done.faults)
  flash(call, { text: destructionText(call.locale, 'hold-placed'), tone: 'olive' })
  return done.answer
}

/** POST: ends a hold, with why. */
export async function sendHoldEnd(call: Call): Promise<Response> {
  const why = words(call, 'why')
  if (!isReason(why)) return showHolds(call, [{ field: 'why', code: 'reason-missing' }])
  const answer = await write(call, async tx => {
    await endHold(tx, idParam(call, 'hold'), why, staffIn(call))
    return { redirect: url(call, addresses.legalHolds) }
  })
  flash(call, { text: destructionText(call.locale, 'hold-ended') })
  return answer
}

function HoldsPage(view: View) {
  const t = useTexts(destructionTexts)
  const ended = view.holds.find(each => each.id === view.ending && !each.ended)
  return (
    <>
      <RecordTabs here="holds" mayHold={view.mayHold} />
      <Head title={t('holds')} sub={t('holds-sub')} />
      <Zones kind="wide">
        <HoldList {...view} />
        {view.mayHold && (ended ? <EndForm {...view} hold={ended} /> : <HoldForm {...view} />)}
      </Zones>
    </>
  )
}

function HoldList({ holds, names, today, mayHold }: View) {
  const t = useTexts(destructionTexts)
  const { locale, url } = usePage()
  if (holds.length === 0) return <Empty title={t('hold-none')} level={2} />
  return (
    <Stack>
      {holds.map(hold => (
        <Pane key={hold.id} id={`h-${hold.id}`} title={<Num>{hold.label}</Num>} icon="lock">
          <p>
            <bdi>{hold.reason}</bdi>
          </p>
          <p className="sm mut">
            <PersonName>{nameOf(names, hold.placedBy, locale)}</PersonName> ·{' '}
            <DateText value={hold.placedAt} />
            {hold.until && (
              <>
                {' '}
                · {t('hold-until')} <DateText value={hold.until} form="paper" />
              </>
            )}
          </p>
          {hold.ended ? (
            <Flag icon="ok">
              {t('hold-ended')} {hold.ended.why}
            </Flag>
          ) : hold.until && hold.until < today ? (
            <Flag icon="clock">{t('hold-expired')}</Flag>
          ) : (
            mayHold && <a href={`${url(addresses.legalHolds, {}, { end: hold.id })}#new`}>{t('hold-end')}</a>
          )}
        </Pane>
      ))}
    </Stack>
  )
}

function HoldForm(view: View) {
  const t = useTexts(destructionTexts)
  const { url } = usePage()
  const field = (name: string) => ({ name, value: view.typed(name), fault: faultOf(view.faults, name) })
  return (
    <Pane id="new" title={t('hold-new')} icon="lock">
      <Form action={url(addresses.legalHolds)}>
        <ChoiceField
          {...field('kind')}
          value={view.typed('kind') || 'request'}
          label={t('hold-kind')}
          options={heldKinds.map(value => ({ value, label: t(`hold-${value}`) }))}
        />
        <TextField {...field('number')} label={t('hold-number')} maxLength={200} ltr />
        <LongTextField {...field('reason')} label={t('hold-reason')} rows={2} maxLength={300} />
        <DateField {...field('until')} label={t('hold-until')} hint={t('hold-until-hint')} optional />
        <Button>{t('hold-place')}</Button>
      </Form>
    </Pane>
  )
}

function EndForm({ hold, typed, faults }: View & { hold: Hold }) {
  const t = useTexts(destructionTexts)
  const { url } = usePage()
  return (
    <Pane id="new" title={t('hold-end')} icon="lock">
      <p>
        <Num>{hold.label}</Num> · <bdi>{hold.reason}</bdi>
      </p>
      <Form action={url(addresses.legalHoldEnd, { hold: hold.id })}>
        <TextField
          name="why"
          label={t('hold-end-why')}
          maxLength={300}
          value={typed('why')}
          fault={faultOf(faults, 'why')}
        />
        <Button variant="stop">{t('hold-end')}</Button>
      </Form>
    </Pane>
  )
}
