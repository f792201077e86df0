import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { aStaffMember, aTown, logInAs } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { type AccessName, allows, may } from '../../../kernel/access/index.ts'
import { doorkeeper } from '../doorkeeper.ts'
import { leave } from '../staffing/leaving.ts'
import { delegate, delegationsFrom, endDelegation, type NewDelegation } from './store.ts'

const db = await testDatabase()
const house = aHouse(db)
const town = await aTown(house)
const place = { house, town: town.id }

async function aPair() {
  const officer = await aStaffMember(place, 'officer', 'planning')
  const colleague = await aStaffMember(place, 'clerk', 'centre')
  const token = (await logInAs(place, { staffId: colleague.id })).split('=')[1] ?? ''
  const by = { kind: 'staff' as const, id: officer.id }
  const lend = (over: Partial<NewDelegation> = {}) =>
    house.database.write(town.id, tx =>
      delegate(
        tx,
        {
          staffId: officer.id,
          deputyId: colleague.id,
          office: 'planning',
          act: 'tasks',
          reason: 'ضغط العمل',
          from: '2026-03-01',
          until: '2026-03-03',
          ...over,
        },
        by,
      ),
    )
  const actor = async () => {
    const visitor = await doorkeeper(house).visitorOf(town.id, token)
    if (!visitor) throw new Error('not inside')
    return visitor.actor
  }
  const reaches = async (name: AccessName) =>
    allows(await actor(), name, {
      owner: 'x',
      parties: [],
      officesWithTask: ['planning'],
      officesConcerned: [],
    })
  return { officer, colleague, by, lend, actor, reaches }
}

describe('work that is lent', () => {
  test('opens its own names at the tasks of that office, and nothing else', async () => {
    const { lend, reaches, actor } = await aPair()
    expect(await reaches('request.act')).toBe(false)
    await lend()
    expect(await reaches('request.act')).toBe(true)
    expect(await reaches('letter.review')).toBe(false)
    for (const name of ['staff.write', 'certificate.sign', 'receipt.take'] as const)
      expect(may(await actor(), name)).toBe(false)
  })

  test('for reading lets nobody act', async () => {
    const { lend, reaches } = await aPair()
    await lend({ act: 'reading' })
    expect(await reaches('request.read')).toBe(true)
    expect(await reaches('request.act')).toBe(false)
  })

  test('ends by itself after its last day, and at once when it is taken back', async () => {
    const { lend, reaches, by } = await aPair()
    const id = await lend({ until: '2026-03-01' })
    expect(await reaches('request.act')).toBe(true)
    const { officer } = await aPair()
    const away = (who: string) =>
      house.database.write(town.id, tx =>
        endDelegation(tx, id, { kind: 'staff', id: who }, ({ staffId }) => staffId === who),
      )
    await expect(away(officer.id)).rejects.toMatchObject({ code: 'no-such-delegation' })
    await away(by.id)
    expect(await reaches('request.act')).toBe(false)
  })

  test('ends with the town’s day', async () => {
    const { lend, colleague } = await aPair()
    await lend({ until: '2026-03-01' })
    db.clock.set(new Date('2026-03-01T22:30:00Z'))
    const token = (await logInAs(place, { staffId: colleague.id })).split('=')[1] ?? ''
    const visitor = await doorkeeper(house).visitorOf(town.id, token)
    expect(visitor?.actor).toMatchObject({ appointments: [{ role: 'clerk', office: 'centre' }] })
    db.clock.set(new Date('2026-03-01T08:00:00Z'))
  })

  test('ends when the lender leaves', async () => {
    const { lend, officer, reaches } = await aPair()
    await lend()
    await house.database.write(town.id, tx => leave(tx, officer.id))
    expect(await reaches('request.act')).toBe(false)
    expect(await house.database.read(town.id, tx => delegationsFrom(tx, '2026-03-01', officer.id))).toEqual(
      [],
    )
  })

  test.each([
    ['a day gone', { from: '2026-02-28' }, 'date-in-past'],
    ['an end before its beginning', { until: '2026-02-28' }, 'ends-before-it-begins'],
    ['more than three months', { until: '2026-09-01' }, 'delegation-too-long'],
    ['an office that is not theirs', { office: 'centre' }, 'not-an-option'],
    ['no reason', { reason: '' }, 'reason-missing'],
  ])('is refused for %s', async (_, over, code) => {
    const { lend } = await aPair()
    await expect(lend(over)).rejects.toMatchObject({ faults: [{ code }] })
  })

  test('is lent once', async () => {
    const { lend } = await aPair()
    await lend()
    await expect(lend()).rejects.toMatchObject({ faults: [{ code: 'delegation-there' }] })
  })
})
