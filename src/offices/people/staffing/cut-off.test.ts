import { afterAll, describe, expect, test } from 'vitest'
import { aDoor } from '../../../../test/builders/door.ts'
import { aHouse } from '../../../../test/builders/house.ts'
import { aStaffMember, aTown, logInAs } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addresses, fillAddress } from '../../../lib/addresses.ts'
import { startRelay } from '../../../platform/live/index.ts'
import { liveStream } from '../../../web/live.ts'
import { showParked } from '../../../web/parked.tsx'
import { acts, nothing, route, staff } from '../../../web/route.ts'
import { peopleRoutes, totpCode } from '../index.ts'
import { endLogIns } from '../ways-in/mine.ts'
import { formsHandedTo, formsLeftBy } from './forms.ts'
import { leave } from './leaving.ts'

const db = await testDatabase()
const house = aHouse(db)
const relay = startRelay(house)
afterAll(() => relay.stop())
const town = await aTown(house)
const place = { house, town: town.id }
const written: unknown[] = []
const { knock } = aDoor(house, [
  ...peopleRoutes,
  showParked,
  route({
    method: 'get',
    address: addresses.live,
    access: staff('settings.read'),
    audit: nothing('a stream of this test'),
    handle: call => liveStream(call, { hears: () => true }),
  }),
  route({
    method: 'post',
    address: addresses.officeNotes,
    access: staff('request.act'),
    audit: acts('test.written'),
    handle: call => {
      written.push([call.visitor.name, call.typed.note])
      return new Response('kept')
    },
  }),
])
const here = fillAddress(addresses.officeNotes, { id: '018f0000-0000-7000-8000-000000000009' })

/** An open stream; `ended` settles when the server ends it. */
async function listen(cookie: string) {
  const answer = await knock(fillAddress(addresses.live, {}), { cookie })
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
  await reader.read()
  const ended = (async () => {
    for (;;) if ((await reader.read()).done) return 'ended'
  })()
  return { ended, close: () => reader.cancel() }
}

describe('who leaves in the middle of their work', () => {
  test('loses their streams with the commit, wherever it was made, and nobody else loses theirs', async () => {
    const clerk = await aStaffMember(place, 'clerk', 'centre')
    const other = await aStaffMember(place, 'clerk', 'centre')
    const theirs = await listen(await logInAs(place, { staffId: clerk.id }))
    const others = await listen(await logInAs(place, { staffId: other.id }))
    let over = 'open'
    const hear = async () => {
      over = await theirs.ended
    }
    const heard = hear()
    // Through the database: what an operator's command commits in another process is heard here too, once this one listens.
    await expect
      .poll(
        async () => {
          await db.owner
            .updateTable('staff')
            .set({ left_at: null })
            .where('staff_id', '=', clerk.id)
            .execute()
          await house.database.write(town.id, tx => leave(tx, clerk.id))
          return over
        },
        { timeout: 15_000 },
      )
      .toBe('ended')
    await heard
    expect(await Promise.race([others.ended, Promise.resolve('open')])).toBe('open')
    await others.close()
  })

  test('loses one device where that one is ended', async () => {
    const clerk = await aStaffMember(place, 'clerk', 'centre')
    const [one, two] = [
      await logInAs(place, { staffId: clerk.id }),
      await logInAs(place, { staffId: clerk.id }),
    ]
    const first = await listen(one)
    const second = await listen(two)
    const open = await db.owner
      .selectFrom('session')
      .select('token_hash')
      .where('subject_id', '=', clerk.id)
      .execute()
    const hashes = open.map(row => row.token_hash.toString('hex'))
    for (const each of hashes)
      await house.database.write(town.id, tx => endLogIns(tx, clerk.id, { one: each }))
    expect(await Promise.all([first.ended, second.ended])).toEqual(['ended', 'ended'])
  })

  test('keeps what they typed for a colleague, who alone reads it and sends it in their own name', async () => {
    const clerk = await aStaffMember(place, 'clerk', 'centre')
    const heir = await aStaffMember(place, 'clerk', 'centre')
    const admin = await aStaffMember(place, 'admin')
    const theirs = await logInAs(place, { staffId: clerk.id })
    await house.database.write(town.id, tx => leave(tx, clerk.id))
    const refused = await knock(here, { cookie: theirs, form: { note: 'وصلت الأوراق', password: 'secret' } })
    expect(refused.headers.get('location')).toContain(fillAddress(addresses.staffLogIn, {}))
    expect(written).toEqual([])
    const [form] = await house.database.read(town.id, tx => formsLeftBy(tx, clerk.id))
    const asAdmin = await logInAs(place, { staffId: admin.id })
    const page = await (
      await knock(fillAddress(addresses.staffMember, { staff: clerk.id }), { cookie: asAdmin })
    ).text()
    expect(page).not.toContain('وصلت الأوراق')
    const params = { staff: clerk.id, form: form?.id ?? '' }
    await knock(fillAddress(addresses.staffFormHand, params), { cookie: asAdmin, form: { to: heir.id } })
    expect(await house.database.read(town.id, tx => formsHandedTo(tx, heir.id))).toHaveLength(1)
    const open = fillAddress(addresses.handedForm, { form: form?.id ?? '' })
    expect((await knock(open, { cookie: asAdmin })).status).toBe(404)
    const asHeir = await logInAs(place, { staffId: heir.id })
    const shown = await (await knock(open, { cookie: asHeir })).text()
    expect(shown).toContain('وصلت الأوراق')
    expect(shown).not.toContain('secret')
    await knock(here, { cookie: asHeir, form: { note: 'وصلت الأوراق' } })
    expect(written).toEqual([[heir.name.ar, 'وصلت الأوراق']])
  })
})

describe('an act that gives power', () => {
  const path = fillAddress(addresses.manageKeys, {})
  const form = { name: 'سلطة المياه', scopes: 'requests:read' }

  test('asks again who it is after a quarter of an hour, and goes on with what was typed', async () => {
    const admin = await aStaffMember(place, 'admin')
    const cookie = await logInAs(place, { staffId: admin.id })
    db.clock.advance(16 * 60_000)
    const asked = await knock(path, { cookie, form })
    const there = asked.headers.get('location') ?? ''
    expect(there).toContain(fillAddress(addresses.staffConfirm, {}))
    const token = new URL(there, 'http://town.test').searchParams.get('parked') ?? ''
    const waiting = await (await knock(fillAddress(addresses.parked, { token }), { cookie })).text()
    expect(waiting).toContain('سلطة المياه')
    const code = totpCode(admin.totpSecret, db.clock.now())
    const proof = { password: admin.password, code, parked: token }
    const wrong = await knock(fillAddress(addresses.staffConfirm, {}), {
      cookie,
      form: { ...proof, password: 'x' },
    })
    expect(wrong.status).toBe(422)
    const right = await knock(fillAddress(addresses.staffConfirm, {}), { cookie, form: proof })
    expect(right.headers.get('location')).toBe(fillAddress(addresses.parked, { token }))
    // What opens more has another token.
    const renewed = right.headers
      .getSetCookie()
      .map(each => each.split(';')[0])
      .join('; ')
    expect((await knock(path, { cookie: renewed, form })).status).toBe(200)
    db.clock.set(new Date('2026-03-01T08:00:00Z'))
  })

  test('of every administrator’s page asks for it: none of its acts stands open without', () => {
    const powerful = ['staff.write', 'staff.approve']
    const open = peopleRoutes
      .filter(
        each =>
          each.method === 'post' &&
          each.access.who === 'staff' &&
          powerful.includes(each.access.may) &&
          !each.stepUp,
      )
      .map(each => each.address.pattern)
    // Ending a key takes power away: it is never waited for.
    expect(open).toEqual([addresses.manageKeyRevoke.pattern])
  })
})
