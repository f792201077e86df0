import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../../test/database.ts'
import { addresses, fillAddress } from '../../../../lib/addresses.ts'
import { actionsOf } from '../../index.ts'
import {
  act,
  anOfficeTown,
  aSubmitted,
  bringTo,
  type OfficeTown,
  post,
  stateOf,
  visit,
} from '../testing/office.ts'
import { phrasesOf, resolvePhrase } from './phrases.ts'

const db = await testDatabase()
let town: OfficeTown

beforeAll(async () => {
  town = await anOfficeTown(db)
})

const desk = fillAddress(addresses.myDesk, {})
const add = fillAddress(addresses.deskPhrases, {})
const absences = fillAddress(addresses.deskAbsences, {})
const remove = (phrase: string) => fillAddress(addresses.deskPhraseRemove, { phrase })
const kept = (owner: string) => db.database.read(town.bench.town.id, tx => phrasesOf(tx, [owner]))

describe('ready phrases', () => {
  test('are one’s own or the office’s, kept by its head, and offered where notes are written', async () => {
    const mine = 'كُشف على الموقع بتاريخ {اليوم} للطلب {number}'
    expect((await post(town, 'engineer', add, { text: mine, owner: 'mine' })).status).toBe(303)
    expect((await post(town, 'head', add, { text: 'لا مانع فنيًا', owner: 'electricity' })).status).toBe(303)
    expect((await post(town, 'engineer', add, { text: 'للجميع', owner: 'electricity' })).status).toBe(403)
    expect((await post(town, 'head', add, { text: 'لغيري', owner: 'planning' })).status).toBe(403)

    const id = await aSubmitted(town)
    await bringTo(town, id, 'inspection')
    const html = await (await visit(town, 'engineer', fillAddress(addresses.officeRequest, { id }))).text()
    const { number, year } = await stateOf(town, id)
    expect(html).toContain(`كُشف على الموقع بتاريخ 1/3/2026 للطلب ${number}/${year}`)
    expect(html).toContain('لا مانع فنيًا')
    expect(html).toContain('data-key="Digit1"')
    const theirs = await (await visit(town, 'planner', desk)).text()
    expect(theirs).not.toContain('لا مانع فنيًا')
  })

  test('go before what was typed when the form is sent without script', async () => {
    await post(town, 'planner', add, { text: 'الموقع مطابق في {service}' })
    const [phrase] = await kept(town.staff.planner.id)
    const id = await aSubmitted(town)
    await bringTo(town, id, 'planning')
    const task = (await stateOf(town, id)).projection.tasks.find(({ state }) => state === 'open')?.id ?? ''
    await post(town, 'planner', fillAddress(addresses.officeAct, { id, act: 'approve' }), {
      'act.task': task,
      planningState: 'licensed',
      'act.note': 'ولا ارتداد ناقص',
      'act.phrase': phrase?.id ?? '',
    })
    const actions = await db.database.read(town.bench.town.id, tx => actionsOf(tx, id))
    expect(actions.at(-1)?.note).toBe('الموقع مطابق في اشتراك كهرباء منزلي 1 فاز\nولا ارتداد ناقص')
  })

  test('are refused empty, doubled, too long and with a word in braces that nobody can write out', async () => {
    const wrong: [string, string][] = [
      ['  ', 'اكتب نص العبارة'],
      ['ا'.repeat(501), 'النص أطول'],
      ['يا {الجد}', '{الجد} ليس مما نكتبه'],
    ]
    for (const [text, words] of wrong) {
      const refused = await post(town, 'clerk', add, { text })
      expect(refused.status).toBe(422)
      expect(await refused.text()).toContain(words)
    }
    expect((await post(town, 'clerk', add, { text: 'وثائقه كاملة' })).status).toBe(303)
    const twice = await post(town, 'clerk', add, { text: 'وثائقه كاملة' })
    expect(twice.status).toBe(422)
    expect(await twice.text()).toContain('هذه العبارة موجودة')
  })

  test('are taken off by whoever keeps them', async () => {
    await post(town, 'mayor', add, { text: 'للتنفيذ' })
    const [phrase] = await kept(town.staff.mayor.id)
    expect((await post(town, 'clerk', remove(phrase?.id ?? ''), {})).status).toBe(403)
    expect((await post(town, 'mayor', remove(phrase?.id ?? ''), {})).status).toBe(303)
    expect(await kept(town.staff.mayor.id)).toEqual([])
    expect((await post(town, 'mayor', remove(phrase?.id ?? ''), {})).status).toBe(404)
  })

  test('leave alone what they do not know', () => {
    const values = { number: '1/2026', name: 'سامي', service: '', filed: '', today: '', office: '' }
    expect(resolvePhrase('{الاسم} {unknown} {number}', values)).toBe('سامي {unknown} 1/2026')
  })
})

describe('an absence', () => {
  const form = { from: '10/3/2026', until: '12/3/2026', reason: 'إجازة' }

  test('is entered by oneself, by the head of the office and by the manager, and by nobody else', async () => {
    const { engineer, planner, clerk } = town.staff
    const of = (who: string) => ({ ...form, who, deputy: clerk.id })
    expect((await post(town, 'planner', absences, of(engineer.id))).status).toBe(403)
    expect((await post(town, 'head', absences, of(planner.id))).status).toBe(403)
    expect((await post(town, 'head', absences, of(engineer.id))).status).toBe(303)
    expect((await post(town, 'manager', absences, of(planner.id))).status).toBe(303)
    const html = await (await visit(town, 'engineer', desk)).text()
    expect(html).toContain(`ينوب ${clerk.name.ar}`)
    expect(html).toContain('أنهِ الغياب الآن')
    expect(await (await visit(town, 'lawyer', desk)).text()).toContain('لا غياب مسجّل')
  })

  test('says in clear words what is wrong with its days and its deputy, and keeps what was typed', async () => {
    const { lawyer, clerk } = town.staff
    const wrong: [Record<string, string>, string][] = [
      [{ from: '1/1/2020' }, 'هذا التاريخ مضى'],
      [{ until: '9/3/2026' }, 'ينتهي قبل أن يبدأ'],
      [{ from: '31/2/2026' }, 'اكتب التاريخ'],
      [{ from: '' }, 'اكتب أول يوم'],
      [{ deputy: lawyer.id }, 'لا ينوب أحد عن نفسه'],
      [{ deputy: town.staff.engineer.id }, 'النائب نفسه غائب'],
      [{ deputy: '' }, 'اختر من ينوب'],
    ]
    for (const [change, words] of wrong) {
      const typed = { ...form, deputy: clerk.id, reason: 'سفر', ...change }
      const refused = await post(town, 'lawyer', absences, typed)
      expect(refused.status, words).toBe(422)
      const html = await refused.text()
      expect(html).toContain(words)
      expect(html).toContain('value="سفر"')
    }
  })

  test('lets no deputy sign, whatever they stand in for', async () => {
    const id = await aSubmitted(town)
    await bringTo(town, id, 'signature')
    const deputy = { kind: 'staff' as const, staffId: town.staff.clerk.id }
    const appointments = [{ role: 'mayor' as const, office: 'mayor-office', deputyOf: town.staff.mayor.id }]
    const { performAct } = await import('../../index.ts')
    const task = (await stateOf(town, id)).projection.tasks.find(({ state }) => state === 'open')?.id
    const done = db.database.write(town.bench.town.id, tx =>
      performAct(tx, town.bench, {
        requestId: id,
        name: 'sign' as const,
        taskId: task,
        actor: { ...deputy, appointments },
      }),
    )
    await expect(done).rejects.toMatchObject({ code: 'not-yours' })
    expect((await act(town, id, 'mayor', 'take')).projection.step).toBe('signature')
  })
})
