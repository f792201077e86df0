import { describe, expect, test } from 'vitest'
import { aPerson, builder } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import { newId } from '../../lib/ids.ts'
import {
  beginServing,
  callNext,
  callOutOfTurn,
  closeWindow,
  comeBack,
  currentVisit,
  finish,
  floorNow,
  hangOn,
  leaveTurn,
  noShow,
  openWindow,
  setPurpose,
  setVisitRules,
  visitsOf,
  visitsOfEach,
  waitingTimes,
} from './index.ts'
import { purposesOf } from './store.ts'
import { aHall, nameOf } from './testing/hall.ts'

const db = await testDatabase()
const { open, minutes } = aHall(db)

describe('a turn', () => {
  test('has the next number of its purpose and day, without a gap however many ask at once', async () => {
    const { turn, rows } = await open()
    const taken = await Promise.allSettled([
      ...Array.from({ length: 8 }, () => turn()),
      turn({ purpose: 'pay' }),
      turn({ purpose: 'nothing' }),
    ])
    expect(taken.filter(each => each.status === 'rejected')).toHaveLength(1)
    const numbers = (await rows()).filter(row => row.purpose_code === 'file').map(row => row.number ?? 0)
    expect(numbers.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect((await rows()).find(row => row.purpose_code === 'pay')?.number).toBe(1)
  })

  test('is refused for a closed purpose and outside the opening hours, and nothing is written', async () => {
    const { turn, write, read, rows, desk } = await open()
    const [filing] = await read(purposesOf)
    if (!filing) throw new Error('no purpose')
    await write(tx => setPurpose(tx, { ...filing, open: false }, builder))
    await expect(turn()).rejects.toMatchObject({ code: 'purpose-closed' })
    const closed = {
      ...desk.town,
      calendar: { ...desk.town.calendar, week: [null, null, null, null, null, null, null] },
    }
    const { takeTurn } = await import('./turns.ts')
    await expect(
      write(tx => takeTurn(tx, { ...desk, town: closed }, { purpose: 'ask', channel: 'door' }, builder)),
    ).rejects.toMatchObject({ code: 'centre-closed' })
    expect(await rows()).toEqual([])
  })

  test('of one telephone and purpose is one, and so many a day are enough', async () => {
    const { turn, rows, write, desk } = await open()
    const phone = '+970599111222'
    const [first, second] = await Promise.all([turn({ phone }), turn({ phone })])
    expect(second?.visit.id).toBe(first?.visit.id)
    expect([first?.again, second?.again].toSorted()).toEqual([false, true])
    await turn({ phone, purpose: 'pay' })
    await write(tx => leaveTurn(tx, desk, first?.visit.id ?? '', builder))
    await turn({ phone })
    await expect(turn({ phone, purpose: 'ask' })).rejects.toMatchObject({ code: 'too-many-turns' })
    expect(await rows()).toHaveLength(3)
  })
})

describe('a call', () => {
  test('of two windows at once never takes the same turn', async () => {
    const { turn, write, desk, one, two, rows } = await open()
    for (let each = 0; each < 6; each++) await turn()
    for (let round = 0; round < 3; round++) {
      const called = await Promise.all([one, two].map(who => write(tx => callNext(tx, desk, who))))
      expect(new Set(called.map(visit => visit?.id)).size).toBe(2)
      for (const who of [one, two]) {
        await write(tx => beginServing(tx, desk, { ...who, identity: 'id-card' }))
        await write(tx => finish(tx, desk, who))
      }
    }
    expect((await rows()).map(row => row.state)).toEqual(Array(6).fill('done'))
  })

  test('pressed twice by one clerk calls one, and while serving another it is refused', async () => {
    const { turn, write, desk, one, rows } = await open()
    await turn()
    await turn()
    const both = await Promise.allSettled([1, 2].map(() => write(tx => callNext(tx, desk, one))))
    expect(both.map(each => each.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await write(tx => beginServing(tx, desk, { ...one, identity: 'none' }))
    await expect(write(tx => callNext(tx, desk, one))).rejects.toMatchObject({ code: 'visit-open' })
    await expect(write(tx => closeWindow(tx, one))).rejects.toMatchObject({ code: 'visit-open' })
    expect((await rows()).map(row => row.state).toSorted()).toEqual(['serving', 'waiting'])
  })

  test('is for what the window serves, by the order of coming', async () => {
    const { turn, write, desk, one, two } = await open()
    await turn({ purpose: 'pay' })
    minutes(1)
    await turn({ purpose: 'ask' })
    expect(nameOf(await write(tx => callNext(tx, desk, one)))).toBe('ask 1')
    expect(nameOf(await write(tx => callNext(tx, desk, two)))).toBe('pay 1')
  })

  test('out of turn needs a reason, which the manager reads', async () => {
    const { turn, write, read, desk, one, rows } = await open()
    await turn()
    minutes(1)
    const later = await turn()
    const call = (reason: string) =>
      write(tx => callOutOfTurn(tx, desk, { ...one, visitId: later.visit.id, reason }))
    await expect(call('  ')).rejects.toMatchObject({ faults: [{ field: 'reason', code: 'reason-missing' }] })
    expect((await rows()).map(row => row.state)).toEqual(['waiting', 'waiting'])
    await call('حالة إسعاف')
    const figures = await read(tx => waitingTimes(tx, '2026-11-22'))
    expect(figures.outOfTurn).toMatchObject([{ reason: 'حالة إسعاف', staffId: one.staffId, window: 1 }])
  })

  test('lets a ground go before the order once in three calls', async () => {
    const { turn, write, desk, one } = await open()
    for (let each = 0; each < 4; each++) await turn()
    minutes(1)
    await turn({ ground: 'elderly' })
    await turn({ ground: 'pregnant' })
    const called: (string | undefined)[] = []
    for (let each = 0; each < 6; each++) {
      called.push(nameOf(await write(tx => callNext(tx, desk, one))))
      await write(tx => beginServing(tx, desk, { ...one, identity: 'id-card' }))
      await write(tx => finish(tx, desk, one))
      minutes(1)
    }
    expect(called).toEqual(['file 5', 'file 1', 'file 2', 'file 6', 'file 3', 'file 4'])
  })

  test('somebody missed lets them come back within the grace, once', async () => {
    const { turn, write, desk, one } = await open()
    const { visit } = await turn()
    const miss = () => write(async tx => [await callNext(tx, desk, one), await noShow(tx, desk, one)])
    const back = () => write(tx => comeBack(tx, desk, { visitId: visit.id, by: one.by }))
    await miss()
    minutes(9)
    await back()
    await miss()
    await expect(back()).rejects.toMatchObject({ code: 'grace-over' })
    const late = await turn()
    await miss()
    minutes(11)
    await expect(
      write(tx => comeBack(tx, desk, { visitId: late.visit.id, by: one.by })),
    ).rejects.toMatchObject({ code: 'grace-over' })
  })

  test('needs a window, and one window has one clerk', async () => {
    const { write, desk, one, two } = await open()
    await expect(write(tx => openWindow(tx, { number: 2, ...one }))).rejects.toMatchObject({
      code: 'window-taken',
    })
    await write(tx => closeWindow(tx, two))
    await expect(write(tx => callNext(tx, desk, two))).rejects.toMatchObject({ code: 'no-window' })
    await write(tx => openWindow(tx, { number: 2, ...one }))
    await write(tx => openWindow(tx, { number: 1, ...two }))
  })
})

describe('a new day', () => {
  test('begins with an empty hall: nothing that yesterday left open stands in its way', async () => {
    const { turn, write, desk, one, two, rows } = await open()
    const phone = '+970599111999'
    await turn()
    await turn()
    minutes(1)
    await turn({ phone })
    await write(tx => callNext(tx, desk, one))
    await write(tx => beginServing(tx, desk, { ...one, identity: 'id-card' }))
    await write(tx => callNext(tx, desk, two))
    minutes(24 * 60)
    await expect(write(tx => callNext(tx, desk, one))).rejects.toMatchObject({ code: 'no-window' })
    const { visit } = await turn({ phone })
    expect(visit.number).toBe(1)
    await write(tx => openWindow(tx, { number: 1, ...two }))
    expect(nameOf(await write(tx => callNext(tx, desk, two)))).toBe('file 1')
    minutes(-24 * 60 - 1)
    expect((await rows()).map(row => row.state)).toEqual(['done', 'no-show', 'left', 'called'])
  })
})

describe('an act of the counter', () => {
  test('hangs on the visit its clerk serves, and whoever was called is served from then on', async () => {
    const { turn, write, read, desk, one, place, rows } = await open()
    const person = await aPerson(place)
    await turn()
    await write(tx => callNext(tx, desk, one))
    const requestId = person.id
    await write(tx =>
      hangOn(tx, { staffId: one.staffId, act: 'request.filed', requestId, personId: person.id }),
    )
    expect(await rows()).toMatchObject([{ state: 'serving', person_id: person.id, identity_shown: null }])
    await write(tx => finish(tx, desk, one))
    expect(await rows()).toMatchObject([{ state: 'done', identity_shown: 'none' }])
    expect(await read(tx => visitsOf(tx, requestId))).toMatchObject({ count: 1 })
    const each = await read(tx => visitsOfEach(tx, [requestId, newId(tx.now)]))
    expect([...each]).toEqual([[requestId, 1]])
  })

  test('without a call is a visit of its own, which goes on while the same person stands there', async () => {
    const { write, read, one, two, place, rows } = await open()
    const person = await aPerson(place)
    const request = person.id
    const act = (who: typeof one, name: string) =>
      write(tx => hangOn(tx, { staffId: who.staffId, act: name, requestId: request, personId: person.id }))
    await act(one, 'person.registered')
    minutes(5)
    await act(one, 'request.filed')
    expect(await rows()).toMatchObject([
      { channel: 'walk-in', number: null, state: 'done', window_number: 1 },
    ])
    await act(two, 'receipt.taken')
    expect(await read(tx => visitsOf(tx, request))).toMatchObject({ count: 1 })
    minutes(24 * 60)
    await act(one, 'document.handed-over')
    expect(await rows()).toHaveLength(3)
    expect(await read(tx => visitsOf(tx, request))).toMatchObject({ count: 2 })
    minutes(-24 * 60)
  })
})

describe('the floor and its figures', () => {
  test('say who is served where since when, how many wait, and how long it took', async () => {
    const { turn, write, read, desk, one, two, town } = await open()
    await turn()
    await turn({ purpose: 'pay' })
    await turn({ purpose: 'pay' })
    minutes(6)
    await write(tx => callNext(tx, desk, one))
    await write(tx => beginServing(tx, desk, { ...one, identity: 'id-card' }))
    minutes(10)
    await write(tx => finish(tx, desk, one))
    await write(tx => callNext(tx, desk, two))
    const floor = await read(tx => floorNow(tx, town))
    expect(floor).toMatchObject({
      waiting: 1,
      windows: [
        { number: 1, now: undefined },
        { number: 2, now: { turn: 'ج 001', state: 'called' } },
      ],
    })
    expect(floor.purposes.find(each => each.code === 'pay')).toMatchObject({ waiting: 1, next: 'ج 002' })
    const figures = await read(tx => waitingTimes(tx, '2026-11-22'))
    expect(figures.byPurpose.get('file')).toEqual({
      waiting: { count: 1, median: 6, ninth: 6, longest: 6 },
      serving: { count: 1, median: 10, ninth: 10, longest: 10 },
    })
    expect(figures.byPurpose.get('pay')?.waiting).toMatchObject({ count: 1, median: 16 })
    expect(await read(tx => currentVisit(tx, two.staffId))).toMatchObject({ state: 'called', window: 2 })
  })
})

describe('the rules of the queue', () => {
  test('are a dated series: what is valid from tomorrow does not count today', async () => {
    const { write, read } = await open()
    const { visitRules } = await import('./setup.ts')
    await write(tx => setVisitRules(tx, { rules: { soonAt: 7 }, from: '2026-11-23' }, builder))
    expect((await read(tx => visitRules(tx, '2026-11-22'))).soonAt).toBe(3)
    expect((await read(tx => visitRules(tx, '2026-11-23'))).soonAt).toBe(7)
    await expect(
      write(tx => setVisitRules(tx, { rules: { groundEvery: 0 }, from: '2026-11-23' }, builder)),
    ).rejects.toMatchObject({ code: 'rule-out-of-range' })
    expect(db.clock.now().toISOString()).toMatch(/^2026-11-22/)
  })
})
