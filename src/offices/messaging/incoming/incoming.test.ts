import { describe, expect, test } from 'vitest'
import { aDoor } from '../../../../test/builders/door.ts'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aStaffMember, aTown, logInAs } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { messagesOfPerson, messagingRoutes, onIncoming, receive } from '../index.ts'

const db = await testDatabase()

async function aTownThatHears() {
  const house = aHouse(db)
  const town = await aTown(db, { isDemo: true })
  const place = { house, town: town.id }
  let sent = 0
  const text = (from: string, words: string, providerRef = `ref-${sent++}`) =>
    db.database.write(town.id, tx =>
      receive(
        tx,
        { house, town },
        { provider: 'test', providerRef, from, to: '092390000', text: words, at: tx.now },
      ),
    )
  const rows = () =>
    db.owner.selectFrom('incoming_message').selectAll().where('municipality_id', '=', town.id).execute()
  const messages = () =>
    db.owner
      .selectFrom('message')
      .selectAll()
      .where('municipality_id', '=', town.id)
      .orderBy('message_id')
      .execute()
  return { house, town, place, text, rows, messages }
}

describe('what people send', () => {
  test('is taken in once, however often the provider hands it over', async () => {
    const { house, text, rows, messages } = await aTownThatHears()
    let heard = 0
    onIncoming(house, {
      name: 'test',
      hear: async () => {
        heard += 1
        return { reply: 'وصلت.' }
      },
    })
    const [first, second] = await Promise.all([
      text('0599123456', 'دور', 'same'),
      text('0599123456', 'دور', 'same'),
    ])
    expect([first.repeated, second.repeated].toSorted()).toEqual([false, true])
    expect(heard).toBe(1)
    expect(await rows()).toHaveLength(1)
    expect(await messages()).toMatchObject([{ body: 'وصلت.', state: 'planned', person_id: null }])
  })

  test('is offered to the offices in their order until one takes it', async () => {
    const { house, text, rows } = await aTownThatHears()
    const asked: string[] = []
    const listen = (name: string, mine: boolean) =>
      onIncoming(house, {
        name,
        hear: async (_tx, _desk, { words }) => {
          asked.push(`${name} ${words.join(' ')}`)
          return mine ? {} : undefined
        },
      })
    listen('ratings', false)
    listen('visits', true)
    listen('others', true)
    expect(await text('0599123456', '  الدَّورُ ٤١ ')).toMatchObject({ handledBy: 'visits' })
    expect(asked).toEqual(['ratings الدور 41', 'visits الدور 41'])
    expect(await rows()).toMatchObject([{ handled_by: 'visits', reply_id: null }])
  })

  test('knows whose telephone it is, unless several people use it', async () => {
    const { house, place, text } = await aTownThatHears()
    const seen: (string | undefined)[] = []
    onIncoming(house, {
      name: 'test',
      hear: async (_tx, _desk, { personId }) => {
        seen.push(personId)
        return {}
      },
    })
    const alone = await aPerson(place)
    await text(alone.phone, 'مرحبا')
    await aPerson(place, { phone: alone.phone })
    await text(alone.phone, 'مرحبا')
    expect(seen).toEqual([alone.id, undefined])
  })

  test('is answered with help once a day when nobody understands it, and waits to be read', async () => {
    const { house, place, text, messages } = await aTownThatHears()
    onIncoming(house, { name: 'visits', hint: '«دور» لأخذ دور.', hear: async () => undefined })
    const person = await aPerson(place)
    await Promise.all([text(person.phone, 'متى تفتحون'), text(person.phone, 'هل تسمعون')])
    const [told, ...more] = await messages()
    expect(more).toEqual([])
    expect(told).toMatchObject({ person_id: person.id, kind: 'reply' })
    expect(told?.body).toContain('«دور» لأخذ دور.')
    expect(told?.body).toContain('للطوارئ')
    expect(await db.database.read(place.town, tx => messagesOfPerson(tx, person.id))).toHaveLength(1)
    db.clock.advance(24 * 3_600_000)
    await text(person.phone, 'مرحبا')
    expect(await messages()).toHaveLength(2)
  })

  test('that nobody understood is listed for the counter until somebody has read it', async () => {
    const { house, place, text, rows } = await aTownThatHears()
    const person = await aPerson(place)
    await text(person.phone, 'عندي شكوى')
    const { knock } = aDoor(house, messagingRoutes)
    const { slug } = await db.owner
      .selectFrom('municipality')
      .select('slug')
      .where('municipality_id', '=', place.town)
      .executeTakeFirstOrThrow()
    const clerk = await aStaffMember(place, 'clerk')
    const cookie = await logInAs(place, { staffId: clerk.id })
    const page = () => knock(`/~${slug}/office/incoming`, { cookie }).then(answer => answer.text())
    expect(await page()).toContain('عندي شكوى')
    const [row] = await rows()
    const answer = await knock(`/~${slug}/office/incoming/${row?.incoming_id}/seen`, {
      cookie,
      form: {},
    })
    expect(answer.status).toBe(303)
    expect(await page()).not.toContain('عندي شكوى')
    expect(await rows()).toMatchObject([{ seen_by: clerk.id }])
  })

  test('from no telephone is refused, and nothing is written', async () => {
    const { text, rows } = await aTownThatHears()
    await expect(text('Bank', 'اربح')).rejects.toMatchObject({ code: 'phone-malformed' })
    expect(await rows()).toEqual([])
  })

  test('can be written from any telephone of a demo town', async () => {
    const { house, town, rows } = await aTownThatHears()
    const { knock } = aDoor(house, messagingRoutes)
    const send = (number: string) => knock(`/~${town.slug}/demo/phone`, { form: { number, text: 'دور' } })
    expect((await send('12')).status).toBe(422)
    expect((await send('0599 777 666')).status).toBe(303)
    expect(await rows()).toMatchObject([{ text: 'دور', provider: 'simulator' }])
  })
})
