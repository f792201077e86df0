import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/database.ts'
import { actionsOf, effectReads } from '../index.ts'
import { aTrialTown, hour } from '../testing/trial.ts'
import { pauseAfter } from './effects.ts'
import { escalateLate } from './ladder.ts'

const db = await testDatabase()
const {
  act,
  atParts,
  bench,
  endParts,
  filed,
  house,
  mine,
  refusals,
  registered,
  staff,
  state,
  verified,
  work,
} = await aTrialTown(db)

describe('an effect left to the system', () => {
  const atRegister = async () => {
    const id = await atParts()
    await endParts(id)
    return id
  }

  test('is run by the job once the act is committed', async () => {
    const id = await atRegister()
    await work()
    expect(registered).toContain(id)
    expect((await state(id)).projection.state).toBe('done')
  })

  test('is tried again after a pause, and then left to people with the reason', async () => {
    const id = await atRegister()
    refusals.push('no-free-number', 'no-free-number')
    await work()
    expect(mine(await state(id), staff.planner)?.state).toBe('waiting')
    await work()
    expect(mine(await state(id), staff.planner)?.state).toBe('open')
    const history = await db.database.read(bench.town.id, tx => actionsOf(tx, id))
    expect(history.at(-1)).toMatchObject({ name: 'effect-failed', note: 'no-free-number' })
    await act(id, staff.planner, 'run-effect')
    expect((await state(id)).projection.state).toBe('done')
  })

  test('waits longer from try to try, four hours at most', () => {
    expect([1, 2, 3, 9].map(pauseAfter)).toEqual([60_000, 300_000, 1_500_000, 4 * hour])
  })

  test('done by hand meanwhile is done once', async () => {
    const id = await atRegister()
    await act(id, staff.planner, 'run-effect')
    await work()
    expect(registered.filter(each => each === id)).toHaveLength(1)
  })
})

describe('a ladder', () => {
  test('tells the head and then the manager, once each, however often its job runs', async () => {
    const id = await filed()
    db.clock.advance(4 * 24 * hour)
    await escalateLate(house, bench.town)
    await escalateLate(house, bench.town)
    const { projection } = await state(id)
    expect(
      projection.tasks
        .filter(({ purpose }) => purpose === 'information')
        .map(({ role, office }) => [role, office]),
    ).toEqual([
      ['head', 'service-centre'],
      ['manager', 'service-centre'],
    ])
    expect(await escalateLate(house, bench.town)).toBe(0)
  })
})

test('what each effect reads is known by its name', () => {
  expect(effectReads().get('trial.register')).toEqual(['floors'])
})

test('history and rows agree after all of it', async () => {
  expect(await verified()).toEqual([])
})
