import { describe, expect, test } from 'vitest'
import { aFiledRequest } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import { actionsOf, papersOf } from '../index.ts'
import { aTrialTown } from '../testing/trial.ts'

const db = await testDatabase()
const { act, at, atParts, bench, endParts, parts, person, session, staff, state, verified } =
  await aTrialTown(db)

describe('a part', () => {
  test('is filed for the same party with what is known, shares the papers of its kind, and lets the application go on', async () => {
    const id = await atParts()
    const [water, sewage] = await parts(id)
    const child = await state(water?.requestId ?? '')
    expect(child).toMatchObject({
      serviceCode: 'TST-91',
      applicantId: person.id,
      answers: { size: 'large', use: 'سكن' },
      partOf: { requestId: id, step: 'connection', part: 'water' },
    })
    expect((await state(sewage?.requestId ?? '')).answers).toEqual({ size: 'small', use: 'سكن' })
    const papers = await db.database.read(bench.town.id, tx => papersOf(tx, child.id))
    expect(papers.map(({ paperId }) => paperId)).toEqual(['title'])
    expect((await state(id)).projection).toMatchObject({ step: 'connection', pausedAt: undefined })
    await act(child.id, staff.water, 'approve')
    expect(await at(id)).toBe('connection')
    await act(sewage?.requestId ?? '', staff.water, 'approve')
    expect(await at(id)).toBe('register')
    const history = await db.database.read(bench.town.id, tx => actionsOf(tx, id))
    expect(history.at(-1)).toMatchObject({
      name: 'parts-ended',
      actor: { kind: 'system' },
      data: { parts: [{ id: 'water', requestId: child.id, state: 'done' }, { id: 'sewage' }] },
    })
  })

  test('that is withdrawn or rejected has ended too', async () => {
    const id = await atParts()
    const [water, sewage] = await parts(id)
    await act(water?.requestId ?? '', staff.water, 'reject', {}, 'لا شبكة هناك')
    await act(sewage?.requestId ?? '', staff.water, 'approve')
    expect(await at(id)).toBe('register')
  })

  test('that ends at the same instant as the other lets the application go on once', async () => {
    for (let round = 0; round < 4; round += 1) {
      const id = await atParts()
      await Promise.all((await parts(id)).map(({ requestId }) => act(requestId, staff.water, 'approve')))
      expect(await at(id)).toBe('register')
      const history = await db.database.read(bench.town.id, tx => actionsOf(tx, id))
      expect(history.filter(({ name }) => name === 'parts-ended')).toHaveLength(1)
    }
  })

  test('lives on when the application is sent back, and is not filed twice', async () => {
    const id = await atParts()
    await act(id, staff.clerk, 'return', { toStep: 'council' }, 'راجعوا القرار')
    await act(id, staff.mayor, 'approve', { session: session() })
    expect(await parts(id)).toHaveLength(2)
  })

  test('that ends while the application was sent back is no longer waited for when it comes there again', async () => {
    const id = await atParts()
    await act(id, staff.clerk, 'return', { toStep: 'council' }, 'راجعوا القرار')
    await endParts(id)
    expect(await at(id)).toBe('council')
    await act(id, staff.mayor, 'approve', { session: session() })
    expect(await at(id)).toBe('register')
  })

  test('whose answers nobody knows undoes the act that would file it', async () => {
    const answers = { area: 300 }
    const { requestId } = await aFiledRequest(bench, person.id, {
      serviceCode: 'TST-92',
      answers,
      papers: [],
    })
    await expect(act(requestId, staff.clerk, 'approve')).rejects.toMatchObject({ code: 'part-not-filed' })
    expect(await at(requestId)).toBe('intake')
    expect(await parts(requestId)).toEqual([])
  })
})

test('history and rows agree after all of it', async () => {
  expect(await verified()).toEqual([])
})
