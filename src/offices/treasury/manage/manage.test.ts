import { describe, expect, test } from 'vitest'
import { aDoor } from '../../../../test/builders/door.ts'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aStaffMember, aTown, builder, logInAs } from '../../../../test/builders/people.ts'
import { aFiledRequest, aWorkingTown } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import { type Address, addresses, type Query, townUrl } from '../../../lib/addresses.ts'
import { addDays, dateIn } from '../../../lib/calendar.ts'
import { money } from '../../../lib/money.ts'
import type { Read } from '../../../platform/database/index.ts'
import { openTownDirectory } from '../../../web/town.ts'
import { retireService } from '../../catalogue/index.ts'
import { registerRequests } from '../../requests/index.ts'
import { chargesOfRequest, rateOn, tariffsOn, treasuryRoutes } from '../index.ts'

const db = await testDatabase()
const house = aHouse(db)
registerRequests(
  house,
  openTownDirectory(db.database, () => 0),
)
const roles = ['admin', 'treasurer', 'auditor', 'clerk', 'collector'] as const
type Post = (typeof roles)[number]

/** A town whose services are published and whose fees nobody has confirmed. */
async function aFreshTown() {
  const town = await aTown(house)
  const place = { house, town: town.id }
  await aWorkingTown({ house, town })
  const { knock } = aDoor(house, treasuryRoutes)
  const staff = {} as Record<Post, { id: string; name: { ar: string } }>
  const cookies = {} as Record<Post, string>
  for (const role of roles) {
    staff[role] = await aStaffMember(place, role)
    cookies[role] = await logInAs(place, { staffId: staff[role].id })
  }
  const prefix = `/~${town.slug}`
  async function ask(by: Post, address: Address, form?: Record<string, string>, query?: Query) {
    const answer = await knock(townUrl({ prefix }, address, {}, query), {
      cookie: cookies[by],
      ...(form ? { form } : {}),
    })
    const html = await answer.text()
    const text = html
      .replace(/<head>.*?<\/head>/s, '')
      .replace(/<[^>]+>/g, '')
      .replace(/\s+/g, ' ')
    return { status: answer.status, location: answer.headers.get('location'), html, text }
  }
  const read = <T>(work: (tx: Read) => Promise<T>): Promise<T> => house.database.read(town.id, work)
  const today = () => dateIn(db.clock.now(), town.timeZone)
  return {
    town,
    place,
    staff,
    ask,
    read,
    prefix,
    today,
    setFee: (by: Post, over: Record<string, string> = {}) =>
      ask(by, addresses.manageSettings, { ...typed, from: today(), ...over }),
    /** What a filing of today is charged. */
    async filed() {
      const person = await aPerson(place)
      const { requestId } = await aFiledRequest({ house, town }, person.id)
      return requestId
    },
    charged: async (requestId: string) =>
      (await read(tx => chargesOfRequest(tx, requestId))).map(charge => charge.amount.minor),
    acts: (act: string) =>
      db.owner
        .selectFrom('audit')
        .select(['actor_id', 'subject_id', 'cause'])
        .where('municipality_id', '=', town.id)
        .where('act', '=', act)
        .execute(),
  }
}
const typed = { fee: 'applicationFee', amount: '15.00', decision: '12/2026' }

describe('the settings', () => {
  test('show every fee of the services in honey until the municipality confirms it, and what each one is today', async () => {
    const { ask } = await aFreshTown()
    const { status, text, html } = await ask('admin', addresses.manage)
    expect(status).toBe(200)
    for (const said of ['بانتظار تأكيد البلدية', '10.00 شيكل', '170.000 دينار', '300.00 شيكل', 'غير مؤكد'])
      expect(text).toContain(said)
    expect(html).toContain('class="pane gate"')
    expect(text).not.toContain('رسوم أكدتها البلدية')
  })

  test('are read by everybody of the staff and changed by none but those whose office it is', async () => {
    const { ask, setFee, read, today } = await aFreshTown()
    for (const post of ['auditor', 'clerk', 'treasurer', 'collector'] as const) {
      const page = await ask(post, addresses.manage)
      expect([page.status, page.text.includes('اكتب قيمته')]).toEqual([200, false])
      const fee = await ask(post, addresses.manageSettings, undefined, { fee: 'applicationFee' })
      expect([fee.status, fee.html.includes('name="amount"')]).toEqual([200, false])
      expect((await setFee(post)).status, post).toBe(403)
    }
    expect((await ask('auditor', addresses.manage)).text).toContain('تقرأ هذه الصفحة')
    expect((await ask('treasurer', addresses.manage)).text).not.toContain('تقرأ هذه الصفحة')
    expect(await read(tx => tariffsOn(tx, today()))).toEqual({})
  })

  test('tell of the services with version and state, the retired as well, whose fees are asked for no more', async () => {
    const { ask, town } = await aFreshTown()
    expect((await ask('admin', addresses.manage)).text).not.toContain('متوقفة')
    await house.database.write(town.id, tx => retireService(tx, 'ELE-04', builder))
    db.clock.advance(1)
    const { text } = await ask('admin', addresses.manage)
    expect(text).toMatch(/ELE-04 ?\d+ ?متوقفة/)
    expect(text).toMatch(/ADM-01 ?\d+ ?منشورة/)
    expect(text).not.toContain('300.00 شيكل')
  })

  test('of a town without services say what comes next', async () => {
    const town = await aTown(house)
    const place = { house, town: town.id }
    const admin = await aStaffMember(place, 'admin')
    const cookie = await logInAs(place, { staffId: admin.id })
    const { knock } = aDoor(house, treasuryRoutes)
    const answer = await knock(townUrl({ prefix: `/~${town.slug}` }, addresses.manage, {}), { cookie })
    expect([answer.status, (await answer.text()).includes('لا خدمات منشورة بعد')]).toEqual([200, true])
  })
})

describe('a fee', () => {
  test('set by the administrator is what a filing of that day is charged, and requests before it keep theirs', async () => {
    const { setFee, filed, charged, ask, acts, staff, prefix } = await aFreshTown()
    const before = await filed()
    const answer = await setFee('admin')
    expect([answer.status, answer.location]).toEqual([303, prefix + addresses.manage.pattern])
    const after = await filed()
    expect([await charged(before), await charged(after)]).toEqual([[1000], [1500]])
    const page = await ask('admin', addresses.manage)
    expect(page.text).toContain('رسوم أكدتها البلدية')
    expect(page.text.indexOf('بانتظار تأكيد')).toBeLessThan(page.text.indexOf('رسوم أكدتها'))
    expect(page.text).toContain('12/2026')
    expect(await acts('treasury.tariff-set')).toEqual([
      { actor_id: staff.admin.id, subject_id: 'applicationFee', cause: '12/2026' },
    ])
    const record = await ask('auditor', addresses.manageSettings, undefined, { fee: 'applicationFee' })
    expect(record.text).toContain(staff.admin.name.ar)
  })

  test('that begins later does not act today, and acts on its day', async () => {
    const { setFee, filed, charged, ask, read, today } = await aFreshTown()
    const tomorrow = addDays(today(), 1)
    expect((await setFee('admin', { from: tomorrow })).status).toBe(303)
    expect(await charged(await filed())).toEqual([1000])
    const { text } = await ask('admin', addresses.manage)
    expect(text).toContain('10.00 شيكل')
    expect(text).toMatch(/من \d+ \S+: 15\.00 شيكل/)
    expect(text).not.toContain('رسوم أكدتها البلدية')
    expect(await read(tx => tariffsOn(tx, tomorrow))).toEqual({ applicationFee: money(1500, 'ILS') })
    db.clock.advance(86_400_000)
    expect(await charged(await filed())).toEqual([1500])
  })

  test('sent twice is written once', async () => {
    const { setFee, acts } = await aFreshTown()
    const answers = [
      await setFee('admin', { _key: 'the-same-key' }),
      await setFee('admin', { _key: 'the-same-key' }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    expect(await acts('treasury.tariff-set')).toHaveLength(1)
  })

  test('with faults is not written, and what was typed stays', async () => {
    const { setFee, acts } = await aFreshTown()
    const answer = await setFee('admin', { amount: '15.555', from: '1/1/2020', decision: '' })
    expect(answer.status).toBe(422)
    for (const kept of ['value="15.555"', 'value="1/1/2020"']) expect(answer.html).toContain(kept)
    for (const said of ['كسور المبلغ أكثر', 'هذا التاريخ مضى', 'اكتب رقم قرار المجلس'])
      expect(answer.text).toContain(said)
    const late = await setFee('admin', { amount: '', decision: 'جلسة 7 <b>' })
    expect(late.html).toContain('value="جلسة 7 &lt;b&gt;"')
    expect(await acts('treasury.tariff-set')).toEqual([])
  })

  test('no service names is not there', async () => {
    const { setFee, ask } = await aFreshTown()
    expect((await setFee('admin', { fee: 'nothing' })).status).toBe(404)
    expect((await ask('admin', addresses.manageSettings)).status).toBe(404)
  })
})

describe('a rate', () => {
  test('is written by the treasurer or the administrator, and stands with the name of who did', async () => {
    const { ask, read, staff, acts } = await aFreshTown()
    expect((await ask('auditor', addresses.manage)).text).toContain('لم يُكتب بعد')
    for (const [post, rate] of [
      ['admin', '٥٫٠٥'],
      ['treasurer', '5.10'],
    ] as const) {
      db.clock.advance(1_000)
      expect((await ask(post, addresses.manageRate, { currency: 'JOD', rate })).status).toBe(303)
    }
    expect((await read(tx => rateOn(tx, 'JOD', db.clock.now())))?.rate.toString()).toBe('5.1')
    expect(await acts('treasury.rate-set')).toHaveLength(2)
    const { text } = await ask('auditor', addresses.manage)
    expect(text).toContain('5.1000 شيكل')
    expect(text).toContain(`كتبه ${staff.treasurer.name.ar}`)
  })

  test('is written by nobody else', async () => {
    const { ask, read } = await aFreshTown()
    for (const post of ['clerk', 'collector', 'auditor'] as const) {
      const query = { currency: 'JOD' }
      expect((await ask(post, addresses.manageRate, undefined, query)).status).toBe(403)
      expect((await ask(post, addresses.manageRate, { ...query, rate: '5.1' })).status).toBe(403)
    }
    expect(await read(tx => rateOn(tx, 'JOD', db.clock.now()))).toBeUndefined()
  })

  test.each([
    ['0', 'راجع مكان الفاصلة'],
    ['510', 'راجع مكان الفاصلة'],
    ['', 'اكتب السعر'],
    ['خمسة', 'اكتب السعر بالأرقام'],
  ])('of «%s» is refused in words, and stays typed', async (rate, said) => {
    const { ask, acts } = await aFreshTown()
    const answer = await ask('treasurer', addresses.manageRate, { currency: 'USD', rate })
    expect([answer.status, answer.text.includes(said)]).toEqual([422, true])
    expect(answer.html).toContain(`value="${rate}"`)
    expect(await acts('treasury.rate-set')).toEqual([])
  })

  test('of another currency is not there', async () => {
    const { ask } = await aFreshTown()
    expect((await ask('admin', addresses.manageRate, { currency: 'ILS', rate: '1' })).status).toBe(404)
  })
})
