import { addresses } from '../../../../lib/addresses.ts'
import { addDays } from '../../../../lib/calendar.ts'
import { type Fault, InvalidInput } from '../../../../lib/errors.ts'
import { isId } from '../../../../lib/ids.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../../web/call.ts'
import { flash } from '../../../../web/page.tsx'
import { orFaults } from '../../../../web/refused.ts'
import { appointmentsOf, getStaffMember, officesOf, todayOf } from '../../offices.ts'
import { appoint } from '../../staff.ts'
import { staffIdOf } from '../../ways-in/own.ts'
import { handForm } from '../forms.ts'
import { endAppointment } from '../leaving.ts'
import { allAppointments } from '../list.ts'
import { isPower } from '../power.ts'
import { propose } from '../proposals.ts'
import { readPost, readReason } from '../read.ts'
import { staffingText } from '../strings.ts'
import { formParam } from './handed.tsx'
import { showMember } from './one.tsx'
import { postText } from './words.tsx'

const byOf = (call: Call) => ({ kind: 'staff' as const, id: staffIdOf(call) })
const back = (call: Call, staff: string) => ({ redirect: url(call, addresses.staffMember, { staff }) })

/** POST: a post for somebody, or a proposal of it where the post gives power. */
export async function saveAppointment(call: Call): Promise<Response> {
  const staffId = idParam(call, 'staff')
  const typed = (name: string) => typedText(call, name)
  const { offices, today, member } = await read(call, async tx => ({
    offices: await officesOf(tx),
    today: await todayOf(tx),
    member: await getStaffMember(tx, staffId),
  }))
  const post = readPost(typed, { offices: offices.map(({ code }) => code), today })
  const reason = readReason(typed)
  if (!post.ok || !reason.ok)
    return showMember(
      call,
      [post, reason].flatMap((each): Fault[] => (each.ok ? [] : each.faults)),
    )
  const { value } = post
  const { answer, faults } = await orFaults('refused', () =>
    write(call, async tx => {
      const held = await allAppointments(tx, staffId)
      const same = held.some(
        ({ office, role, validFrom, validUntil }) =>
          office === value.office &&
          role === value.role &&
          validFrom <= (value.until ?? '9999-12-31') &&
          (validUntil ?? '9999-12-31') >= value.from,
      )
      if (same) throw new InvalidInput([{ field: 'role', code: 'post-there' }])
      if (isPower(value.role)) {
        const id = await propose(tx, {
          kind: 'appoint',
          what: value,
          staffId,
          reason: reason.value,
          by: byOf(call).id,
        })
        return { redirect: url(call, addresses.staffProposal, { proposal: id }) }
      }
      const { from, until, ...rest } = value
      await appoint(tx, { ...rest, staffId, validFrom: from, validUntil: until }, byOf(call))
      return back(call, staffId)
    }),
  )
  if (!answer) return showMember(call, faults)
  const name = member.name[call.locale]
  const text = isPower(value.role)
    ? staffingText(call.locale, 'proposal-made')
    : staffingText(call.locale, 'appointed', { name, post: postText(call.locale, { offices }, value) })
  flash(call, { text, tone: isPower(value.role) ? 'info' : 'olive' })
  return answer
}

/** POST: a post ends now: yesterday was its last day. */
export async function stopAppointment(call: Call): Promise<Response> {
  const staffId = idParam(call, 'staff')
  const { answer, faults } = await orFaults('refused', () =>
    write(call, async tx => {
      const yesterday = addDays(await todayOf(tx), -1)
      await endAppointment(tx, idParam(call, 'appointment'), yesterday, byOf(call), staffId)
      await call.house.events.publish(tx, 'people.posts-ended', { staffId })
      return back(call, staffId)
    }),
  )
  if (!answer) return showMember(call, faults)
  flash(call, { text: staffingText(call.locale, 'appointment-ended'), tone: 'olive' })
  return answer
}

/** POST: what a leaver wrote goes to whoever continues it. */
export async function passForm(call: Call): Promise<Response> {
  const staffId = idParam(call, 'staff')
  const to = typedText(call, 'to')
  if (!isId(to)) return showMember(call, [{ field: 'to', code: 'staff-missing' }])
  const heir = await read(call, tx => getStaffMember(tx, to))
  const { answer, faults } = await orFaults('to', () =>
    write(call, async tx => {
      const posts = await appointmentsOf(tx, to, await todayOf(tx))
      if (posts.length === 0 || heir.leftAt || to === staffId)
        throw new InvalidInput([{ field: 'to', code: 'not-an-option' }])
      await handForm(tx, { id: formParam(call), writtenBy: staffId, to, by: byOf(call) })
      return back(call, staffId)
    }),
  )
  if (!answer) return showMember(call, faults)
  flash(call, {
    text: staffingText(call.locale, 'form-handed', { name: heir.name[call.locale] }),
    tone: 'olive',
  })
  return answer
}
