import { beforeAll, describe, expect, test } from 'vitest'
import { aDoor } from '../../../../test/builders/door.ts'
import { aPerson, type BuiltPerson, type BuiltStaff, logInAs } from '../../../../test/builders/people.ts'
import { aWorker, aWorkingTown } from '../../../../test/builders/requests.ts'
import { aTill, ils, jod } from '../../../../test/builders/treasury.ts'
import { testDatabase } from '../../../../test/database.ts'
import { mergePeople } from '../../people/index.ts'
import { treasuryRoutes } from '../routes.ts'
import { plansOf } from './plan-store.ts'

const till = await aTill(await testDatabase())
const { house, town, charge, take, read } = till
const bench = { house, town }
const place = { house, town: town.id }
const { knock } = aDoor(house, treasuryRoutes)
let [clerk, treasurer, manager]: BuiltStaff[] = []
let keys = 0
const as = (who: BuiltStaff | undefined) => logInAs(place, { staffId: who?.id ?? '' })
const form = (fields: Record<string, string | string[]>): FormData => {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields))
    for (const each of [value].flat()) body.append(name, each)
  body.append('_key', `debt-form-${++keys}`)
  return body
}

beforeAll(async () => {
  await aWorkingTown(bench)
  clerk = await aWorker(bench, 'clerk', 'service-centre')
  treasurer = await aWorker(bench, 'treasurer', 'treasury')
  manager = await aWorker(bench, 'manager', 'service-centre')
})

const debtor = async (): Promise<{ person: BuiltPerson; chargeId: string }> => {
  const person = await aPerson(place)
  const chargeId = await charge(person, ils(90_000), {
    dueKind: 'water',
    label: { ar: 'فاتورة مياه', en: 'Water bill' },
  })
  return { person, chargeId }
}

describe('the statement', () => {
  test('shows a citizen their own on the screen, on A4 and as a file, and nobody else’s', async () => {
    const { person, chargeId } = await debtor()
    await charge(person, jod(5000))
    await take([{ chargeId, amount: ils(40_000), paid: ils(40_000) }])
    const cookie = await logInAs(place, { personId: person.id })
    const page = await (await knock('/my/dues/statement', { cookie })).text()
    expect(page).toContain('فاتورة مياه')
    expect(page).toContain('500.00')
    const csv = await knock('/my/dues/statement?as=csv', { cookie })
    expect(csv.headers.get('content-type')).toContain('text/csv')
    const lines = (await csv.text()).trim().split('\r\n')
    expect(lines).toHaveLength(6)
    expect(lines[3]).toContain('A-1/2026,,400.00,500.00')
    expect(await (await knock('/my/dues/statement?format=print', { cookie })).text()).toContain(
      'class="paper a4"',
    )
    const other = await logInAs(place, { personId: (await aPerson(place)).id })
    expect(await (await knock('/my/dues/statement', { cookie: other })).text()).not.toContain('500.00')
    const receipts = /\/my\/dues\/receipts\/[\w-]+/.exec(page)?.[0] ?? ''
    expect((await knock(receipts, { cookie })).status).toBe(200)
    expect((await knock(receipts, { cookie: other })).status).toBe(404)
    expect((await knock(`/counter/people/${person.id}/statement`, { cookie })).status).toBe(403)
    expect((await knock(`/counter/people/${person.id}/statement`, { cookie: await as(clerk) })).status).toBe(
      200,
    )
  })
})

test('what a merged record owed and paid is on the survivor’s statement, receipts and all', async () => {
  const { person, chargeId } = await debtor()
  const receipt = await take([{ chargeId, amount: ils(30_000), paid: ils(30_000) }])
  const survivor = await aPerson(place)
  const cookie = await logInAs(place, { personId: survivor.id })
  const open = async () => (await knock(`/my/dues/receipts/${receipt.id}`, { cookie })).status
  expect(await open()).toBe(404)
  const by = { kind: 'staff' as const, id: manager?.id ?? '' }
  await till.write(tx =>
    mergePeople(tx, { mergedId: person.id, intoId: survivor.id, reason: 'سُجّل مرتين', despite: true }, by),
  )
  expect(await open()).toBe(200)
  const page = await (await knock('/my/dues/statement', { cookie })).text()
  expect(page).toContain(`/my/dues/receipts/${receipt.id}`)
  expect(page).toContain('600.00')
})

describe('the dues page at the counter', () => {
  test('says whether somebody is clear, and why not', async () => {
    const { person } = await debtor()
    const cookie = await as(clerk)
    expect(await (await knock(`/counter/people/${person.id}/dues`, { cookie })).text()).toContain(
      'لا تصدر له براءة ذمة',
    )
    const free = await aPerson(place)
    expect(await (await knock(`/counter/people/${free.id}/dues`, { cookie })).text()).toContain('بريء الذمة')
  })

  test('proposes a plan, keeps what was typed when its sum differs, and has it agreed by another', async () => {
    const { person, chargeId } = await debtor()
    const cookie = await as(clerk)
    const address = `/counter/people/${person.id}/dues/plan`
    const laid = await (
      await knock(`${address}?charges=${chargeId}&count=3&first=1/4/2026`, { cookie })
    ).text()
    expect(laid.match(/name="amount"/g)).toHaveLength(3)
    const rows = { due: ['1/4/2026', '1/5/2026', '1/6/2026'], charges: chargeId, note: 'دخل محدود' }
    const wrong = await knock(address, { cookie, body: form({ ...rows, amount: ['300', '300', '301'] }) })
    expect(wrong.status).toBe(422)
    const again = await wrong.text()
    expect(again).toContain('مجموع الأقساط لا يساوي ما عليه')
    expect(again).toContain('value="301"')
    expect(await read(tx => plansOf(tx, person.id, '2026-03-01'))).toEqual([])
    const saved = await knock(address, { cookie, body: form({ ...rows, amount: ['300', '300', '300'] }) })
    expect(saved.status).toBe(303)
    const plan = saved.headers.get('location') ?? ''
    expect(
      (await knock(`${plan}/decide`, { cookie, body: form({ accept: 'yes', decision: 'ق 1' }) })).status,
    ).toBe(403)
    const boss = await as(manager)
    expect(
      (await knock(`${plan}/decide`, { cookie: boss, body: form({ accept: 'yes', decision: '' }) })).status,
    ).toBe(422)
    expect(
      (await knock(`${plan}/decide`, { cookie: boss, body: form({ accept: 'yes', decision: 'ق 1' }) }))
        .status,
    ).toBe(303)
    expect(await (await knock(plan, { cookie })).text()).toContain('ملتزم به')
    expect(await (await knock(`${plan}?format=print`, { cookie })).text()).toContain('اتفاق تقسيط')
    expect(await (await knock(`/counter/people/${person.id}/dues`, { cookie })).text()).toContain(
      'بريء الذمة بتقسيط',
    )
    expect(await (await knock('/manage/plans?state=agreed', { cookie })).text()).toContain(person.displayName)
  })

  test('lays credit on what is owed, transfers a debt by proof, and refuses it without', async () => {
    const { person, chargeId } = await debtor()
    const to = await aPerson(place)
    const cookie = await as(treasurer)
    const address = `/counter/people/${person.id}/dues/transfer`
    const bad = await knock(address, {
      cookie,
      body: form({ charges: chargeId, to: to.idNumber, reason: 'بيع', proof: '' }),
    })
    expect(bad.status).toBe(422)
    expect(await bad.text()).toContain('اكتب ما يثبته')
    const nobody = await knock(address, {
      cookie,
      body: form({ charges: chargeId, to: '999999999', reason: 'بيع', proof: 'عقد' }),
    })
    expect(await nobody.text()).toContain('لا أحد في السجل بهذا الرقم')
    const fields = { charges: chargeId, to: to.idNumber, reason: 'بيع', proof: 'عقد 5' }
    expect((await knock(address, { cookie, body: form(fields) })).status).toBe(303)
    const moved = await (await knock(`/counter/people/${to.id}/dues`, { cookie })).text()
    expect(moved).toContain('900.00')
  })
})

describe('the treasurer’s lists', () => {
  test('arrears by age on the screen and as a file, for the treasurer alone', async () => {
    await debtor()
    const cookie = await as(treasurer)
    expect(await (await knock('/manage/arrears', { cookie })).text()).toContain('أعمار الذمم')
    expect(await (await knock('/manage/arrears?as=csv', { cookie })).text()).toContain('مياه,ILS')
    expect((await knock('/manage/arrears', { cookie: await as(clerk) })).status).toBe(403)
  })

  test('an exemption is written with its decision and ends; without one it is refused with what was typed', async () => {
    const { person } = await debtor()
    const cookie = await as(manager)
    const typed = {
      person: person.idNumber,
      kind: 'water',
      percent: '٢٥',
      reason: 'حالة اجتماعية',
      from: '1/1/2026',
    }
    const bad = await knock('/manage/exemptions', { cookie, body: form({ ...typed, decision: '' }) })
    expect(bad.status).toBe(422)
    expect(await bad.text()).toContain('حالة اجتماعية')
    expect(
      (await knock('/manage/exemptions', { cookie, body: form({ ...typed, decision: 'ق 9/2026' }) })).status,
    ).toBe(303)
    const list = await (await knock('/manage/exemptions', { cookie })).text()
    expect(list).toContain('ق 9/2026')
    expect(list).toContain('25%')
    const dues = await (await knock(`/counter/people/${person.id}/dues`, { cookie })).text()
    expect(dues).toContain('طبّق على فاتورة مياه')
    const ending = /\/manage\/exemptions\/[\w-]+\/end/.exec(list)?.[0] ?? ''
    expect((await knock(ending, { cookie, body: form({}) })).status).toBe(303)
    expect((await knock('/manage/exceptions', { cookie })).status).toBe(200)
  })
})
