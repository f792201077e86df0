import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aPerson, type BuiltPerson } from '../../../../test/builders/people.ts'
import { aFiledRequest } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import { formatPhone } from '../../../lib/phone.ts'
import { aPortal, type Portal, wordsOf } from './testing/portal.ts'

const db = await testDatabase()
let portal: Portal
let person: BuiltPerson

beforeAll(async () => {
  portal = await aPortal(db)
  person = (await portal.newcomer()).person
})

const aRequest = async (): Promise<string> => {
  const { number, year } = await aFiledRequest(portal.bench, person.id)
  return `${number}/${year}`
}

const ask = (number: string, phone: string) => portal.knock('/track', { form: { number, phone } })
const idOf = (answer: Response) => /code=([\w-]+)/.exec(answer.headers.get('location') ?? '')?.[1] ?? ''

async function codesSent(): Promise<string[]> {
  const { rows } = await sql<{ body: string }>`
    select body from message where event = 'tracking-code' order by message_id`.execute(db.owner)
  return rows.flatMap(({ body }) => /\d{6}/.exec(body) ?? [])
}

describe('following a request without an account', () => {
  test('takes a number and its telephone, sends a code, and shows where it stands, without a name', async () => {
    const number = await aRequest()
    const sent = await ask(number, formatPhone(person.phone))
    const code = (await codesSent()).at(-1) ?? ''
    const opened = await portal.knock('/track', { form: { id: idOf(sent), code } })
    expect(opened.status).toBe(303)
    const page = await portal.knock(opened.headers.get('location') ?? '')
    const words = await wordsOf(page)
    expect(words).toContain(number)
    expect(words).toContain('شهادة سكن')
    expect(words).not.toContain(person.name.family)
  })

  test('says the same where there is no such request or the telephone is another’s, and sends nothing', async () => {
    const number = await aRequest()
    const before = (await codesSent()).length
    const answers = [await ask('999999/2026', formatPhone(person.phone)), await ask(number, '0599777888')]
    const pages = await Promise.all(
      [...answers, await ask(number, formatPhone(person.phone))].map(async answer =>
        wordsOf(await portal.knock(answer.headers.get('location') ?? '')),
      ),
    )
    expect(new Set(pages).size).toBe(1)
    expect((await codesSent()).length).toBe(before + 1)
  })

  test('sends no code to a number several share', async () => {
    const { bench } = portal
    const mother = await aPerson({ house: bench.house, town: bench.town.id }, { phone: '0599860001' })
    await aPerson({ house: bench.house, town: bench.town.id }, { phone: '0599860001' })
    const { number, year } = await aFiledRequest(bench, mother.id)
    const before = (await codesSent()).length
    expect((await ask(`${number}/${year}`, '0599860001')).status).toBe(303)
    expect((await codesSent()).length).toBe(before)
  })

  test('refuses a wrong code, counts the tries, and takes the right one no more after five', async () => {
    const sent = await ask(await aRequest(), formatPhone(person.phone))
    const id = idOf(sent)
    const code = (await codesSent()).at(-1) ?? ''
    const wrong = code === '000000' ? '000001' : '000000'
    const tries = []
    for (let i = 0; i < 5; i += 1) tries.push(await portal.knock('/track', { form: { id, code: wrong } }))
    expect(tries.map(each => each.status)).toEqual([422, 422, 422, 422, 422])
    expect(await wordsOf(tries[0] as Response)).toContain('الرمز لا يطابق')
    const late = await portal.knock('/track', { form: { id, code } })
    expect(late.status).toBe(422)
    expect(await wordsOf(late)).toContain('اطلب رمزًا جديدًا')
  })

  test('takes a code once, and none after ten minutes', async () => {
    const number = await aRequest()
    const first = idOf(await ask(number, formatPhone(person.phone)))
    const code = (await codesSent()).at(-1) ?? ''
    expect((await portal.knock('/track', { form: { id: first, code } })).status).toBe(303)
    expect((await portal.knock('/track', { form: { id: first, code } })).status).toBe(422)
    const second = idOf(await ask(number, formatPhone(person.phone)))
    const later = (await codesSent()).at(-1) ?? ''
    db.clock.advance(11 * 60_000)
    expect((await portal.knock('/track', { form: { id: second, code: later } })).status).toBe(422)
  })

  test('sends no more than three codes for a request in ten minutes', async () => {
    const number = await aRequest()
    const before = (await codesSent()).length
    for (let i = 0; i < 5; i += 1) await ask(number, formatPhone(person.phone))
    expect((await codesSent()).length).toBe(before + 3)
  })

  test('names what is wrong with a number or a telephone, and keeps them', async () => {
    const answer = await ask('طلبي', '12')
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('value="طلبي"')
    expect(await wordsOf(new Response(html))).toContain('اكتب رقم الطلب وسنته')
  })

  test('opens nothing for a link nobody gave', async () => {
    for (const token of ['AAAAAAAAAAAAAAAAAAAAAA', 'x', '%27%20or%201=1'])
      expect((await portal.knock(`/track/${token}`)).status).toBe(404)
  })
})
