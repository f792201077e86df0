import { type Address, addresses } from '../../../lib/addresses.ts'
import { idParam, url } from '../../../web/call.ts'
import { redirect } from '../../../web/page.tsx'
import { acts, nothing, type Route, route, staff } from '../../../web/route.ts'
import { passForm, saveAppointment, stopAppointment } from './pages/acts.tsx'
import { proposeApprovers, showApprovers } from './pages/approvers.tsx'
import { showHanded } from './pages/handed.tsx'
import { showStaff } from './pages/list.tsx'
import { saveNew, showNew } from './pages/new.tsx'
import { showMember } from './pages/one.tsx'
import { decideProposal, showHalf, showProposal } from './pages/proposal.tsx'
import { doTurn, showTurn, type Turn } from './pages/turns.tsx'

const looksAtStaff = nothing('shows the staff, and nothing of a citizen')

const page = (address: Address, may: 'staff.approve' | 'staff.write', handle: Route['handle']): Route =>
  route({ method: 'get', address, access: staff(may), audit: looksAtStaff, handle })

/** What changes who may do what asks for a fresh proof of who does it. */
const act = (
  address: Address,
  may: 'staff.approve' | 'staff.write',
  name: string,
  handle: Route['handle'],
): Route => route({ method: 'post', address, access: staff(may), audit: acts(name), stepUp: true, handle })

/** A page that answered a form has the form's address; come back to, it leads to the person. */
const again = (address: Address): Route =>
  page(address, 'staff.approve', call =>
    redirect(url(call, addresses.staffMember, { staff: idParam(call, 'staff') })),
  )

const turn = (address: Address, which: Turn, name: string): Route[] => [
  page(address, 'staff.write', showTurn(which)),
  act(address, 'staff.write', name, doTurn(which)),
]

/** Who works here, as what and until when; what gives power is approved by another. */
export const staffingRoutes: Route[] = [
  page(addresses.staffList, 'staff.approve', showStaff),
  page(addresses.staffNew, 'staff.write', showNew),
  act(addresses.staffNew, 'staff.write', 'people.staff-added', saveNew),
  page(addresses.staffApprovers, 'staff.write', call => showApprovers(call)),
  act(addresses.staffApprovers, 'staff.write', 'people.power-proposed', proposeApprovers),
  page(addresses.staffProposal, 'staff.approve', call => showProposal(call)),
  act(addresses.staffProposal, 'staff.approve', 'people.power-decided', decideProposal),
  page(addresses.staffProposalHalf, 'staff.approve', call =>
    redirect(url(call, addresses.staffProposal, { proposal: idParam(call, 'proposal') })),
  ),
  act(addresses.staffProposalHalf, 'staff.write', 'people.password-handed-out', showHalf),
  page(addresses.staffMember, 'staff.approve', call => showMember(call)),
  act(addresses.staffAppoint, 'staff.write', 'people.appointed', saveAppointment),
  again(addresses.staffAppoint),
  act(addresses.staffAppointmentEnd, 'staff.write', 'people.appointment-ended', stopAppointment),
  again(addresses.staffAppointmentEnd),
  ...turn(addresses.staffReset, 'reset', 'people.ways-in-reset'),
  ...turn(addresses.staffLeave, 'leave', 'people.staff-left'),
  ...turn(addresses.staffReturn, 'return', 'people.staff-returned'),
  act(addresses.staffFormHand, 'staff.write', 'people.form-handed-over', passForm),
  again(addresses.staffFormHand),
  route({
    method: 'get',
    address: addresses.handedForm,
    access: staff('settings.read'),
    audit: nothing('shows what was handed to this person; sending it on needs their own rights'),
    handle: showHanded,
  }),
]
