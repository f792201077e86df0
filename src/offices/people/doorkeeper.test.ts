import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aStaffMember, aTown, builder, logInAs } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import type { Write } from '../../platform/database/index.ts'
import { looksAt } from '../audit/index.ts'
import { addApiKey, appoint, doorkeeper, endSession, leave, sessionTerms } from './index.ts'

const db = await testDatabase()
const house = aHouse(db)
const town = await aTown(house)
const other = await aTown(house)
const place = { house, town: town.id }
const keeper = doorkeeper(house)
const write = <T>(work: (tx: Write) => Promise<T>) => house.database.write(town.id, work)
const tokenOf = async (who: Parameters<typeof logInAs>[1]) => (await logInAs(place, who)).split('=')[1] ?? ''
const minutes = (count: number) => db.clock.advance(count * 60_000)
const idle = (kind: 'citizen' | 'staff') => sessionTerms[kind].idleMs / 60_000

describe('the doorkeeper', () => {
  test('knows a citizen by the token, in their town only', async () => {
    const person = await aPerson(place)
    const token = await tokenOf({ personId: person.id })
    expect(await keeper.visitorOf(town.id, token)).toMatchObject({
      actor: { kind: 'citizen', personId: person.id, level: 'verified' },
      name: person.displayName,
    })
    expect(await keeper.visitorOf(other.id, token)).toBeUndefined()
    expect(await keeper.visitorOf(town.id, `${token}x`)).toBeUndefined()
  })

  test('knows one of the staff with the appointments in force today, and no others', async () => {
    const officer = await aStaffMember(place, 'officer', 'engineering')
    await write(tx =>
      appoint(
        tx,
        { staffId: officer.id, office: 'engineering', role: 'head', validFrom: '2026-03-02' },
        builder,
      ),
    )
    await write(tx =>
      appoint(
        tx,
        {
          staffId: officer.id,
          office: 'engineering',
          role: 'mayor',
          validFrom: '2019-01-01',
          validUntil: '2026-02-28',
        },
        builder,
      ),
    )
    const token = await tokenOf({ staffId: officer.id })
    const rolesNow = async () => {
      const visitor = await keeper.visitorOf(town.id, token)
      return visitor?.actor.kind === 'staff' ? visitor.actor.appointments.map(each => each.role) : undefined
    }
    db.clock.set(new Date('2026-03-01T21:30:00Z'))
    const fresh = await tokenOf({ staffId: officer.id })
    expect(fresh).not.toBe(token)
    expect(await rolesNow()).toBeUndefined()
    const visitor = await keeper.visitorOf(town.id, fresh)
    expect(visitor).toMatchObject({
      name: officer.name.ar,
      office: 'دائرة',
      post: 'موظف',
      actor: { appointments: [{ role: 'officer' }] },
    })
    // Half an hour later it is the second of March in the town, though not yet in Greenwich.
    db.clock.set(new Date('2026-03-01T22:01:00Z'))
    const tomorrow = await keeper.visitorOf(town.id, fresh)
    expect(tomorrow?.actor).toMatchObject({ appointments: [{ role: 'officer' }, { role: 'head' }] })
  })

  test.each(['citizen', 'staff'] as const)('forgets a %s who was away too long', async kind => {
    const who =
      kind === 'citizen'
        ? { personId: (await aPerson(place)).id }
        : { staffId: (await aStaffMember(place, 'clerk')).id }
    const token = await tokenOf(who)
    minutes(idle(kind) - 1)
    expect(await keeper.visitorOf(town.id, token)).toBeDefined()
    minutes(idle(kind) - 1)
    expect(await keeper.visitorOf(town.id, token)).toBeDefined()
    minutes(idle(kind))
    expect(await keeper.visitorOf(town.id, token)).toBeUndefined()
  })

  test('forgets everybody in the end, however busy they were', async () => {
    const token = await tokenOf({ personId: (await aPerson(place)).id })
    const step = 20
    let lasted = 0
    while (await keeper.visitorOf(town.id, token)) {
      minutes(step)
      lasted += step
      if (lasted > 24 * 60) break
    }
    expect(lasted).toBe(sessionTerms.citizen.longestMs / 60_000)
  })

  test('writes the end of a log-in anew once a minute at most', async () => {
    const person = await aPerson(place)
    const token = await tokenOf({ personId: person.id })
    const end = async () => {
      await keeper.visitorOf(town.id, token)
      const row = await db.owner
        .selectFrom('session')
        .select('expires_at')
        .where('subject_id', '=', person.id)
        .executeTakeFirstOrThrow()
      return row.expires_at.toISOString()
    }
    const first = await end()
    minutes(0.9)
    expect(await end()).toBe(first)
    minutes(0.1)
    expect(await end()).not.toBe(first)
  })

  test('turns away at once who left, and whose session was ended', async () => {
    const clerk = await aStaffMember(place, 'clerk')
    const [one, two] = [await tokenOf({ staffId: clerk.id }), await tokenOf({ staffId: clerk.id })]
    const visitor = await keeper.visitorOf(town.id, one)
    await write(tx => endSession(tx, visitor?.sessionHash ?? Buffer.of()))
    expect(await keeper.visitorOf(town.id, one)).toBeUndefined()
    expect(await keeper.visitorOf(town.id, two)).toBeDefined()
    await write(tx => leave(tx, clerk.id, builder))
    expect(await keeper.visitorOf(town.id, two)).toBeUndefined()
  })

  test('turns away who left even where their session was overlooked', async () => {
    const clerk = await aStaffMember(place, 'clerk')
    const token = await tokenOf({ staffId: clerk.id })
    await db.owner
      .updateTable('staff')
      .set({ left_at: db.clock.now() })
      .where('staff_id', '=', clerk.id)
      .execute()
    expect(await keeper.visitorOf(town.id, token)).toBeUndefined()
  })

  test('knows a partner by the key, until it is revoked', async () => {
    const key = await write(tx => addApiKey(tx, 'سلطة المياه', ['requests:read'], builder))
    expect(await keeper.partnerOf(town.id, key)).toMatchObject({
      actor: { kind: 'partner', scopes: ['requests:read'] },
      name: 'سلطة المياه',
    })
    expect(await keeper.partnerOf(other.id, key)).toBeUndefined()
    await db.owner.updateTable('api_key').set({ revoked_at: db.clock.now() }).execute()
    expect(await keeper.partnerOf(town.id, key)).toBeUndefined()
  })

  test('writes down looks, and the citizen reads by whom, from which office and why', async () => {
    const person = await aPerson(place)
    const clerk = await aStaffMember(place, 'clerk', 'centre')
    const visitor = await keeper.visitorOf(town.id, await tokenOf({ staffId: clerk.id }))
    if (!visitor) throw new Error('not known')
    const seen = {
      personId: person.id,
      subjectKind: 'person',
      subjectId: person.id,
      cause: 'زيارة 41',
      by: { kind: 'visit' } as const,
    }
    await write(tx => keeper.recordLooks(tx, visitor, 'counter.person-opened', [seen]))
    const [look] = await house.database.read(town.id, tx => looksAt(tx, person.id, { limit: 1 }))
    expect(look).toMatchObject({
      act: 'counter.person-opened',
      cause: 'زيارة 41',
      who: { name: clerk.name, office: { en: 'centre' } },
    })
  })
})
