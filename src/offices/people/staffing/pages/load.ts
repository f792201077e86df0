import type { CalendarDate } from '../../../../lib/calendar.ts'
import { NotFound } from '../../../../lib/errors.ts'
import type { Read } from '../../../../platform/database/index.ts'
import { type ApiKey, keysMadeBy } from '../../keys/store.ts'
import type { Office, StaffAppointment, StaffMember } from '../../model.ts'
import { officesOf, staffById, todayOf } from '../../offices.ts'
import { providersOf } from '../../sign-on/providers.ts'
import { type WaysIn, waysInOf } from '../../ways-in/mine.ts'
import { formsLeftBy, type LeftForm } from '../forms.ts'
import { allAppointments, listStaff } from '../list.ts'
import { isPower } from '../power.ts'
import { type Proposal, proposalsAbout } from '../proposals.ts'
import type { Names } from './words.tsx'

/** One of the staff, with everything the page about them shows. */
export type Member = {
  member: StaffMember
  posts: StaffAppointment[]
  today: CalendarDate
  /** Holds a post with power, today or later. */
  power: boolean
  ways: WaysIn
  keys: ApiKey[]
  forms: LeftForm[]
  proposals: Proposal[]
  /** To whom what they wrote can be handed. */
  heirs: { id: string; name: string }[]
  offices: Office[]
  names: Names
}

export async function loadMember(tx: Read, staffId: string, locale: 'ar' | 'en'): Promise<Member> {
  const today = await todayOf(tx)
  const offices = await officesOf(tx)
  const posts = await allAppointments(tx, staffId)
  const forms = await formsLeftBy(tx, staffId)
  const proposals = await proposalsAbout(tx, staffId)
  const others = [
    ...proposals.flatMap(each => [each.proposedBy, each.decidedBy]),
    ...forms.map(({ handedTo }) => handedTo),
  ]
  const staff = await staffById(tx, [staffId, ...others.filter(each => each !== undefined)])
  const member = staff.get(staffId)
  if (!member) throw new NotFound('no-such-staff')
  const here = forms.length === 0 ? [] : (await listStaff(tx, { left: false, today })).staff
  return {
    member,
    posts,
    today,
    forms,
    proposals,
    offices,
    power: posts.some(
      ({ role, validUntil }) => isPower(role) && (validUntil === undefined || validUntil >= today),
    ),
    ways: await waysInOf(tx, staffId),
    keys: await keysMadeBy(tx, staffId),
    heirs: here
      .filter(({ id, posts }) => id !== staffId && posts.length > 0)
      .map(({ id, name }) => ({ id, name: name[locale] })),
    names: { offices, staff, providers: await providersOf(tx) },
  }
}
