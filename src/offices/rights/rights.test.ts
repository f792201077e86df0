import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { aDoor, type Knock } from '../../../test/builders/door.ts'
import { aHouse } from '../../../test/builders/house.ts'
import {
  anIdNumber,
  aPerson,
  aStaffMember,
  aTown,
  type BuiltPerson,
  builder,
  logInAs,
} from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import type { Role } from '../../kernel/access/index.ts'
import { addresses, fillAddress } from '../../lib/addresses.ts'
import { getPerson, idNumberOf, setPin } from '../people/index.ts'
import { sweepCopies } from './copy/jobs.ts'
import { makeCopy } from './copy/make.ts'
import { copiesOf, filesOf } from './copy/store.ts'
import { correctionsOf } from './correction/store.ts'
import { demoCopy, demoRights, rightsRoutes } from './index.ts'

const db = await testDatabase()
const house = aHouse(db)
const town = await aTown(house, { slug: 'town', hosts: ['town.test'] })
const place = { house, town: town.id }
const { knock } = aDoor(house, rightsRoutes)

type Citizen = BuiltPerson & { cookie: string; pin: string }

async function aCitizen(): Promise<Citizen> {
  const person = await aPerson(place)
  const pin = await db.database.write(town.id, tx => setPin(tx, person.id, builder, { mustChange: false }))
  return { ...person, pin, cookie: await logInAs(place, { personId: person.id }) }
}
const aClerk = async (role: Role = 'clerk') => {
  const member = await aStaffMember(place, role)
  return { ...member, cookie: await logInAs(place, { staffId: member.id }) }
}
const post = (path: string, cookie: string, form: Knock['form']) =>
  knock(path, { cookie, ...(form && { form }) })
const copyOf = async (personId: string) =>
  (await db.database.read(town.id, tx => copiesOf(tx, personId, 1)))[0]
const correctionOf = async (personId: string) => {
  const [found] = await db.database.read(town.id, tx => correctionsOf(tx, personId, 1))
  if (!found) throw new Error('no correction')
  return found
}
const data = fillAddress(addresses.myData, {})
const at = (copy: string) => fillAddress(addresses.myDataCopy, { copy })
const fileAt = (copy: string, file = 2) => fillAddress(addresses.myDataFile, { copy, file })

async function aReadyCopy(of: Citizen): Promise<string> {
  await post(data, of.cookie, { pin: of.pin })
  const copy = await copyOf(of.id)
  if (!copy) throw new Error('no copy')
  await makeCopy(house, town.id, { copyId: copy.id })
  return copy.id
}

describe('a copy on the portal', () => {
  test('is asked for with the PIN, and with a wrong one is not', async () => {
    const citizen = await aCitizen()
    const wrong = await post(data, citizen.cookie, { pin: '000000' })
    expect(wrong.status).toBe(422)
    expect(await copyOf(citizen.id)).toBeUndefined()
    expect((await post(data, citizen.cookie, { pin: citizen.pin })).status).toBe(303)
    expect((await copyOf(citizen.id))?.state).toBe('waiting')
    expect(await (await knock(data, { cookie: citizen.cookie })).text()).toContain('http-equiv="refresh"')
  })

  test('opens to the PIN, for this log-in and ten minutes; each taking is counted and written down', async () => {
    const citizen = await aCitizen()
    const id = await aReadyCopy(citizen)
    const asked = await post(fileAt(id), citizen.cookie, {})
    expect([asked.status, asked.headers.get('location')]).toEqual([303, at(id)])
    expect((await post(at(id), citizen.cookie, { pin: '123123' })).status).toBe(422)
    expect((await post(at(id), citizen.cookie, { pin: citizen.pin })).status).toBe(303)
    const taken = await post(fileAt(id), citizen.cookie, {})
    expect(taken.status).toBe(200)
    expect(
      Buffer.from(await taken.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    const elsewhere = await logInAs(place, { personId: citizen.id })
    expect((await post(fileAt(id), elsewhere, {})).status).toBe(303)
    db.clock.advance(11 * 60_000)
    expect((await post(fileAt(id), citizen.cookie, {})).status).toBe(303)
    const [file] = await db.database.read(town.id, tx => filesOf(tx, id))
    expect(file?.downloads).toBe(1)
    const acts = await db.owner
      .selectFrom('audit')
      .select('act')
      .where('person_id', '=', citizen.id)
      .execute()
    expect(acts.filter(({ act }) => act === 'rights.copy-taken')).toHaveLength(1)
  })

  test('goes out under a name no system stumbles over, kept by no cache and shown in no page', async () => {
    const citizen = await aCitizen()
    const id = await aReadyCopy(citizen)
    await post(at(id), citizen.cookie, { pin: citizen.pin })
    const { headers } = await post(fileAt(id, 1), citizen.cookie, {})
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename="my-data-1-\d{4}-\d\d-\d\d\.json"; filename\*=UTF-8''[A-Za-z0-9%._-]+$/,
    )
    expect(headers.get('cache-control')).toBe('private, no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('of another is not there, whatever is asked of it', async () => {
    const [mine, theirs] = [await aCitizen(), await aCitizen()]
    const id = await aReadyCopy(theirs)
    await post(at(id), theirs.cookie, { pin: theirs.pin })
    for (const answer of [
      await knock(at(id), { cookie: mine.cookie }),
      await post(at(id), mine.cookie, { pin: mine.pin }),
      await post(fileAt(id), mine.cookie, {}),
      await knock(at('00000000-0000-7000-8000-000000000000'), { cookie: mine.cookie }),
    ])
      expect(answer.status).toBe(404)
    expect((await post(fileAt(id, 99), theirs.cookie, {})).status).toBe(404)
    expect((await knock(at(id), {})).status).not.toBe(200)
  })

  test('that ran out opens to nobody, before it is destroyed and after', async () => {
    const citizen = await aCitizen()
    const id = await aReadyCopy(citizen)
    db.clock.advance(7 * 24 * 60 * 60_000)
    const cookie = await logInAs(place, { personId: citizen.id })
    await post(at(id), cookie, { pin: citizen.pin })
    expect((await post(fileAt(id), cookie, {})).status).toBe(303)
    await sweepCopies(house, town.id)
    expect((await post(fileAt(id), cookie, {})).status).toBe(303)
    expect((await knock(at(id), { cookie })).status).toBe(200)
  })

  test('is not somebody’s who registered themselves and was not seen yet', async () => {
    const citizen = await aCitizen()
    await db.owner
      .updateTable('citizen_login')
      .set({ level: 'claimed', phone_index: Buffer.alloc(32), claimed_id_index: Buffer.alloc(32) })
      .where('person_id', '=', citizen.id)
      .execute()
    const cookie = await logInAs(place, { personId: citizen.id })
    await db.owner
      .updateTable('session')
      .set({ level: 'claimed' })
      .where('subject_id', '=', citizen.id)
      .execute()
    expect((await knock(data, { cookie })).status).toBe(403)
  })

  test('of whoever one acts for needs a mandate that covers the data', async () => {
    const [principal, agent] = [await aCitizen(), await aCitizen()]
    const inPlaceBy = async (acts: string[]) => {
      const mandate = await db.owner
        .insertInto('mandate')
        .values({
          ...{
            municipality_id: town.id,
            mandate_id: crypto.randomUUID(),
            principal_id: principal.id,
            agent_id: agent.id,
          },
          ...{
            acts,
            made_at: db.clock.now(),
            made_by: principal.id,
            made_by_kind: 'citizen',
            made_how: 'portal',
          },
          ...{ accepted_at: db.clock.now(), valid_from: '2026-01-01', valid_until: '2027-01-01' },
        })
        .returning('mandate_id')
        .executeTakeFirstOrThrow()
      await db.owner
        .updateTable('session')
        .set({ mandate_id: mandate.mandate_id })
        .where('subject_id', '=', agent.id)
        .execute()
    }
    await inPlaceBy(['requests', 'dues', 'pay'])
    expect((await knock(data, { cookie: agent.cookie })).status).toBe(403)
    await inPlaceBy(['data'])
    const page = await knock(data, { cookie: agent.cookie })
    expect(page.status).toBe(200)
  })
})

describe('a copy at the counter', () => {
  test('is made for whoever showed who they are, opens to that clerk alone, and is told to the person', async () => {
    const citizen = await aCitizen()
    const [clerk, other] = [await aClerk(), await aClerk()]
    const here = fillAddress(addresses.counterData, { person: citizen.id })
    expect((await post(here, clerk.cookie, {})).status).toBe(422)
    expect((await post(here, clerk.cookie, { shown: 'card' })).status).toBe(303)
    const copy = await copyOf(citizen.id)
    await makeCopy(house, town.id, { copyId: copy?.id ?? '' })
    const file = fillAddress(addresses.counterDataFile, { person: citizen.id, copy: copy?.id ?? '', file: 1 })
    expect((await post(file, other.cookie, {})).status).toBe(303)
    expect((await post(file, clerk.cookie, {})).status).toBe(200)
    const kinds = await db.database.read(town.id, tx => filesOf(tx, copy?.id ?? ''))
    expect(kinds.map(each => each.kind)).toEqual(['pdf'])
    const checks = await sql<{
      purpose: string
    }>`select purpose from identity_check where person_id = ${citizen.id}`.execute(db.owner)
    expect(checks.rows).toEqual([{ purpose: 'copy' }])
    const told = await sql<{
      event: string
    }>`select event from message where person_id = ${citizen.id} and event like 'rights.%'`.execute(db.owner)
    expect(told.rows).toEqual([{ event: 'rights.copy-at-counter' }])
  })
})

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
