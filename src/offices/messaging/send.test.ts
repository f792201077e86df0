import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aTown } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import { messagesOfPerson, planMessage, sendDue } from './index.ts'
import { releaseOrphans } from './send.ts'

const db = await testDatabase()
const house = aHouse(db)

async function aTownWithSomebody(isDemo: boolean) {
  const town = await aTown(db, { isDemo })
  const person = await aPerson({ house, town: town.id })
  const plan = (body = 'استلمنا طلبك 1/2026.', personId = person.id) =>
    db.database.write(town.id, tx =>
      planMessage(tx, house, { personId, kind: 'step', event: 'received', body }),
    )
  const shown = (personId = person.id) => db.database.read(town.id, tx => messagesOfPerson(tx, personId))
  return { town, person, plan, shown }
}

describe('the outbox', () => {
  test('hands planned messages over once and says so on each', async () => {
    const { town, plan, shown } = await aTownWithSomebody(true)
    await plan()
    expect(await sendDue(house, [town])).toBe(1)
    expect(await sendDue(house, [town])).toBe(0)
    expect(await shown()).toMatchObject([{ state: 'delivered', parts: 1, deliveredAt: db.clock.now() }])
  })

  test('shares messages between two senders, none twice', async () => {
    const { town, plan } = await aTownWithSomebody(true)
    for (let each = 0; each < 30; each++) await plan(`رسالة ${each}`)
    const [one = 0, other = 0] = await Promise.all([sendDue(house, [town]), sendDue(house, [town])])
    expect(one + other).toBe(30)
  })

  test('keeps the messages of a town without a provider until it has one', async () => {
    const { town, plan, shown } = await aTownWithSomebody(false)
    await plan()
    expect(await sendDue(house, [town])).toBe(0)
    expect(await shown()).toMatchObject([{ state: 'planned' }])
  })

  test('shows that somebody without a telephone was not told', async () => {
    const { town, plan, shown } = await aTownWithSomebody(true)
    const silent = await aPerson({ house, town: town.id }, { phone: null })
    await plan('استلمنا طلبك.', silent.id)
    await sendDue(house, [town])
    expect(await shown(silent.id)).toMatchObject([{ state: 'unaddressed' }])
  })

  test('takes up a message whose sender died, and sends it once', async () => {
    const { town, plan, shown } = await aTownWithSomebody(true)
    await plan()
    await sql`select * from claim_messages(${db.clock.now()}, 10, ${[town.id]})`.execute(db.owner)
    expect(await shown()).toMatchObject([{ state: 'sending' }])
    db.clock.advance(121_000)
    await releaseOrphans(house, [town])
    expect(await sendDue(house, [town])).toBe(1)
    expect(await shown()).toMatchObject([{ state: 'delivered' }])
  })
})
