import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { messagesOfRequest } from '../messaging/index.ts'
import { aTrialTown, hour } from './testing/trial.ts'

const db = await testDatabase()
const {
  act,
  askedAll,
  at,
  atMinistry,
  atParts,
  atVisit,
  bench,
  house,
  mine,
  session,
  staff,
  state,
  verified,
} = await aTrialTown(db)
const told = (id: string) => db.database.read(bench.town.id, tx => messagesOfRequest(tx, id))

describe('opinions asked side by side', () => {
  test('are tasks of their offices, and lead on when the last is given', async () => {
    const id = await askedAll()
    const { projection } = await state(id)
    expect(
      projection.tasks
        .filter(({ purpose }) => purpose === 'branch')
        .map(({ branch, office }) => [branch, office]),
    ).toEqual(
      expect.arrayContaining([
        ['planning', 'planning'],
        ['health', 'health'],
      ]),
    )
    await expect(act(id, staff.planner, 'opine', {}, 'رأي')).rejects.toMatchObject({
      code: 'fields-required',
    })
    await act(id, staff.planner, 'opine', { fields: { floors: 3 } })
    expect(await at(id)).toBe('opinions')
    await act(id, staff.health, 'opine', {}, 'لا مانع')
    expect(await at(id)).toBe('ministry')
  })
})

describe('others outside', () => {
  test('are told of with their name and their day, the clock standing', async () => {
    const id = await atMinistry()
    const { projection, number, year } = await state(id)
    expect(projection).toMatchObject({ state: 'awaiting-outside' })
    expect(projection.pausedAt).toBeDefined()
    const [last] = await told(id)
    expect(last?.event).toBe('sent-outside')
    expect(last?.body).toContain(`طلبك ${number}/${year} لدى وزارة الحكم المحلي، ننتظر الجواب حتى `)
    await act(id, staff.clerk, 'record', { fields: { letterNumber: '77' } })
    expect((await state(id)).projection.pausedAt).toBeUndefined()
  })
})

describe('a visit', () => {
  test('is told with its day and hours, kept with its task, and told again when nobody was there', async () => {
    const id = await atVisit()
    const from = new Date(house.clock.now().getTime() + 24 * hour)
    await act(id, staff.planner, 'appoint', { appointment: { from, to: new Date(from.getTime() + hour) } })
    expect((await told(id))[0]?.body).toMatch(/^نزوركم يوم \d+\/\d+ بين \u200e\d\d:\d\d–\d\d:\d\d$/)
    expect(mine(await state(id), staff.planner)?.appointment?.from).toEqual(from)
    await expect(act(id, staff.planner, 'approve', { fields: { metres: 3 } })).rejects.toMatchObject({
      code: 'appointment-required',
    })
    db.clock.advance(25 * hour)
    await act(id, staff.planner, 'missed', {}, 'الباب مغلق')
    expect((await told(id))[0]?.body).toMatch(/^لم نجد أحدًا يوم \d+\/\d+$/)
  })
})

describe('a committee', () => {
  test('leaves its session with the request, and the message names what was answered', async () => {
    const id = await atParts()
    expect((await state(id)).projection.sessions).toEqual({ council: session() })
    expect((await told(id)).map(({ body }) => body)).toContain('وافق المجلس على سكن، 3 طوابق')
  })
})

test('history and rows agree after all of it', async () => {
  expect(await verified()).toEqual([])
})
