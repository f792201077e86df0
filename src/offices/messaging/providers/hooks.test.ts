import { describe, expect, test } from 'vitest'
import { aDoor } from '../../../../test/builders/door.ts'
import { aHouse } from '../../../../test/builders/house.ts'
import { aCarrier, aMessage, anOutbox, messageRow } from '../../../../test/builders/messages.ts'
import { aPerson, aTown } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { openSecret, type Provider } from '../carriers/store.ts'
import { providerRoutes } from './routes.ts'
import { addProvider, findProvider, type ProviderInput, renewHook } from './store.ts'

const db = await testDatabase()
const house = aHouse(db)
const town = await aTown(house)
const door = aDoor(house, providerRoutes)

const kannel: ProviderInput = {
  name: 'kannel',
  dialect: 'kannel',
  weight: 100,
  rate: undefined,
  dailyParts: undefined,
  isOn: true,
  price: { milli: 4500, currency: 'ILS' },
  settings: { url: 'http://127.0.0.1:1/cgi-bin/sendsms', sender: 'Dura' },
}
const gateway: ProviderInput = {
  ...kannel,
  name: 'gateway',
  dialect: 'http',
  isOn: false,
  settings: {
    shape: 'described',
    url: 'http://127.0.0.1:1/send',
    sender: 'Dura',
    fields: { to: '{to}' },
    answers: { accepted: ['ok'] },
    reports: {
      ref: 'data.id',
      state: 'data.state',
      delivered: ['DONE'],
      failed: ['FAILED'],
      hard: ['ABSENT'],
    },
    incoming: { from: 'msisdn', text: 'body', ref: 'id' },
  },
}

async function added(input: ProviderInput): Promise<{ provider: Provider; word: string }> {
  const nothing = { user: '', password: '', token: '' }
  const id = await db.database.write(town.id, tx => addProvider(tx, house, input, nothing))
  return again(id)
}
async function again(id: string) {
  const provider = await db.database.read(town.id, tx => findProvider(tx, id))
  if (!provider) throw new Error('no provider')
  return { provider, word: openSecret(house, town.id, provider).hook }
}

const ofKannel = await added(kannel)
const ofGateway = await added(gateway)
const hook = (word: string, what: string) => `/hooks/messages/${word}/${what}`
const texts = () => db.owner.selectFrom('incoming_message').selectAll().orderBy('received_at').execute()
const reports = () => db.owner.selectFrom('message_report').selectAll().execute()

describe('what Kannel calls', () => {
  test('makes a message delivered', async () => {
    const person = await aPerson({ house, town: town.id })
    const id = await aMessage({ house, town: town.id }, { personId: person.id })
    const carrier = aCarrier()
    carrier.answer = message => ({ outcome: 'accepted', refs: [`${message.messageId}.1`] })
    const outbox = anOutbox(house, { kannel: carrier })
    await outbox.sendDue([town])
    await outbox.close()
    expect(await messageRow(db, town, id)).toMatchObject({ state: 'sent' })
    const query = `?ref=${id}.1&kind=1&answer=id:9+stat:DELIVRD+err:000&to=%2B970599123456`
    const answer = await door.knock(hook(ofKannel.word, 'report') + query)
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect(await messageRow(db, town, id)).toMatchObject({ state: 'delivered' })
  })

  test('hands over a text in the bytes of its charset, once however often it is told', async () => {
    const utf16 = [...Buffer.from('مرحبا', 'utf16le').swap16()]
      .map(byte => `%${byte.toString(16).padStart(2, '0')}`)
      .join('')
    const path = `${hook(ofKannel.word, 'incoming')}?from=%2B970599000001&to=1771&text=${utf16}&charset=UTF-16BE&ref=r1`
    expect((await door.knock(path)).status).toBe(200)
    expect((await door.knock(path)).status).toBe(200)
    expect(await texts()).toMatchObject([
      { text: 'مرحبا', provider: 'kannel', provider_ref: 'r1', to_number: '1771' },
    ])
  })

  test.each([
    ['report', '?ref=1.1&kind=1'],
    ['report', `?ref=019d0000-0000-7000-8000-000000000001.${'1'.repeat(4_000)}&kind=1`],
    ['report', `?ref=019d0000-0000-7000-8000-000000000001.1&kind=99`],
    ['incoming', '?text=hello'],
    ['incoming', ''],
  ])('is refused when it does not read: %s%s', async (what, query) => {
    const answer = await door.knock(hook(ofKannel.word, what) + query)
    expect([answer.status, await answer.text()]).toEqual([400, ''])
  })
})

describe('what a gateway calls as its settings describe it', () => {
  test('is read from JSON, also of a provider that is off: its last messages are still under way', async () => {
    const before = (await reports()).length
    for (const state of ['DONE', 'FAILED', 'ABSENT', 'QUEUED']) {
      const answer = await door.knock(hook(ofGateway.word, 'report'), {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ data: { id: 'g1', state } }),
      })
      expect(answer.status).toBe(200)
    }
    const kept = (await reports()).slice(before)
    expect(kept.map(row => [row.provider_ref, row.state, row.failure, row.matched]).sort()).toEqual(
      [
        ['g1', 'delivered', null, false],
        ['g1', 'failed', 'undeliverable', false],
        ['g1', 'failed', 'unknown-subscriber', false],
        ['g1', 'accepted', null, false],
      ].sort(),
    )
  })

  test('is taken with a reference of any bytes and any length', async () => {
    const before = (await reports()).length
    for (const id of ['a\u0000b', 'long'.repeat(4_000)]) {
      const answer = await door.knock(hook(ofGateway.word, 'report'), {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ data: { id, state: 'DONE' } }),
      })
      expect(answer.status).toBe(200)
    }
    const refs = (await reports()).slice(before).map(row => row.provider_ref)
    expect(refs.sort()).toEqual(['ab', 'long'.repeat(25)])
  })

  test('hands over a text also where its reference is cut in the midst of a sign, or is half of one', async () => {
    const before = (await texts()).length
    for (const id of [`${'x'.repeat(99)}😀`, 'y\ud83dy']) {
      const answer = await door.knock(hook(ofGateway.word, 'incoming'), {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ msisdn: '0599000002', body: 'مرحبا', id }),
      })
      expect(answer.status).toBe(200)
    }
    const refs = (await texts()).slice(before).map(row => row.provider_ref)
    expect(refs.sort()).toEqual([`${'x'.repeat(99)}\ufffd`, 'y\ufffdy'].sort())
  })

  test('is read from a form', async () => {
    const form = { msisdn: '0599000002', body: 'طلب 12', id: 'g-text-1' }
    expect((await door.knock(hook(ofGateway.word, 'incoming'), { form })).status).toBe(200)
    expect((await texts()).at(-1)).toMatchObject({
      text: 'طلب 12',
      provider: 'gateway',
      provider_ref: 'g-text-1',
    })
  })

  test('is refused where it goes on and on, and where it is no telephone', async () => {
    const long = await door.knock(hook(ofGateway.word, 'incoming'), {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `body=${'x'.repeat(70_000)}`,
    })
    expect(long.status).toBe(413)
    const nobody = await door.knock(hook(ofGateway.word, 'incoming'), {
      form: { msisdn: 'JAWWAL', body: 'offer' },
    })
    expect(nobody.status).toBe(400)
  })

  test('is refused where its line breaks in the middle, which is no trouble of ours', async () => {
    const gone = Object.assign(new Error('aborted'), { code: 'ECONNRESET' })
    const body = new ReadableStream({ pull: controller => controller.error(gone) })
    const cut = await door.knock(hook(ofGateway.word, 'incoming'), { body })
    expect([cut.status, await cut.text()]).toEqual([400, ''])
  })
})

test('a wrong word, a word that was renewed and one far too long lead nowhere, and all the same way', async () => {
  await db.database.write(town.id, tx => renewHook(tx, house, ofKannel.provider))
  const now = await again(ofKannel.provider.id)
  const query = '?from=%2B970599000001&to=1771&text=hi&charset=UTF-8&ref=r2'
  const answers = await Promise.all(
    ['nobody', ofKannel.word, 'x'.repeat(5_000)].map(word => door.knock(hook(word, 'incoming') + query)),
  )
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
  expect((await door.knock(hook(now.word, 'incoming') + query)).status).toBe(200)
})
