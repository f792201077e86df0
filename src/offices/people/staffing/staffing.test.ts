import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { aStaffMember, aTown, type BuiltStaff, builder, logInAs } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import type { Actor, Role } from '../../../kernel/access/index.ts'
import type { Write } from '../../../platform/database/index.ts'
import { doorkeeper } from '../doorkeeper.ts'
import { logInStaff } from '../log-in/staff.ts'
import { totpCode } from '../log-in/totp.ts'
import { appointmentsOf } from '../offices.ts'
import { addApiKey, appoint } from '../staff.ts'
import { approveProposal, refuseProposal, secondHalf, withdrawProposal } from './decide.ts'
import { endAppointment, leave, returnToWork } from './leaving.ts'
import { approverRoles, whyNotDecide } from './power.ts'
import { getProposal, openProposals, propose } from './proposals.ts'

const db = await testDatabase()
const house = aHouse(db)

async function aCouncil() {
  const town = await aTown(house)
  const place = { house, town: town.id }
  const admin = await aStaffMember(place, 'admin')
  const mayor = await aStaffMember(place, 'mayor')
  const clerk = await aStaffMember(place, 'clerk', 'centre')
  const write = <T>(work: (tx: Write) => Promise<T>) => house.database.write(town.id, work)
  const by = (who: BuiltStaff) => ({ kind: 'staff' as const, id: who.id })
  const actor = (who: BuiltStaff): Actor => ({
    kind: 'staff',
    staffId: who.id,
    appointments: [{ role: who.role, office: who.office }],
  })
  const post = { office: 'centre', from: '2026-03-01' }
  const suggest = (role: Role, who = clerk) =>
    write(tx =>
      propose(tx, {
        kind: 'appoint',
        what: { ...post, role },
        staffId: who.id,
        reason: 'قرار المجلس',
        by: admin.id,
      }),
    )
  const postsOf = async (who: BuiltStaff) =>
    (await house.database.read(town.id, tx => appointmentsOf(tx, who.id, '2026-03-01'))).map(
      each => each.role,
    )
  const code = (who: BuiltStaff) => totpCode(who.totpSecret, db.clock.now())
  const enter = (who: BuiltStaff, password = who.password) =>
    logInStaff(house, town.id, { login: who.login, password, code: code(who) })
  return { town, place, admin, mayor, clerk, write, by, actor, suggest, postsOf, enter }
}

describe('a post that gives power', () => {
  test('is held once another has approved it, and not before', async () => {
    const { admin, mayor, clerk, write, actor, suggest, postsOf } = await aCouncil()
    const id = await suggest('treasurer')
    expect(await postsOf(clerk)).toEqual(['clerk'])
    await expect(write(tx => approveProposal(tx, house, id, actor(admin)))).rejects.toMatchObject({
      code: 'approval-own',
    })
    await expect(write(tx => approveProposal(tx, house, id, actor(clerk)))).rejects.toMatchObject({
      code: 'approval-themselves',
    })
    await write(tx => approveProposal(tx, house, id, actor(mayor)))
    expect(await postsOf(clerk)).toEqual(['clerk', 'treasurer'])
    await expect(write(tx => approveProposal(tx, house, id, actor(mayor)))).rejects.toMatchObject({
      code: 'proposal-decided',
    })
    expect(await postsOf(clerk)).toEqual(['clerk', 'treasurer'])
  })

  test('is not held when it is refused or taken back', async () => {
    const { admin, mayor, clerk, write, actor, suggest, postsOf } = await aCouncil()
    const refused = await suggest('treasurer')
    await write(tx => refuseProposal(tx, refused, actor(mayor)))
    const withdrawn = await suggest('auditor')
    await expect(write(tx => withdrawProposal(tx, withdrawn, mayor.id))).rejects.toMatchObject({
      code: 'not-your-proposal',
    })
    await write(tx => withdrawProposal(tx, withdrawn, admin.id))
    expect(await postsOf(clerk)).toEqual(['clerk'])
  })

  test('is proposed once at a time', async () => {
    const { suggest } = await aCouncil()
    await suggest('manager')
    await expect(suggest('manager')).rejects.toMatchObject({ code: 'proposal-there' })
  })

  test('is approved by nobody but two people, whoever they are and whatever they hold', () => {
    const people = ['a', 'b', 'c']
    const any = fc.record({
      who: fc.constantFrom(...people),
      roles: fc.uniqueArray(fc.constantFrom<Role>('admin', 'mayor', 'manager', 'clerk')),
      deputy: fc.boolean(),
      proposedBy: fc.constantFrom(...people),
      about: fc.option(fc.constantFrom(...people), { nil: undefined }),
      approvers: fc.uniqueArray(fc.constantFrom(...approverRoles), { minLength: 1 }),
    })
    fc.assert(
      fc.property(any, ({ who, roles, deputy, proposedBy, about, approvers }) => {
        const appointments = roles.map(role => ({ role, office: 'x', ...(deputy && { deputyOf: 'd' }) }))
        const actor: Actor = { kind: 'staff', staffId: who, appointments }
        const mayDecide = whyNotDecide(actor, { proposedBy, staffId: about }, approvers) === undefined
        const plainly =
          who !== proposedBy &&
          who !== about &&
          !deputy &&
          roles.some(role => approvers.some(each => each === role))
        expect(mayDecide).toBe(plainly)
      }),
    )
  })

  test('is approved by the posts the town names, and changing those takes two as well', async () => {
    const { admin, mayor, write, actor, suggest } = await aCouncil()
    const rule = await write(tx =>
      propose(tx, { kind: 'approvers', what: { roles: ['manager'] }, reason: 'قرار المجلس', by: admin.id }),
    )
    await write(tx => approveProposal(tx, house, rule, actor(mayor)))
    const id = await suggest('treasurer')
    await expect(write(tx => approveProposal(tx, house, id, actor(mayor)))).rejects.toMatchObject({
      code: 'approval-not-approver',
    })
  })
})

describe('the log-in of somebody with power', () => {
  test('is renewed with a password neither of the two knows whole', async () => {
    const { admin, mayor, write, actor, enter, place } = await aCouncil()
    const manager = await aStaffMember(place, 'manager')
    const id = await write(tx =>
      propose(tx, { kind: 'reset', what: {}, staffId: manager.id, reason: 'ضاع الجوال', by: admin.id }),
    )
    expect(await enter(manager)).toMatchObject({ kind: 'open' })
    const first = await write(tx => approveProposal(tx, house, id, actor(mayor)))
    expect((await enter(manager)).kind).toBe('refused')
    await expect(write(tx => secondHalf(tx, house, id, mayor.id))).rejects.toMatchObject({
      code: 'not-your-proposal',
    })
    const second = await write(tx => secondHalf(tx, house, id, admin.id))
    for (const part of [first?.half, second?.half]) expect((await enter(manager, part)).kind).toBe('refused')
    expect(await enter(manager, `${first?.half}-${second?.half}`)).toMatchObject({ kind: 'first' })
    expect(await write(tx => secondHalf(tx, house, id, admin.id))).toBeUndefined()
  })

  test('comes of an approved proposal to add them', async () => {
    const { admin, mayor, write, actor, town } = await aCouncil()
    const what = {
      office: 'centre',
      role: 'auditor' as const,
      from: '2026-03-01',
      login: 'huda',
      name: 'هدى',
      nameEn: '',
      title: '',
    }
    const id = await write(tx => propose(tx, { kind: 'add', what, reason: 'قرار المجلس', by: admin.id }))
    const made = await write(tx => approveProposal(tx, house, id, actor(mayor)))
    const kept = await house.database.read(town.id, tx => getProposal(tx, id))
    expect(kept).toMatchObject({ outcome: 'approved', staffId: made?.staffId, decidedBy: mayor.id })
  })
})

describe('who leaves', () => {
  test('is out everywhere with the commit: sessions, ways in, standing in, proposals', async () => {
    const { admin, clerk, place, town, write, by, enter } = await aCouncil()
    const treasurer = await aStaffMember(place, 'treasurer')
    const token = (await logInAs(place, { staffId: treasurer.id })).split('=')[1] ?? ''
    await db.owner
      .insertInto('absence')
      .values({
        municipality_id: town.id,
        absence_id: treasurer.id,
        staff_id: clerk.id,
        deputy_id: treasurer.id,
        valid_from: '2026-03-01',
        valid_until: '2026-03-09',
        reason: 'سفر',
        set_at: db.clock.now(),
        set_by: clerk.id,
      })
      .execute()
    await write(tx =>
      propose(tx, { kind: 'reset', what: {}, staffId: treasurer.id, reason: 'طلبه', by: admin.id }),
    )
    expect(await doorkeeper(house).visitorOf(town.id, token)).toBeDefined()
    await write(tx => leave(tx, treasurer.id, by(admin)))
    expect(await doorkeeper(house).visitorOf(town.id, token)).toBeUndefined()
    expect((await enter(treasurer)).kind).toBe('refused')
    expect(await house.database.read(town.id, openProposals)).toEqual([])
    const absence = await db.owner
      .selectFrom('absence')
      .select('ended_at')
      .where('staff_id', '=', clerk.id)
      .executeTakeFirst()
    expect(absence?.ended_at).not.toBeNull()
  })

  test('comes back under the same log-in, without a post and with a new password', async () => {
    const { admin, clerk, write, by, enter, postsOf } = await aCouncil()
    await write(tx => leave(tx, clerk.id, by(admin)))
    const password = await write(tx => returnToWork(tx, clerk.id, by(admin)))
    expect(await postsOf(clerk)).toEqual([])
    expect((await enter(clerk)).kind).toBe('refused')
    expect((await enter(clerk, password)).kind).toBe('first')
  })

  test('is never the last administrator', async () => {
    const { admin, mayor, write, by, place } = await aCouncil()
    await expect(write(tx => leave(tx, admin.id, by(mayor)))).rejects.toMatchObject({ code: 'last-admin' })
    await aStaffMember(place, 'admin')
    await write(tx => leave(tx, admin.id, by(mayor)))
  })

  test('leaves keys behind that name who made them', async () => {
    const { admin, write, by } = await aCouncil()
    await write(tx => addApiKey(tx, 'سلطة المياه', ['requests:read'], by(admin)))
    const key = await db.owner
      .selectFrom('api_key')
      .select('made_by')
      .where('made_by', '=', admin.id)
      .executeTakeFirst()
    expect(key).toBeDefined()
  })
})

describe('a post that ends', () => {
  test('takes the log-in along when it was the last one, and only then', async () => {
    const { admin, clerk, place, town, write, by, enter } = await aCouncil()
    await write(tx =>
      appoint(tx, { staffId: clerk.id, office: 'centre', role: 'officer', validFrom: '2026-01-01' }, builder),
    )
    const token = (await logInAs(place, { staffId: clerk.id })).split('=')[1] ?? ''
    const [first, second] = await house.database.read(town.id, tx =>
      appointmentsOf(tx, clerk.id, '2026-03-01'),
    )
    await write(tx => endAppointment(tx, first?.id ?? '', '2026-02-28', by(admin)))
    expect(await doorkeeper(house).visitorOf(town.id, token)).toBeDefined()
    await write(tx => endAppointment(tx, second?.id ?? '', '2026-02-28', by(admin)))
    expect(await doorkeeper(house).visitorOf(town.id, token)).toBeUndefined()
    expect((await enter(clerk)).kind).toBe('no-post')
  })
})
