import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { aPerson } from '../../../test/builders/people.ts'
import { anOpenTill, collectorId, ils } from '../../../test/builders/treasury.ts'
import { testDatabase } from '../../../test/database.ts'
import type { DuesRule } from '../../kernel/definition/index.ts'
import { applyDuesRule } from '../../kernel/dues/index.ts'
import { computeCheckDigit } from '../../lib/national-id.ts'
import { findPersonByIdNumber, getPerson, mergePeople, phonesOf } from '../people/index.ts'
import { accountsOf, duesOf, takeReceipt, verifyTreasury } from '../treasury/index.ts'
import { subscriptionsOf } from '../utilities/index.ts'
import { decide, openQuestions } from './questions.ts'
import { anImportingTown } from './testing/bench.ts'

const db = await testDatabase()
const today = '2026-03-01'
const idOf = (seed: number) => {
  const eight = String(40_000_000 + seed)
  return eight + computeCheckDigit(eight)
}
const head = 'رقم الاشتراك,اسم المشترك,رقم الهوية,اسم الأم,تاريخ الميلاد,الجوال,رقم العداد,الرصيد'
const csv = (...rows: string[]) => [head, ...rows, ''].join('\n')

/** How many rows there are of everything an import writes. */
async function written(town: string) {
  const tables = [
    'person',
    'person_phone',
    'subscription',
    'account',
    'voucher',
    'voucher_line',
    'charge',
    'account_credit',
  ]
  const counts: Record<string, number> = {}
  for (const table of tables) {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from ${sql.table(table)} where municipality_id = ${town}`.execute(
      db.owner,
    )
    counts[table] = rows[0]?.count ?? 0
  }
  return counts
}

describe('a file of subscriptions', () => {
  test('becomes people, subscriptions, accounts and balances; read again it writes nothing, and changed only what changed', async () => {
    const { house, town, bring, check, apply, read } = await anImportingTown(db)
    const file = csv(
      `7,سامي محمد سليم قطب,${idOf(1)},فاطمة,3/11/1988,0599000111,M1,120.50`,
      `8,سامى محمد سليم القطب,${idOf(1)},فاطمة,3/11/1988,0599000111,M2,-30`,
      `9,ليلى عادل النجار,,,,,M3,`,
    )
    const first = await bring(file)
    expect(first).toMatchObject({ state: 'applied', counts: { verdicts: { new: 3 } } })
    const sami = await read(tx => findPersonByIdNumber(tx, house.crypto, idOf(1)))
    if (!sami) throw new Error('nobody came')
    expect(sami).toMatchObject({ displayName: 'سامي محمد سليم قطب', source: 'import:billing' })
    expect(await read(tx => subscriptionsOf(tx, sami.id, today))).toHaveLength(2)
    const accounts = await read(tx => accountsOf(tx, sami.id, today))
    expect(accounts.map(each => each.source)).toEqual(['import:billing', 'import:billing'])
    const dues = await read(tx => duesOf(tx, sami.id, today))
    expect(dues).toMatchObject([
      { source: 'imported', asOf: today, amount: { minor: 12050, currency: 'ILS' } },
    ])
    expect(await read(verifyTreasury)).toEqual([])

    const before = await written(town.id)
    const again = await bring(file)
    expect(again.counts).toMatchObject({ verdicts: { same: 3 }, gone: 0 })
    expect(await written(town.id)).toEqual(before)

    const changed = csv(
      `7,سامي محمد سليم قطب,${idOf(1)},فاطمة,3/11/1988,0599000111,M1,150`,
      `8,سامى محمد سليم القطب,${idOf(1)},فاطمة,3/11/1988,0599000111,M22,-30`,
    )
    const third = await check(changed)
    expect(third.counts).toMatchObject({ verdicts: { changed: 2 }, gone: 1 })
    await apply(third)
    expect(await read(tx => duesOf(tx, sami.id, today))).toMatchObject([{ amount: { minor: 15000 } }])
    const meters = (await read(tx => subscriptionsOf(tx, sami.id, today))).map(each => each.meterNumber)
    expect(meters.sort()).toEqual(['M1', 'M22'])
    const after = await written(town.id)
    // One voucher took the old balance back and one opened the new; the meter is no matter of the books.
    expect(after).toEqual({
      ...before,
      voucher: (before.voucher ?? 0) + 2,
      voucher_line: (before.voucher_line ?? 0) + 4,
      charge: (before.charge ?? 0) + 1,
    })
    expect(await read(verifyTreasury)).toEqual([])
  })

  test('a later file that says the same moves only the day it holds for', async () => {
    const { house, bring, read } = await anImportingTown(db)
    const file = csv(`7,سامي محمد سليم قطب,${idOf(2)},,,,M1,10`)
    await bring(file, new Date('2026-01-05T10:00:00Z'))
    await bring(file, new Date('2026-02-20T10:00:00Z'))
    const sami = await read(tx => findPersonByIdNumber(tx, house.crypto, idOf(2)))
    expect(await read(tx => duesOf(tx, sami?.id ?? '', today))).toMatchObject([{ asOf: '2026-02-20' }])
  })

  test('an imported balance warns and never holds, however much it is and however old', async () => {
    const { house, bring, read } = await anImportingTown(db)
    await bring(csv(`7,سامي محمد سليم قطب,${idOf(3)},,,,M1,99999`), new Date('2020-01-05T10:00:00Z'))
    const sami = await read(tx => findPersonByIdNumber(tx, house.crypto, idOf(3)))
    const dues = await read(tx => duesOf(tx, sami?.id ?? '', today))
    const rule: DuesRule = { neverHeld: false, rule: 'hold', kinds: ['electricity'], above: [] }
    expect(applyDuesRule(rule, dues).outcome).toBe('warn')
  })
})

describe('what does not fit', () => {
  test('is told by row and reason, and nothing of it is written', async () => {
    const { bring, town } = await anImportingTown(db)
    const run = await bring(
      csv(
        `7,سامي محمد سليم قطب,${idOf(4)},,,,M1,10`,
        `7,رنا خالد يوسف حمدان,${idOf(5)},,,,M9,20`,
        `7,سامي محمد سليم قطب,${idOf(4)},,,,M1,10`,
        `,بلا رقم اشتراك,${idOf(6)},,,,M1,10`,
        `10,12345,${idOf(6)},,,,M1,10`,
        `11,هدى حسن داود,${idOf(7)},,,,M1,كثير`,
        'المجموع,,,,,,,40',
      ),
    )
    expect(run.counts).toMatchObject({
      verdicts: { new: 1, refused: 4, skipped: 2 },
      reasons: {
        'key-doubled': 1,
        'key-missing': 1,
        'name-unreadable': 1,
        'amount-unreadable': 1,
        repeated: 1,
        total: 1,
      },
    })
    expect(await written(town.id)).toMatchObject({ person: 1, subscription: 1, charge: 1 })
  })

  test('a subscription that the town keeps itself is not touched', async () => {
    const { place, bring, read } = await anImportingTown(db)
    const { accountFor } = await import('../treasury/index.ts')
    const { insertSubscription } = await import('../utilities/index.ts')
    const person = await aPerson(place)
    await place.house.database.write(place.town, async tx => {
      const id = '01890000-0000-7000-8000-00000000aaaa'
      const account = await accountFor(tx, {
        objectKind: 'subscription',
        objectId: id,
        kind: 'electricity',
        holderId: person.id,
      })
      await insertSubscription(tx, {
        id,
        number: '7',
        utility: 'electricity',
        phases: 1,
        amperes: 40,
        billing: 'billed',
        meterNumber: 'X',
        address: { block: '', quarter: '', parcel: '', landmark: '' },
        accountId: account.id,
        holderId: person.id,
        capacity: 'holder',
        from: today,
        requestId: undefined,
      })
    })
    const run = await bring(csv(`7,سامي محمد سليم قطب,${idOf(8)},,,,M1,10`))
    expect(run.counts?.reasons).toEqual({ 'subscription-kept-here': 1 })
    expect((await read(tx => subscriptionsOf(tx, person.id, today)))[0]?.meterNumber).toBe('X')
  })
})

describe('who is who', () => {
  test('one number with another name waits for a decision, which is kept and not asked again', async () => {
    const { house, place, bring, apply, read, write, keys, sourceId, by } = await anImportingTown(db)
    const known = await aPerson(place, {
      first: 'خالد',
      father: 'يوسف',
      grandfather: 'داود',
      family: 'زيدان',
    })
    const file = csv(`7,سامي محمد سليم قطب,${known.idNumber},,,0599000222,M1,10`)
    const run = await bring(file)
    expect(run.counts).toMatchObject({ verdicts: { undecided: 1 }, reasons: { 'same-id-other-name': 1 } })
    const [question] = await read(tx => openQuestions(tx, keys, sourceId, { limit: 5 }))
    expect(question?.candidates).toMatchObject([{ personId: known.id, reason: 'same-id-other-name' }])
    await write(tx => decide(tx, { questionId: question?.id ?? '', choice: 'new' }, by))
    expect(await apply(run)).toMatchObject({ counts: { verdicts: { new: 1 } } })
    // The number stays with whom the town knows by it.
    expect(await read(tx => findPersonByIdNumber(tx, house.crypto, known.idNumber))).toMatchObject({
      id: known.id,
    })
    const changed = csv(`7,سامي محمد سليم قطب,${known.idNumber},,,0599000222,M1,11`)
    expect((await bring(changed)).counts?.verdicts).toEqual({ changed: 1 })
  })

  test('the same mother, name and year of birth, and the same telephone, are proposed; the one chosen is used', async () => {
    const { place, bring, apply, read, write, keys, sourceId, by } = await anImportingTown(db)
    const known = await aPerson(place, {
      first: 'سامي',
      father: 'محمد',
      grandfather: 'سليم',
      family: 'قطب',
      birthDate: '1988-11-03',
      phone: '0599777888',
    })
    const run = await bring(
      csv(
        '7,سامى محمد سليم قطب,,فاطمه حسن,1988-05-05,,M1,10',
        '8,سامي قطب,,,,0599777888,M2,20',
        '9,رنا قطب,,,,0599777888,M3,20',
      ),
    )
    expect(run.counts).toMatchObject({
      verdicts: { undecided: 2, new: 1 },
      reasons: { 'same-name-mother-birth': 1, 'same-phone': 1 },
    })
    for (const question of await read(tx => openQuestions(tx, keys, sourceId, { limit: 5 })))
      await write(tx => decide(tx, { questionId: question.id, choice: 'person', candidate: 0 }, by))
    await apply(run)
    expect(await read(tx => subscriptionsOf(tx, known.id, today))).toHaveLength(2)
    // Two people give the number now: nothing private goes there.
    expect((await read(tx => phonesOf(tx, place.house.crypto, known.id)))[0]?.shared).toBe(true)
  })

  test('within one file the later of two doubles asks about the earlier', async () => {
    const { house, bring, apply, read, write, keys, sourceId, by } = await anImportingTown(db)
    const run = await bring(
      csv(`7,سامي محمد سليم قطب,${idOf(20)},,,0599111222,M1,10`, '8,سامي محمد القطب,,,,٠٥٩٩١١١٢٢٢,M2,20'),
    )
    expect(run.counts?.verdicts).toEqual({ new: 1, undecided: 1 })
    const [question] = await read(tx => openQuestions(tx, keys, sourceId, { limit: 5 }))
    await write(tx => decide(tx, { questionId: question?.id ?? '', choice: 'person' }, by))
    await apply(run)
    const sami = await read(tx => findPersonByIdNumber(tx, house.crypto, idOf(20)))
    expect(await read(tx => subscriptionsOf(tx, sami?.id ?? '', today))).toHaveLength(2)
  })

  test('a record that was merged is written as the one that stands', async () => {
    const { house, place, bring, read, write, by } = await anImportingTown(db)
    await bring(csv(`7,سامي محمد سليم قطب,${idOf(21)},,,,M1,10`))
    const came = await read(tx => findPersonByIdNumber(tx, house.crypto, idOf(21)))
    const real = await aPerson(place, { first: 'سامي', family: 'قطب' })
    await write(tx =>
      mergePeople(tx, { mergedId: came?.id ?? '', intoId: real.id, reason: 'double', despite: true }, by),
    )
    await bring(csv(`7,سامي محمد سليم قطب,${idOf(21)},,,,M1,10`, `8,سامي محمد سليم قطب,${idOf(21)},,,,M2,5`))
    const accounts = await sql<{ person_id: string }>`
      select h.person_id from account_holder h where h.municipality_id = ${place.town} order by h.valid_from, h.person_id`.execute(
      db.owner,
    )
    expect(accounts.rows.map(row => row.person_id)).toContain(real.id)
  })
})

describe('what was paid here', () => {
  test.each([
    ['includes', 5000],
    ['excludes', 1000],
  ] as const)('between two files is asked about, and %s leaves %i to pay', async (choice, open) => {
    const town = await anImportingTown(db)
    const { house, place, bring, apply, read, write, keys, sourceId, by } = town
    await bring(csv(`7,سامي محمد سليم قطب,${idOf(30)},,,,M1,100`))
    const sami = await read(tx => findPersonByIdNumber(tx, house.crypto, idOf(30)))
    if (!sami) throw new Error('nobody came')
    const [due] = await read(tx => duesOf(tx, sami.id, today))
    await write(async tx => {
      await anOpenTill(tx, collectorId)
      await takeReceipt(tx, house.events, {
        payer: { name: 'سامي' },
        collectorId,
        tenders: [{ kind: 'cash', received: [ils(4000)], change: [] }],
        lines: [{ chargeId: due?.chargeId ?? '', amount: ils(4000), paid: ils(4000) }],
      })
    })
    const run = await bring(csv(`7,سامي محمد سليم قطب,${idOf(30)},,,,M1,50`))
    expect(run.counts).toMatchObject({ verdicts: { undecided: 1 }, reasons: { 'paid-here': 1 } })
    const [question] = await read(tx => openQuestions(tx, keys, sourceId, { limit: 5 }))
    await write(tx => decide(tx, { questionId: question?.id ?? '', choice }, by))
    await apply(run)
    const { rows } = await sql<{ net: number }>`
      select sum(amount_minor)::int as net from voucher_line
       where municipality_id = ${place.town} and account_id is not null`.execute(db.owner)
    expect(rows[0]?.net).toBe(open)
    expect(await read(verifyTreasury)).toEqual([])
  })
})

test('a change of somebody the town registered itself does not overwrite what the counter knows', async () => {
  const { place, bring, read } = await anImportingTown(db)
  const known = await aPerson(place, { first: 'سامي', father: 'محمد', grandfather: 'سليم', family: 'قطب' })
  await bring(csv(`7,سامي محمد سليم قطب,${known.idNumber},منى,,,M1,10`))
  await bring(csv(`7,سامي محمد سليم القطبي,${known.idNumber},سعاد,,,M1,10`))
  expect(await read(tx => getPerson(tx, known.id))).toMatchObject({
    motherName: known.motherName,
    displayName: known.displayName,
  })
})
