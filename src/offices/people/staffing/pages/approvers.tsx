import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  Button,
  Crumbs,
  Form,
  faultOf,
  Head,
  LongTextField,
  MultipleField,
  Read,
  StaffLayout,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, read, typedList, typedText, url, write } from '../../../../web/call.ts'
import { flash, showPage } from '../../../../web/page.tsx'
import { orFaults } from '../../../../web/refused.ts'
import { todayOf } from '../../offices.ts'
import { staffIdOf } from '../../ways-in/own.ts'
import { approverRoles, approversOn } from '../power.ts'
import { propose } from '../proposals.ts'
import { readReason } from '../read.ts'
import { type StaffingText, staffingText, staffingTexts } from '../strings.ts'

/** GET: which posts approve what gives power. */
export async function showApprovers(call: Call, faults: readonly Fault[] = []): Promise<Response> {
  const now = await read(call, async tx => approversOn(tx, await todayOf(tx)))
  const chosen = faults.length > 0 ? typedList(call, 'roles') : now
  return showPage(
    call,
    <ApproversPage chosen={chosen} reason={typedText(call, 'reason')} faults={faults} />,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: proposes other posts; somebody else approves by those in force. */
export async function proposeApprovers(call: Call): Promise<Response> {
  const roles = approverRoles.filter(role => typedList(call, 'roles').includes(role))
  const reason = readReason(name => typedText(call, name))
  const wrong: Fault[] = [
    ...(roles.length === 0 ? [{ field: 'roles', code: 'approvers-missing' }] : []),
    ...(reason.ok ? [] : reason.faults),
  ]
  if (!reason.ok || wrong.length > 0) return showApprovers(call, wrong)
  const { answer, faults } = await orFaults('roles', () =>
    write(call, async tx => {
      const by = staffIdOf(call)
      const id = await propose(tx, { kind: 'approvers', what: { roles }, reason: reason.value, by })
      return { redirect: url(call, addresses.staffProposal, { proposal: id }) }
    }),
  )
  if (!answer) return showApprovers(call, faults)
  flash(call, { text: staffingText(call.locale, 'proposal-made'), tone: 'info' })
  return answer
}

type View = { chosen: readonly string[]; reason: string; faults: readonly Fault[] }

function ApproversPage({ chosen, reason, faults }: View) {
  const t = useTexts(staffingTexts)
  const page = usePage()
  return (
    <StaffLayout title={t('approvers-title')} faults={faults}>
      <Crumbs links={[{ label: t('title'), href: page.url(addresses.staffList) }]} />
      <Read>
        <Head title={t('approvers-title')} sub={t('approvers-sub')} />
        <Form action={page.url(addresses.staffApprovers)}>
          <MultipleField
            name="roles"
            label={t('approvers-title')}
            labelHidden
            values={chosen}
            options={approverRoles.map(value => ({ value, label: t(`role-${value}` as StaffingText) }))}
            fault={faultOf(faults, 'roles')}
          />
          <LongTextField
            name="reason"
            label={t('form-reason')}
            hint={t('form-reason-hint')}
            value={reason}
            fault={faultOf(faults, 'reason')}
            rows={2}
            maxLength={300}
          />
          <Button>{t('approvers-save')}</Button>
        </Form>
      </Read>
    </StaffLayout>
  )
}
