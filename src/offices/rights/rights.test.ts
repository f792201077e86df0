import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { logInAs } from '../../../test/builders/people.ts'
import { addresses, fillAddress } from '../../lib/addresses.ts'
import { sweepCopies } from './copy/jobs.ts'
import { makeCopy } from './copy/make.ts'
import { filesOf } from './copy/store.ts'

import {
  aCitizen,
  aClerk,
  type Citizen,
  copyOf,
  db,
  house,
  knock,
  place,
  post,
  town,
} from './testing/town.ts'

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
          municipality_id: town.id,
          mandate_id: crypto.randomUUID(),
          principal_id: principal.id,
          agent_id: agent.id,
          acts,
          made_at: db.clock.now(),
          made_by: principal.id,
          made_by_kind: 'citizen',
          made_how: 'portal',
          accepted_at: db.clock.now(),
          valid_from: '2026-01-01',
          valid_until: '2027-01-01',
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
