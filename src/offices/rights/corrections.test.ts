import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { anIdNumber, aPerson, logInAs } from '../../../test/builders/people.ts'
import { addresses, fillAddress } from '../../lib/addresses.ts'
import { getPerson, idNumberOf } from '../people/index.ts'
import { demoCopy, demoRights } from './index.ts'

import {
  aCitizen,
  aClerk,
  type Citizen,
  copyOf,
  correctionOf,
  db,
  house,
  knock,
  place,
  post,
  town,
} from './testing/town.ts'

const data = fillAddress(addresses.myData, {})

describe('a correction', () => {
  const form = { fact: 'address', standsIn: '', wrong: 'حي الزيتون', correct: 'حي النصر' }
  const ask = async (of: Citizen, more: Record<string, string> = {}) => {
    const answer = await post(fillAddress(addresses.myCorrect, {}), of.cookie, { ...form, ...more })
    expect(answer.status).toBe(303)
    return correctionOf(of.id)
  }
  const decide = (id: string, cookie: string, said: Record<string, string>) =>
    post(fillAddress(addresses.correction, { correction: id }), cookie, said)

  test('asks for what is wrong and what is right, and becomes a case with a number and a day', async () => {
    const citizen = await aCitizen()
    expect(
      (await post(fillAddress(addresses.myCorrect, {}), citizen.cookie, { fact: 'amount' })).status,
    ).toBe(422)
    const correction = await ask(citizen)
    expect(correction).toMatchObject({ state: 'open', fact: 'address' })
    expect(correction.number).toMatch(/^\d+\/\d{4}$/)
    expect(correction.dueOn > '2026-03-01').toBe(true)
    const page = await (await knock(data, { cookie: citizen.cookie })).text()
    expect(page).toContain(correction.number)
  })

  test('of an address is made by whoever accepts it, and what stood is kept', async () => {
    const citizen = await aCitizen()
    const { id } = await ask(citizen)
    const clerk = await aClerk()
    expect((await decide(id, clerk.cookie, { act: 'accept', quarter: 'حي النصر' })).status).toBe(303)
    expect(await correctionOf(citizen.id)).toMatchObject({ state: 'accepted' })
    const person = await db.database.read(town.id, tx => getPerson(tx, citizen.id))
    expect(person.address.quarter).toBe('حي النصر')
    const kept = await sql<{
      fields: string[]
    }>`select fields from person_change where person_id = ${citizen.id}`.execute(db.owner)
    expect(kept.rows).toEqual([{ fields: ['address'] }])
  })

  test('of a name or a number is made only when another than who proposed it agrees', async () => {
    const citizen = await aCitizen()
    const { id } = await ask(citizen, { fact: 'identity' })
    const manager = await aClerk('manager')
    const number = anIdNumber()
    await decide(id, manager.cookie, { act: 'accept', idKind: 'palestinian-id', idNumber: number })
    expect(await correctionOf(citizen.id)).toMatchObject({ state: 'proposed' })
    expect(await db.database.read(town.id, tx => idNumberOf(tx, house.crypto, citizen.id))).toBe(
      citizen.idNumber,
    )
    expect((await decide(id, manager.cookie, { act: 'agree' })).status).toBe(403)
    const clerk = await aClerk()
    expect((await decide(id, clerk.cookie, { act: 'agree' })).status).toBe(403)
    const mayor = await aClerk('mayor')
    expect((await decide(id, mayor.cookie, { act: 'accept', idNumber: '1' })).status).toBe(403)
    expect((await decide(id, mayor.cookie, { act: 'agree' })).status).toBe(303)
    expect(await db.database.read(town.id, tx => idNumberOf(tx, house.crypto, citizen.id))).toBe(number)
    expect(await correctionOf(citizen.id)).toMatchObject({ state: 'accepted' })
  })

  test('that waits for another writes nothing over what changed meanwhile', async () => {
    const citizen = await aCitizen()
    const [manager, mayor] = [await aClerk('manager'), await aClerk('mayor')]
    const { id: identity } = await ask(citizen, { fact: 'identity' })
    const number = anIdNumber()
    await decide(identity, manager.cookie, { act: 'accept', idKind: 'palestinian-id', idNumber: number })
    const { id: name } = await ask(citizen, { fact: 'name' })
    const called = { firstName: 'سليم', fatherName: 'أحمد', grandfatherName: 'أحمد', familyName: 'عواد' }
    await decide(name, manager.cookie, { act: 'accept', ...called })
    const { id: address } = await ask(citizen)
    await decide(address, manager.cookie, { act: 'accept', quarter: 'حي النصر' })
    const page = fillAddress(addresses.correction, { correction: name })
    expect(await (await knock(page, { cookie: mayor.cookie })).text()).not.toContain('<del>حي')
    await decide(identity, mayor.cookie, { act: 'agree' })
    await decide(name, mayor.cookie, { act: 'agree' })
    const [person, has] = await db.database.read(town.id, async tx => [
      await getPerson(tx, citizen.id),
      await idNumberOf(tx, house.crypto, citizen.id),
    ])
    expect(has).toBe(number)
    expect(person).toMatchObject({ name: { first: 'سليم' }, address: { quarter: 'حي النصر' } })
  })

  test('is agreed to by somebody who proves anew who they are', async () => {
    const citizen = await aCitizen()
    const { id } = await ask(citizen, { fact: 'identity' })
    const [manager, mayor] = [await aClerk('manager'), await aClerk('mayor')]
    await decide(id, manager.cookie, { act: 'accept', idKind: 'palestinian-id', idNumber: anIdNumber() })
    db.clock.advance(16 * 60_000)
    const answer = await decide(id, mayor.cookie, { act: 'agree' })
    expect(answer.headers.get('location')).toContain(fillAddress(addresses.staffConfirm, {}))
    expect(await correctionOf(citizen.id)).toMatchObject({ state: 'proposed' })
  })

  test('waits for a proof that is asked for, and goes on when it comes, with days of its own', async () => {
    const citizen = await aCitizen()
    const { id, dueOn } = await ask(citizen)
    const clerk = await aClerk()
    await decide(id, clerk.cookie, { act: 'ask', words: 'صورة عقد الإيجار' })
    expect(await correctionOf(citizen.id)).toMatchObject({ state: 'proof-asked' })
    db.clock.advance(5 * 24 * 60 * 60_000)
    const cookie = await logInAs(place, { personId: citizen.id })
    await post(fillAddress(addresses.myCorrection, { correction: id }), cookie, {
      words: 'أحضرتها إلى الشباك',
    })
    const after = await correctionOf(citizen.id)
    expect(after.state).toBe('open')
    expect(after.dueOn > dueOn).toBe(true)
  })

  test('is refused with a reason, and the person reads where to complain', async () => {
    const citizen = await aCitizen()
    const { id } = await ask(citizen)
    const clerk = await aClerk()
    expect((await decide(id, clerk.cookie, { act: 'refuse' })).status).toBe(422)
    await decide(id, clerk.cookie, { act: 'refuse', refusal: 'no-proof' })
    expect(await correctionOf(citizen.id)).toMatchObject({ state: 'refused', refusal: 'no-proof' })
    const page = await (
      await knock(fillAddress(addresses.myCorrection, { correction: id }), { cookie: citizen.cookie })
    ).text()
    expect(page).toContain(addresses.myComplaint.pattern)
    expect((await decide(id, clerk.cookie, { act: 'refuse', refusal: 'no-proof' })).status).toBe(409)
  })

  test('of another is not there', async () => {
    const [mine, theirs] = [await aCitizen(), await aCitizen()]
    const { id } = await ask(theirs)
    const path = fillAddress(addresses.myCorrection, { correction: id })
    expect((await knock(path, { cookie: mine.cookie })).status).toBe(404)
    expect((await post(path, mine.cookie, { words: 'x' })).status).toBe(404)
  })

  test('is entered at the counter in the name of whoever stands there', async () => {
    const citizen = await aCitizen()
    const clerk = await aClerk()
    const answer = await post(
      fillAddress(addresses.counterCorrect, { person: citizen.id }),
      clerk.cookie,
      form,
    )
    expect(answer.status).toBe(303)
    expect(await correctionOf(citizen.id)).toMatchObject({ enteredByKind: 'staff' })
    const list = await (await knock(fillAddress(addresses.corrections, {}), { cookie: clerk.cookie })).text()
    expect(list).toContain(citizen.displayName)
  })
})

test('the demo town shows a correction that waits, one that was refused, and a copy that is ready', async () => {
  const [one, two] = [await aPerson(place), await aPerson(place)]
  const clerk = await aClerk()
  const copyId = await db.database.write(town.id, tx =>
    demoRights(tx, { house, town }, [one, two], clerk, tx.now),
  )
  await demoCopy(house, town.id, copyId ?? '')
  expect((await copyOf(one.id))?.state).toBe('ready')
  expect([(await correctionOf(one.id)).state, (await correctionOf(two.id)).state]).toEqual([
    'open',
    'refused',
  ])
})
