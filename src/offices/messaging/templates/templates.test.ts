import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { aTown, type BuiltStaff } from '../../../../test/builders/people.ts'
import { aWorker, aWorkingTown, type Bench } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import { checkWords } from '../../../kernel/messages/index.ts'
import type { Write } from '../../../platform/database/index.ts'
import { decideOnWords, dropWords, takeWordsBack, withdrawWords, writeWords } from './acts.ts'
import { forgetTownWords, townWords } from './kept.ts'
import { registeredWords, registerWords, worded } from './registry.ts'
import { versionsOf } from './store.ts'
import { subjectOf } from './subject.ts'

const db = await testDatabase()
const house = aHouse(db)
const bench: Bench = { house, town: await aTown(db) }
await aWorkingTown(bench, ['ADM-01', 'ELE-01'])
const writer = await aWorker(bench, 'clerk', 'service-centre')
const other = await aWorker(bench, 'designer', 'service-centre')
const second = await aWorker(bench, 'manager', 'mayor-office')

const write = <T>(work: (tx: Write) => Promise<T>) => db.database.write(bench.town.id, work)
const as = ({ id }: BuiltStaff) => ({ kind: 'staff', id })
const day = 86_400_000

/** Words written and asked for review; gives their version. */
async function ask(key: string, body: string, by = writer): Promise<number> {
  const versions = await db.database.read(bench.town.id, tx => versionsOf(tx, key))
  return write(tx =>
    writeWords(tx, {
      key,
      body,
      note: undefined,
      by: as(by),
      ask: true,
      findings: [],
      basedOn: versions[0]?.version ?? 0,
    }),
  )
}

const approve = (key: string, version: number, from = db.clock.now(), by = second) =>
  write(tx =>
    decideOnWords(tx, house, {
      key,
      version,
      by: as(by),
      note: undefined,
      findings: [],
      decision: 'approved' as const,
      from,
    }),
  )

async function inForceNow(key: string): Promise<string | undefined> {
  return db.database.read(bench.town.id, async tx => (await townWords(tx, house)).find(key, tx.now)?.body)
}

let place = 0
let key = ''
beforeEach(() => {
  place += 1
  key = `test.words-${place}`
})

describe('a town’s own words', () => {
  test('are sent once a second person approved them, and not before', async () => {
    const version = await ask(key, 'كلام البلدية')
    expect(await inForceNow(key)).toBeUndefined()
    await approve(key, version)
    expect(await inForceNow(key)).toBe('كلام البلدية')
  })

  test('are not approved by whoever wrote them, nor by whoever wrote what they were made from', async () => {
    await ask(key, 'أول', second)
    const version = await ask(key, 'ثان', writer)
    await expect(approve(key, version, undefined, writer)).rejects.toThrow('review-own-words')
    await expect(approve(key, version, undefined, second)).rejects.toThrow('review-own-words')
    await approve(key, version, undefined, other)
    expect(await inForceNow(key)).toBe('ثان')
    // Who wrote before what was approved is a second person for what comes after it.
    await approve(key, await ask(key, 'ثالث', other), undefined, second)
    expect(await inForceNow(key)).toBe('ثالث')
  })

  test('begin on the day they were approved from', async () => {
    await approve(key, await ask(key, 'أول'))
    await approve(key, await ask(key, 'ثان'), new Date(db.clock.now().getTime() + day))
    expect(await inForceNow(key)).toBe('أول')
    db.clock.advance(day)
    expect(await inForceNow(key)).toBe('ثان')
  })

  test('do not begin before others that were approved for a later day', async () => {
    await approve(key, await ask(key, 'أول'), new Date(db.clock.now().getTime() + 2 * day))
    const version = await ask(key, 'ثان')
    await expect(approve(key, version)).rejects.toThrow('words-before-others')
  })

  test('end when they are withdrawn: those before them do not come back', async () => {
    await approve(key, await ask(key, 'أول'))
    const version = await ask(key, 'ثان')
    await approve(key, version)
    db.clock.advance(1000)
    await write(tx => withdrawWords(tx, house, { key, version, by: as(second), why: 'خطأ في الموعد' }))
    expect(await inForceNow(key)).toBeUndefined()
  })

  test('are written, never changed: other words are another version, and what was open is set aside', async () => {
    await ask(key, 'أول')
    await ask(key, 'ثان')
    const versions = await db.database.read(bench.town.id, tx => versionsOf(tx, key))
    expect(versions.map(({ version, body, state }) => [version, body, state])).toEqual([
      [2, 'ثان', 'in-review'],
      [1, 'أول', 'set-aside'],
    ])
    await expect(
      write(tx =>
        sql`update message_words set body = 'غيره' where municipality_id = ${tx.town}`.execute(tx.q),
      ),
    ).rejects.toThrow(/permission denied/)
  })

  test('are not written over words somebody else wrote meanwhile', async () => {
    await ask(key, 'أول')
    const late = { key, body: 'ثان', note: undefined, by: as(other), ask: true, findings: [], basedOn: 0 }
    await expect(write(tx => writeWords(tx, late))).rejects.toThrow('words-changed-since')
  })

  test('are taken back and set aside by their writers', async () => {
    const version = await ask(key, 'أول')
    await write(tx => takeWordsBack(tx, { key, version, by: as(writer) }))
    await expect(approve(key, version)).rejects.toThrow('words-not-in-review')
    await write(tx => dropWords(tx, { key, version, by: as(writer) }))
    await expect(write(tx => dropWords(tx, { key, version, by: as(writer) }))).rejects.toThrow('words-closed')
  })

  test('that the check refuses are neither asked for nor approved', async () => {
    const findings = [{ code: 'words-private', severity: 'fault', values: { name: 'owner' } }] as const
    const of = { key, body: '{owner}', note: undefined, by: as(writer), ask: true, findings, basedOn: 0 }
    await expect(write(tx => writeWords(tx, of))).rejects.toThrow('words-faulty')
    const version = await ask(key, 'صار فيها خطأ بعد تغيّر الخدمة')
    const decided = {
      by: as(second),
      note: undefined,
      findings,
      decision: 'approved',
      from: db.clock.now(),
    } as const
    await expect(write(tx => decideOnWords(tx, house, { key, version, ...decided }))).rejects.toThrow(
      'words-faulty',
    )
  })

  test('leave a line in the audit for each act, with who did it', async () => {
    const version = await ask(key, 'أول')
    await approve(key, version)
    const { rows } = await sql<{ act: string; actor_id: string }>`
      select act, actor_id from audit where subject_id = ${`${key} ${version}`} order by audit_id`.execute(
      db.owner,
    )
    expect(rows).toEqual([
      { act: 'messaging.words-asked', actor_id: writer.id },
      { act: 'messaging.words-approved', actor_id: second.id },
    ])
  })
})

describe('what is sent', () => {
  const words = registerWords('test.office', 'reminder', {
    name: { ar: 'تجربة', en: 'Trial' },
    variables: ['amount', 'hour'],
    body: 'تذكير: {amount} بين {hour}',
  })

  test('is the product’s words, or the town’s once it has some, and says which', async () => {
    const values = { amount: '5.00 شيكل', hour: '10:30–12:00' }
    const given = await write(tx => worded(tx, house, words, values))
    expect(given.template).toEqual({ key: 'test.office', version: 1, from: 'given' })
    expect(given.kind).toBe('reminder')
    await approve('test.office', await ask('test.office', 'ادفع {amount}'))
    expect(await write(tx => worded(tx, house, words, values))).toMatchObject({
      body: 'ادفع 5.00 شيكل',
      template: { key: 'test.office', version: 1, from: 'town' },
    })
  })

  test('shows hours from left to right on a telephone', async () => {
    forgetTownWords(house, bench.town.id)
    const { body } = await write(tx =>
      worded(tx, house, { ...words, key: 'test.hours' }, { amount: '1', hour: '10:30–12:00' }),
    )
    expect(body).toContain('\u200e10:30–12:00')
  })

  test('is declared by each office in words that pass the check', async () => {
    const wrong: string[] = []
    for (const { key: of, body } of registeredWords().values()) {
      const { terms } = await db.database.read(bench.town.id, tx => subjectOf(tx, bench, 'office', of))
      const faults = checkWords(body, terms).filter(({ severity }) => severity === 'fault')
      wrong.push(...faults.map(({ code }) => `${of}: ${code}`))
    }
    expect(wrong).toEqual([])
  })
})
