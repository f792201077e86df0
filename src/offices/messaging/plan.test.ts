import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aMessage } from '../../../test/builders/messages.ts'
import { aPerson, aTown, builder } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import { type ContactChannels, preferChannels, takeEmail } from '../people/index.ts'

const db = await testDatabase()
const house = aHouse(db)
const town = await aTown(db)
const place = { house, town: town.id }

type Wishes = { channels?: ContactChannels; email?: boolean; phone?: null }

async function somebody({ channels, email = false, phone }: Wishes = {}) {
  const person = await aPerson(place, phone === null ? { phone: null } : {})
  await db.database.write(town.id, async tx => {
    if (channels) await preferChannels(tx, person.id, channels, builder)
    if (email) await takeEmail(tx, house.crypto, person.id, `p${person.id}@example.org`, builder)
  })
  return person
}

/** How a message of a kind goes to this person: channel and state of each row, the row of the id given first. */
async function ways(wishes: Wishes, kind: 'step' | 'code' | 'legal' = 'step') {
  const person = await somebody(wishes)
  const id = await aMessage(place, { personId: person.id, kind })
  const rows = await db.owner
    .selectFrom('message')
    .select(['message_id', 'channel', 'state'])
    .where('person_id', '=', person.id)
    .execute()
  return rows
    .toSorted((a, b) => Number(b.message_id === id) - Number(a.message_id === id))
    .map(({ channel, state }) => `${channel} ${state}`)
}

describe('a planned message goes', () => {
  test('by SMS to whoever has said nothing', async () => {
    expect(await ways({})).toEqual(['sms planned'])
    expect(await ways({ email: true })).toEqual(['sms planned'])
  })

  test('by SMS and e-mail to whoever wants both, a code by SMS alone', async () => {
    expect(await ways({ channels: 'sms+email', email: true })).toEqual(['sms planned', 'email planned'])
    expect(await ways({ channels: 'sms+email', email: true }, 'code')).toEqual(['sms planned'])
    expect(await ways({ channels: 'sms+email' })).toEqual(['sms planned'])
  })

  test('into the inbox alone where somebody wants that, but for what nobody may do without', async () => {
    expect(await ways({ channels: 'portal' })).toEqual(['portal planned'])
    expect(await ways({ channels: 'portal' }, 'legal')).toEqual(['sms planned'])
    expect(await ways({ channels: 'portal' }, 'code')).toEqual(['sms planned'])
  })

  test('by e-mail to whoever has no number, and otherwise nowhere, to be seen', async () => {
    expect(await ways({ phone: null, email: true })).toEqual(['email planned'])
    expect(await ways({ phone: null })).toEqual(['sms unaddressed'])
    expect(await ways({ phone: null, email: true }, 'code')).toEqual(['sms unaddressed'])
  })
})

test('a code is of no use after half an hour, a step for as long as it takes', async () => {
  const person = await somebody()
  const of = async (kind: 'code' | 'step') => {
    const id = await aMessage(place, { personId: person.id, kind })
    const row = await db.owner
      .selectFrom('message')
      .selectAll()
      .where('message_id', '=', id)
      .executeTakeFirstOrThrow()
    return row.expires_at
  }
  expect(await of('code')).toEqual(new Date(db.clock.now().getTime() + 1_800_000))
  expect(await of('step')).toBeNull()
})
