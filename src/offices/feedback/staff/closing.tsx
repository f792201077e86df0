import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { type Fault, InvalidInput } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import {
  Button,
  CheckField,
  Crumbs,
  Form,
  faultOf,
  Head,
  LongTextField,
  Pane,
  PersonName,
  Read,
  SelectField,
  Stack,
  StaffLayout,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { getRequest, requestNumber } from '../../requests/index.ts'
import { type ClosedTo, closedTo, closeTo, openTo } from '../closing.ts'
import { type Colleague, colleaguesOn } from '../colleagues.ts'
import { tidy } from '../model.ts'
import { feedbackText, feedbackTexts } from '../strings.ts'

/** GET: whom a request is closed to, and the form that closes it to one more. */
export async function showClosing(call: Call, faults: readonly Fault[] = []): Promise<Response> {
  const id = idParam(call, 'id')
  const view = await read(call, async tx => ({
    number: requestNumber(await getRequest(tx, id)),
    closed: await closedTo(tx, call.visitor.actor, id),
    colleagues: await colleaguesOn(tx, dateIn(tx.now, call.town.timeZone)),
  }))
  const title = feedbackText(call.locale, 'close-title', { number: view.number })
  return showPage(
    call,
    <StaffLayout title={title} faults={[...faults]}>
      <Closing {...view} id={id} title={title} typed={name => typedText(call, name)} faults={faults} />
    </StaffLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: closes it to somebody, or opens it again. */
export async function saveClosing(call: Call): Promise<Response> {
  const requestId = idParam(call, 'id')
  const { actor } = call.visitor
  const staffId = typedText(call, 'staff')
  const opens = typedText(call, 'act') === 'open'
  if (!isId(staffId)) return showClosing(call, [{ field: 'staff', code: 'staff-missing' }])
  try {
    const answer = await write(call, async tx => {
      if (opens) await openTo(tx, { requestId, staffId, actor })
      else {
        const superiors = typedText(call, 'superiors') === 'yes'
        const reason = tidy(typedText(call, 'reason'))
        await closeTo(tx, call, { requestId, staffIds: [staffId], superiors, reason, actor })
      }
      return { redirect: url(call, addresses.requestClosing, { id: requestId }) }
    })
    flash(call, { text: feedbackText(call.locale, opens ? 'close-opened' : 'close-saved') })
    return answer
  } catch (error) {
    if (error instanceof InvalidInput) return showClosing(call, error.faults)
    throw error
  }
}

function Closing({
  id,
  title,
  number,
  closed,
  colleagues,
  typed,
  faults,
}: {
  id: string
  title: string
  number: string
  closed: ClosedTo[]
  colleagues: Colleague[]
  typed: (name: string) => string
  faults: readonly Fault[]
}) {
  const t = useTexts(feedbackTexts)
  const local = useLocalized()
  const { url } = usePage()
  const action = url(addresses.requestClosing, { id })
  return (
    <Read>
      <Crumbs links={[{ href: url(addresses.officeRequest, { id }), label: t('close-back', { number }) }]} />
      <Head title={title} sub={t('close-sub')} />
      <Stack>
        <Pane id="closed" title={t('close-now')}>
          {closed.length === 0 && <p className="sm mut">{t('close-none')}</p>}
          <ul className="lines">
            {closed.map(each => (
              <li key={each.staffId}>
                <div className="row apart">
                  <PersonName>{local(each.name)}</PersonName>
                  <Form action={action} hidden={{ act: 'open', staff: each.staffId }} inline>
                    <Button variant="plain">{t('close-open')}</Button>
                  </Form>
                </div>
                <small className="mut line-note">
                  <bdi>{each.reason}</bdi>
                </small>
              </li>
            ))}
          </ul>
        </Pane>
        <Pane id="close" title={t('close-save')} tone="stop">
          <Form action={action}>
            <SelectField
              name="staff"
              label={t('close-staff')}
              value={typed('staff')}
              width="full"
              fault={faultOf(faults, 'staff')}
              options={colleagues.map(each => ({
                value: each.id,
                label: `${local(each.name)} · ${local(each.title)}`,
              }))}
            />
            <CheckField
              name="superiors"
              label={t('close-superiors')}
              checked={typed('superiors') === 'yes'}
            />
            <LongTextField
              name="reason"
              label={t('close-reason')}
              value={typed('reason')}
              maxLength={500}
              fault={faultOf(faults, 'reason')}
            />
            <Button variant="stop">{t('close-save')}</Button>
          </Form>
        </Pane>
      </Stack>
    </Read>
  )
}
