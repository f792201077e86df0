import { addresses } from '../../../lib/addresses.ts'
import { type Fault, InvalidInput, NotFound } from '../../../lib/errors.ts'
import {
  ChoiceField,
  Confirm,
  Crumbs,
  faultOf,
  Head,
  LongTextField,
  Note,
  StaffLayout,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { lookInto } from '../../looks/index.ts'
import { requestNumbers } from '../store.ts'
import { type Assignable, assign, assignable } from './assign.ts'
import { giveReason } from './overtaking.ts'
import { floorText, floorTexts } from './strings.ts'

/** GET: whom a task could be given to. */
export async function showAssign(call: Call, faults: readonly Fault[] = []): Promise<Response> {
  const task = await read(call, async tx => {
    const found = await assignable(tx, call, call.visitor.actor, idParam(call, 'task'))
    const { applicantId: personId, requestId } = found
    const seen = { personId, requestId, subjectKind: 'request', subjectId: requestId }
    await lookInto(call, tx, { ...seen, cause: floorText('ar', 'assign-save') }, { kind: 'task' })
    return found
  })
  const typed = { staff: typedText(call, 'staff'), reason: typedText(call, 'reason') }
  return showPage(
    call,
    <AssignPage task={task} typed={typed} faults={faults} />,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: gives it. */
export async function saveAssign(call: Call): Promise<Response> {
  const taskId = idParam(call, 'task')
  const { actor } = call.visitor
  const task = await read(call, tx => assignable(tx, call, actor, taskId))
  try {
    const answer = await write(call, async tx => {
      await assign(tx, call, {
        taskId,
        staffId: typedText(call, 'staff'),
        reason: typedText(call, 'reason'),
        actor,
      })
      return { redirect: url(call, addresses.lateTasks) }
    })
    flash(call, { text: floorText(call.locale, 'assign-saved', { number: task.number }), tone: 'olive' })
    return answer
  } catch (error) {
    if (error instanceof InvalidInput) return showAssign(call, error.faults)
    throw error
  }
}

function AssignPage({
  task,
  typed,
  faults,
}: {
  task: Assignable
  typed: { staff: string; reason: string }
  faults: readonly Fault[]
}) {
  const t = useTexts(floorTexts)
  const local = useLocalized()
  const { url } = usePage()
  const title = t('assign-title', { number: task.number })
  return (
    <StaffLayout title={title} faults={[...faults]}>
      {task.people.length === 0 ? (
        <>
          <Crumbs links={[{ href: url(addresses.lateTasks), label: t('late-title') }]} />
          <Head title={title} />
          <Note>{t('assign-none')}</Note>
        </>
      ) : (
        <Confirm
          title={title}
          action={url(addresses.floorAssign, { task: task.taskId })}
          verb={t('assign-save')}
          back={url(addresses.lateTasks)}
          fields={
            <>
              <ChoiceField
                name="staff"
                label={t('assign-who')}
                value={typed.staff}
                fault={faultOf(faults, 'staff')}
                options={task.people.map(each => ({
                  value: each.id,
                  label: local(each.name),
                  hint: `${local(each.title)} · ${t('assign-open', { count: each.open })}`,
                }))}
              />
              <LongTextField
                name="reason"
                label={t('assign-reason')}
                hint={t('assign-reason-hint')}
                value={typed.reason}
                maxLength={500}
                fault={faultOf(faults, 'reason')}
              />
            </>
          }
        />
      )}
    </StaffLayout>
  )
}

/** GET: why one was served before others. */
export async function showOvertaking(call: Call, faults: readonly Fault[] = []): Promise<Response> {
  const id = idParam(call, 'id')
  const number = (await read(call, tx => requestNumbers(tx, call.visitor.actor, [id]))).get(id)
  if (number === undefined) throw new NotFound('no-such-request')
  const title = floorText(call.locale, 'over-give-title', { number })
  const body = <OvertakingPage id={id} title={title} reason={typedText(call, 'reason')} faults={faults} />
  return showPage(call, body, faults.length > 0 ? 422 : 200)
}

/** POST: writes the reason down. */
export async function saveOvertaking(call: Call): Promise<Response> {
  const requestId = idParam(call, 'id')
  try {
    const answer = await write(call, async tx => {
      await giveReason(tx, { requestId, reason: typedText(call, 'reason'), actor: call.visitor.actor })
      return { redirect: url(call, addresses.floor) }
    })
    flash(call, { text: floorText(call.locale, 'over-saved'), tone: 'olive' })
    return answer
  } catch (error) {
    if (error instanceof InvalidInput) return showOvertaking(call, error.faults)
    throw error
  }
}

function OvertakingPage({
  id,
  title,
  reason,
  faults,
}: {
  id: string
  title: string
  reason: string
  faults: readonly Fault[]
}) {
  const t = useTexts(floorTexts)
  const { url } = usePage()
  return (
    <StaffLayout title={title} faults={[...faults]}>
      <Confirm
        title={title}
        action={url(addresses.floorOvertaking, { id })}
        verb={t('over-save')}
        back={url(addresses.floor)}
        fields={
          <LongTextField
            name="reason"
            label={t('over-reason')}
            value={reason}
            maxLength={500}
            fault={faultOf(faults, 'reason')}
          />
        }
      />
    </StaffLayout>
  )
}
