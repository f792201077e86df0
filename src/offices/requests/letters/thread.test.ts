import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aPerson, logInAs } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addresses, fillAddress } from '../../../lib/addresses.ts'
import { newId } from '../../../lib/ids.ts'
import { act, anOfficeTown, aSubmitted, type OfficeTown, post, visit } from '../staff/testing/office.ts'
import { letterField } from './acts.ts'
import { answerByText } from './by-text.ts'
import { heldField } from './held/acts.ts'
import { longestTold } from './told.ts'

const db = await testDatabase()
let town: OfficeTown
let citizen = ''

beforeAll(async () => {
  town = await anOfficeTown(db, { PUBLIC_URL: 'https://shubbak.ps' })
  citizen = await logInAs({ house: town.bench.house, town: town.bench.town.id }, { personId: town.person.id })
})

const lettersAt = (id: string) => fillAddress(addresses.officeLetters, { id })
const pageOf = (id: string) => fillAddress(addresses.officeRequest, { id })
const heldPage = fillAddress(addresses.heldLetters, {})
const decideAt = (letter: string) => fillAddress(addresses.heldLetter, { letter })

const write = (id: string, text: string) => post(town, 'clerk', lettersAt(id), { [letterField.text]: text })
const pageAs = async (by: Parameters<typeof visit>[1], path: string) => (await visit(town, by, path)).text()
const mine = async (id: string) => {
  const path = fillAddress(addresses.myRequest, { id })
  const headers = { cookie: citizen, host: 'localhost' }
  return (await town.door.fetch(new Request(`http://localhost${path}`, { headers }))).text()
}

type Row = {
  letter_id: string
  text: string
  letter: string
  message: string
  body: string
  reviewed_by: string | null
}
async function lettersIn(id: string): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select l.letter_id, l.text, l.state as letter, m.state as message, m.body, l.reviewed_by from letter l
      left join message m on m.message_id = l.message_id
     where l.request_id = ${id} order by l.at, l.letter_id`.execute(db.owner)
  return rows
}

async function rule(reviewed: 'yes' | 'no'): Promise<void> {
  expect((await post(town, 'manager', fillAddress(addresses.heldRule, {}), { reviewed })).status).toBe(303)
}

describe('what an officer writes', () => {
  test('is shown as it will arrive before it is sent, cleaned, and how it fares stands beside it', async () => {
    const id = await aSubmitted(town)
    expect(await pageAs('clerk', pageOf(id))).toMatch(/data-sms-frame="طلبك [^"]*: \{text\}"/)
    await write(id, 'أحضر\u202e المخطط\u0007 غدًا')
    const [letter] = await lettersIn(id)
    expect(letter?.body).toMatch(/: أحضر المخطط غدًا$/)
    expect(await pageAs('clerk', pageOf(id))).toContain('تنتظر الإرسال إلى جواله')
    await sql`update message set state = 'delivered', delivered_at = planned_at where request_id = ${id} and event = 'letter'`.execute(
      db.owner,
    )
    expect(await pageAs('clerk', pageOf(id))).toContain('وصلت إلى جواله')
  })

  test('longer than a telephone should get is told with a link to where it is read whole', async () => {
    const id = await aSubmitted(town)
    await write(id, 'كلمة '.repeat(longestTold / 4))
    const [letter] = await lettersIn(id)
    expect(letter?.body).toMatch(/^كتبت لك البلدية .* https:\/\/shubbak\.ps\/~[a-z0-9-]+\/s\/\w{10}$/)
  })
})

describe('a long conversation', () => {
  test('shows its end, in order, on either side', async () => {
    const id = await aSubmitted(town)
    await sql`insert into letter (municipality_id, letter_id, request_id, from_kind, from_id, text, at)
      select ${town.bench.town.id}, gen_random_uuid(), ${id}, 'citizen', ${town.person.id}, 'سؤال رقم ' || n || '.',
             ${db.clock.now()}::timestamptz - interval '1 day' + n * interval '1 minute' from generate_series(1, 205) n`.execute(
      db.owner,
    )
    for (const html of [await pageAs('clerk', pageOf(id)), await mine(id)]) {
      const page = html.replace(/<[^>]+>/g, '')
      expect(page).not.toContain('سؤال رقم 5.')
      const [sixth, ...last] = [6, 204, 205].map(n => page.indexOf(`سؤال رقم ${n}.`))
      expect(sixth).toBeGreaterThan(0)
      expect(last[0]).toBeGreaterThan(sixth ?? 0)
      expect(last[1]).toBeGreaterThan(last[0] ?? 0)
    }
  })
})

describe('a second look', () => {
  test('holds the letter from portal and telephone until another than its writer lets it go', async () => {
    await rule('yes')
    const id = await aSubmitted(town)
    await write(id, 'هل وصلك المخطط؟')
    const [held] = await lettersIn(id)
    expect(held).toMatchObject({ letter: 'held', message: 'held' })
    expect(await mine(id)).not.toContain('هل وصلك المخطط؟')
    expect(await pageAs('clerk', pageOf(id))).toContain('تنتظر أن ينظر فيها شخص ثانٍ')
    expect(await pageAs('manager', heldPage)).toContain('هل وصلك المخطط؟')
    // who wrote it sees it, and cannot let it go
    expect(await pageAs('clerk', heldPage)).toContain('ينظر فيها غيرك')
    const letter = held?.letter_id ?? ''
    await post(town, 'clerk', decideAt(letter), { [heldField.go]: 'yes' })
    expect((await lettersIn(id))[0]?.letter).toBe('held')
    expect((await post(town, 'engineer', decideAt(letter), { [heldField.go]: 'yes' })).status).toBe(404)
    expect((await post(town, 'manager', decideAt(letter), { [heldField.go]: 'yes' })).status).toBe(303)
    expect((await lettersIn(id))[0]).toMatchObject({
      letter: 'sent',
      message: 'planned',
      reviewed_by: town.staff.manager.id,
    })
    expect(await mine(id)).toContain('هل وصلك المخطط؟')
    // a second word on it changes nothing
    await post(town, 'manager', decideAt(letter), { [heldField.note]: 'لا' })
    expect((await lettersIn(id))[0]).toMatchObject({ letter: 'sent', message: 'planned' })
    await rule('no')
  })

  test('sends it back with a reason, and its writer writes it again from what was there', async () => {
    await rule('yes')
    const id = await aSubmitted(town)
    await write(id, 'ادفع وإلا')
    const letter = (await lettersIn(id))[0]?.letter_id ?? ''
    const without = await post(town, 'manager', decideAt(letter), { [heldField.note]: ' ' })
    expect(without.status).toBe(422)
    await post(town, 'manager', decideAt(letter), { [heldField.note]: 'اكتبها بلطف' })
    expect((await lettersIn(id))[0]).toMatchObject({ letter: 'returned', message: 'cancelled' })
    expect(await pageAs('clerk', pageOf(id))).toContain('اكتبها بلطف')
    expect(await pageAs('clerk', `${pageOf(id)}?again=${letter}`)).toMatch(/<textarea[^>]*>ادفع وإلا</)
    expect(await mine(id)).not.toContain('ادفع وإلا')
    await rule('no')
    await write(id, 'نرجو أن تدفع الرسم')
    expect((await lettersIn(id))[1]).toMatchObject({ letter: 'sent', message: 'planned' })
  })

  test('holds what would reach nobody too, and tells so once it is let go', async () => {
    await rule('yes')
    const place = { house: town.bench.house, town: town.bench.town.id }
    const silent = await aPerson(place)
    await sql`update person_phone set ended_at = ${db.clock.now()} where person_id = ${silent.id}`.execute(
      db.owner,
    )
    const id = await aSubmitted(town, silent.id)
    await write(id, 'ما رقم جوالك؟')
    const [held] = await lettersIn(id)
    expect(held).toMatchObject({ letter: 'held', message: 'held' })
    await post(town, 'manager', decideAt(held?.letter_id ?? ''), { [heldField.go]: 'yes' })
    expect((await lettersIn(id))[0]).toMatchObject({ letter: 'sent', message: 'unaddressed' })
    await rule('no')
  })

  test('is asked for by whoever keeps the settings of messages alone', async () => {
    expect((await post(town, 'clerk', fillAddress(addresses.heldRule, {}), { reviewed: 'yes' })).status).toBe(
      403,
    )
    expect(await pageAs('clerk', heldPage)).not.toContain('نظرة ثانية قبل الإرسال')
  })
})

describe('what a citizen texts', () => {
  const answer = (requestId: string, text: string, incomingId: string, personId = town.person.id) =>
    db.database.write(town.bench.town.id, tx =>
      answerByText(tx, town.bench, { requestId, personId, text, incomingId }),
    )

  /** A text as it was taken in. */
  async function aText(): Promise<string> {
    const id = newId(db.clock.now())
    await sql`insert into incoming_message (municipality_id, incoming_id, provider, provider_ref, from_sealed, from_index, to_number, text,
        sent_at, received_at)
      values (${town.bench.town.id}, ${id}, 'test', ${id}, '\\x00', '\\x00', '1', 'x', ${db.clock.now()}, ${db.clock.now()})`.execute(
      db.owner,
    )
    return id
  }

  test('lands in the conversation once, cleaned, and marks the request unread for its office', async () => {
    const id = await aSubmitted(town)
    const incoming = await aText()
    const first = await answer(id, 'نعم\u202e وصل\u0000', incoming)
    expect(first).toHaveProperty('letterId')
    expect(await answer(id, 'نعم وصل', incoming)).toEqual(first)
    const inbox = await pageAs('clerk', fillAddress(addresses.inbox, {}))
    expect(inbox).toContain('كتب صاحب الطلب')
    const page = await pageAs('clerk', pageOf(id))
    expect(page).toContain('نعم وصل')
    expect(page).toContain('برسالة جوال')
    expect(await mine(id)).toContain('نعم وصل')
    const { rows } =
      await sql`select 1 from audit where request_id = ${id} and act = 'request.letter-written'`.execute(
        db.owner,
      )
    expect(rows).toHaveLength(1)
  })

  test('is no part of a request that is not theirs, has ended, or had its day’s letters', async () => {
    const id = await aSubmitted(town)
    const stranger = await aPerson({ house: town.bench.house, town: town.bench.town.id })
    expect(await answer(id, 'مرحبا', await aText(), stranger.id)).toEqual({ refused: 'not-a-party' })
    expect(await answer(id, '\u200f \u202e', await aText())).toEqual({ refused: 'letter-empty' })
    for (let count = 0; count < 20; count += 1)
      expect(await answer(id, `رسالة ${count}`, await aText())).toHaveProperty('letterId')
    expect(await answer(id, 'وأخرى', await aText())).toEqual({ refused: 'too-many-letters' })
    await act(town, id, 'clerk', 'withdraw', { note: 'بطلبه' })
    expect(await answer(id, 'بعد', await aText())).toEqual({ refused: 'request-ended' })
    expect(await lettersIn(id)).toHaveLength(20)
  })
})
