import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHandmadePdf, aPng } from '../../../../test/builders/files.ts'
import { logInAs } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { money } from '../../../lib/money.ts'
import { retireService } from '../../catalogue/index.ts'
import { accountFor, raiseCharge } from '../../treasury/index.ts'
import {
  aForm,
  aKey,
  aPortal,
  begin,
  fillResidence,
  type Portal,
  residence,
  wordsOf,
} from './testing/portal.ts'

const db = await testDatabase()
let portal: Portal
let png: Buffer

beforeAll(async () => {
  portal = await aPortal(db)
  png = await aPng()
})

const page = (draft: string, id: string) => `/my/drafts/${draft}/pages/${id}`
const countRequests = async (personId: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from request where applicant_id = ${personId}`.execute(db.owner)
  return rows[0]?.n ?? -1
}

async function withPapers(cookie: string): Promise<string> {
  const draft = await fillResidence(portal, cookie)
  const body = aForm({ _key: aKey() }, { 'paper.id-copy': { name: 'id.png', bytes: png } })
  const sent = await portal.knock(`/my/drafts/${draft}/papers`, { cookie, body })
  expect(sent.headers.get('location')).toBe(`/my/drafts/${draft}/summary`)
  return draft
}

describe('filing on the portal', () => {
  test('goes page by page to a request with its number, its papers and a link that follows it', async () => {
    const { person, cookie } = await portal.newcomer()
    const draft = await withPapers(cookie)
    const summary = await wordsOf(await portal.knock(`/my/drafts/${draft}/summary`, { cookie }))
    expect(summary).toContain('حوض 3، حي السوق، قطعة 118')
    expect(summary).toContain('10.00 شيكل')
    const filed = await portal.knock(`/my/drafts/${draft}/summary`, { cookie, form: { _key: aKey() } })
    expect(filed.status).toBe(303)
    const received = await portal.knock(filed.headers.get('location') ?? '', { cookie })
    const html = await received.text()
    const [, token] = /\/track\/([A-Za-z0-9_-]+)"/.exec(html) ?? []
    expect(html).toContain('qr-ink')
    const tracked = await portal.knock(`/track/${token}`)
    expect(tracked.status).toBe(200)
    expect(await wordsOf(tracked)).not.toContain(person.displayName)
    expect(await countRequests(person.id)).toBe(1)
  })

  test('shows the tracking link on that page only', async () => {
    const { cookie } = await portal.newcomer()
    const draft = await withPapers(cookie)
    const filed = await portal.knock(`/my/drafts/${draft}/summary`, { cookie, form: { _key: aKey() } })
    expect(filed.status).toBe(303)
    const bare = (filed.headers.get('location') ?? '').replace(/\?.*/, '')
    const later = await portal.knock(bare, { cookie })
    expect(later.status).toBe(200)
    expect(await later.text()).not.toMatch(/\/track\/[A-Za-z0-9_-]{16,}/)
  })

  test('files once, however often the button is pressed, from one page or from two', async () => {
    const { person, cookie } = await portal.newcomer()
    const draft = await withPapers(cookie)
    const key = aKey()
    const press = (_key: string) => portal.knock(`/my/drafts/${draft}/summary`, { cookie, form: { _key } })
    const [first, second, third] = await Promise.all([press(key), press(key), press(aKey())])
    expect(new Set([first?.status, second?.status, third?.status])).toEqual(new Set([303]))
    expect(first?.headers.get('location')).toBe(second?.headers.get('location'))
    expect((await press(key)).headers.get('location')).toBe(first?.headers.get('location'))
    expect(await countRequests(person.id)).toBe(1)
  })

  test('leads a form that was filed to its request', async () => {
    const { cookie } = await portal.newcomer()
    const draft = await withPapers(cookie)
    await portal.knock(`/my/drafts/${draft}/summary`, { cookie, form: { _key: aKey() } })
    const again = await portal.knock(page(draft, 'purpose'), { cookie })
    expect(again.headers.get('location')).toMatch(/^\/my\/requests\//)
  })

  test('does not file what is incomplete, and names what is missing', async () => {
    const { person, cookie } = await portal.newcomer()
    const draft = await begin(portal, cookie, 'ADM-01')
    const answer = await portal.knock(`/my/drafts/${draft}/summary`, { cookie, form: { _key: aKey() } })
    expect(answer.status).toBe(422)
    const words = await wordsOf(answer)
    expect(words).toContain('الغرض: هذا السؤال لازم')
    expect(words).toContain('صورة عن الهوية الشخصية: ')
    expect(await countRequests(person.id)).toBe(0)
  })

  test('does not show one citizen the form of another', async () => {
    const { cookie } = await portal.newcomer()
    const other = await portal.newcomer()
    const draft = await begin(portal, cookie, 'ADM-01')
    expect((await portal.knock(page(draft, 'purpose'), { cookie: other.cookie })).status).toBe(404)
    const stolen = await portal.knock(page(draft, 'purpose'), {
      cookie: other.cookie,
      form: { purpose: 'bank', _key: aKey() },
    })
    expect(stolen.status).toBe(404)
  })
})

describe('a page with something wrong', () => {
  const cases: [string, Record<string, string>, string][] = [
    ['a birth date that has not come', { livingSince: '1/1/2090' }, 'هذا التاريخ لم يأتِ بعد'],
    ['a day that does not exist', { livingSince: '31/2/2020' }, 'اكتب التاريخ: يوم/شهر/سنة'],
    ['letters in a parcel', { 'residence.parcel': '١١٨ب' }, 'فيه «ب»'],
    ['ten thousand characters', { 'residence.landmark': 'ا'.repeat(10_000) }, 'النص أطول من'],
    ['an answer that is none of the choices', { housing: 'castle' }, 'اختر من القائمة'],
    ['nothing at all', { housing: '', livingSince: '' }, 'هذا السؤال لازم'],
  ]
  test.each(cases)('names %s and keeps what was typed', async (_, change, words) => {
    const { cookie } = await portal.newcomer()
    const draft = await begin(portal, cookie, 'ADM-01')
    await portal.knock(page(draft, 'purpose'), { cookie, form: { purpose: 'school', _key: aKey() } })
    const form = { ...residence, ...change, _key: aKey() }
    const answer = await portal.knock(page(draft, 'residence'), { cookie, form })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('role="alert"')
    expect(await wordsOf(new Response(html))).toContain(words)
    const [typed] = Object.values(change)
    if (typed && typed !== 'castle') expect(html).toContain(typed)
    const back = await (await portal.knock(page(draft, 'residence'), { cookie })).text()
    expect(back).toContain('حي السوق')
    if (typed && typed !== 'castle') expect(back).toContain(typed)
  })

  test('refuses an emoji in a name and a short identity number, in words', async () => {
    const { cookie } = await portal.newcomer()
    const draft = await begin(portal, cookie, 'ELE-01', 'tenant')
    const owner = { 'owner.first': 'سامي😀', 'owner.family': 'قطب', 'owner.nationalId': '' }
    const first = await portal.knock(page(draft, 'right'), { cookie, form: { ...owner, _key: aKey() } })
    expect(first.status).toBe(422)
    const html = await first.text()
    expect(html).toContain('سامي😀')
    expect(html).toContain('اكتب الاسم بالحروف')
    const second = await portal.knock(page(draft, 'right'), {
      cookie,
      form: { ...owner, 'owner.first': 'سامي', 'owner.nationalId': '12', _key: aKey() },
    })
    expect(await wordsOf(second)).toContain('رقم الهوية تسعة أرقام، وهذا أقصر')
  })

  test('asks a question that only now came up without blame', async () => {
    const { cookie } = await portal.newcomer()
    const draft = await begin(portal, cookie, 'ELE-01')
    const form = { right: 'consent', _shown: 'right', _key: aKey() }
    const answer = await portal.knock(page(draft, 'right'), { cookie, form })
    expect(answer.status).toBe(303)
    const next = await portal.knock(answer.headers.get('location') ?? '', { cookie })
    const html = await next.text()
    expect(html).toContain('name="owner.first"')
    expect(html).not.toContain('role="alert"')
  })

  test('is saved as typed and left for later without a fault', async () => {
    const { cookie } = await portal.newcomer()
    const draft = await begin(portal, cookie, 'ADM-01')
    await portal.knock(page(draft, 'purpose'), { cookie, form: { purpose: 'school', _key: aKey() } })
    const form = { ...residence, livingSince: 'قبل سنين', later: 'yes', _key: aKey() }
    const answer = await portal.knock(page(draft, 'residence'), { cookie, form })
    expect(answer.headers.get('location')).toBe('/my')
    const start = await wordsOf(await portal.knock('/my/file/ADM-01', { cookie }))
    expect(start).toContain('عندك طلب بدأته ولم تقدّمه')
    expect(await (await portal.knock(page(draft, 'residence'), { cookie })).text()).toContain('قبل سنين')
  })

  test('is kept while it is typed', async () => {
    const { cookie } = await portal.newcomer()
    const draft = await begin(portal, cookie, 'ADM-01')
    const answer = await portal.knock(`/my/drafts/${draft}/save/purpose`, {
      cookie,
      form: { purpose: 'other', purposeWords: 'لأخت', _key: aKey() },
    })
    expect(answer.status).toBe(204)
    expect(await (await portal.knock(page(draft, 'purpose'), { cookie })).text()).toContain('لأخت')
  })

  test('sent after the log-in ended waits, and is sent on as it was typed', async () => {
    const { person, cookie } = await portal.newcomer()
    const draft = await begin(portal, cookie, 'ADM-01')
    const form = { purpose: 'other', purposeWords: 'تسجيل أختي', _key: aKey() }
    const parked = await portal.knock(page(draft, 'purpose'), { form })
    const [, token] = /parked=([\w-]+)/.exec(parked.headers.get('location') ?? '') ?? []
    expect(token).toBeDefined()
    const anew = await logInAs({ house: portal.house, town: portal.bench.town.id }, { personId: person.id })
    const html = await (await portal.knock(`/continue/${token}`, { cookie: anew })).text()
    expect(html).toContain('value="تسجيل أختي"')
    const [, action] = /<form[^>]* action="(\/my[^"]+)"/.exec(html) ?? []
    const sent = await portal.knock(action ?? '', { cookie: anew, form: { ...form, _key: aKey() } })
    expect([sent.status, action, sent.headers.get('location')]).toEqual([
      303,
      page(draft, 'purpose'),
      page(draft, 'residence'),
    ])
  })
})

test('whoever sent files as the log-in ended is told to attach them again, and nobody else is', async () => {
  const { cookie } = await portal.newcomer()
  const draft = await begin(portal, cookie, 'ADM-01')
  const told = async (files: Parameters<typeof aForm>[1]) => {
    const body = aForm({ _key: aKey(), step: 'papers' }, files)
    const parked = await portal.knock(`/my/drafts/${draft}/papers`, { body })
    const [, token] = /parked=([\w-]+)/.exec(parked.headers.get('location') ?? '') ?? []
    return wordsOf(await portal.knock(`/continue/${token}`))
  }
  const words = 'أرفقها من جديد بعد المتابعة'
  expect(await told({ 'paper.id-copy': { name: 'id.pdf', bytes: Buffer.from('%PDF-1.7') } })).toContain(words)
  expect(await told({})).not.toContain(words)
})

describe('papers of a form', () => {
  const sends: [string, () => { name: string; bytes: Uint8Array }, string][] = [
    [
      'a program with another name',
      () => ({ name: 'id.pdf', bytes: Buffer.from(`MZ${'\u0000'.repeat(200)}`) }),
      'نقبل صورة أو ملف PDF',
    ],
    [
      'a PDF that runs a script',
      () => ({
        name: 'id.pdf',
        bytes: aHandmadePdf('/OpenAction 4 0 R', ['<</S/JavaScript/JS(app.alert(1))>>']),
      }),
      'في الملف برامج',
    ],
    [
      'a file of 26 megabytes',
      () => ({ name: 'id.png', bytes: Buffer.alloc(26 * 1024 * 1024, 7) }),
      'أكبر من 25 ميغابايت',
    ],
  ]
  test.each(sends)('refuse %s in words, and nothing else is lost', async (_, file, words) => {
    const { cookie } = await portal.newcomer()
    const draft = await fillResidence(portal, cookie)
    const body = aForm({ _key: aKey() }, { 'paper.id-copy': file() })
    const answer = await portal.knock(`/my/drafts/${draft}/papers`, { cookie, body })
    expect(answer.status).toBe(422)
    expect(await wordsOf(answer)).toContain(words)
  })

  test('are asked for by name, taken away again, and offered when the archive has them', async () => {
    const { cookie } = await portal.newcomer()
    const draft = await fillResidence(portal, cookie)
    const none = await portal.knock(`/my/drafts/${draft}/papers`, { cookie, body: aForm({ _key: aKey() }) })
    expect(none.status).toBe(422)
    expect(await wordsOf(none)).toContain('صورة عن الهوية الشخصية: أرفق')
    const files = { 'paper.id-copy': { name: 'وجه الهوية.png', bytes: png } }
    await portal.knock(`/my/drafts/${draft}/papers`, { cookie, body: aForm({ _key: aKey() }, files) })
    const html = await (await portal.knock(`/my/drafts/${draft}/papers`, { cookie })).text()
    expect(html).toContain('وجه الهوية.png')
    const [, document] = /value="([^"]+)"[^>]*name="remove"/.exec(html) ?? []
    const remove = aForm({ _key: aKey(), remove: document ?? '' })
    const removed = await portal.knock(`/my/drafts/${draft}/papers`, { cookie, body: remove })
    expect(removed.headers.get('location')).toBe(`/my/drafts/${draft}/papers`)
    const after = await (await portal.knock(`/my/drafts/${draft}/papers`, { cookie })).text()
    expect(after).not.toContain('name="remove"')
    expect(after).toContain('name="use.id-copy"')
    const use = aForm({ _key: aKey(), 'use.id-copy': 'yes' })
    const used = await portal.knock(`/my/drafts/${draft}/papers`, { cookie, body: use })
    expect(used.headers.get('location')).toBe(`/my/drafts/${draft}/summary`)
    expect(await wordsOf(await portal.knock(`/my/drafts/${draft}/summary`, { cookie }))).toContain('أُرفقت')
  })

  test('whose age matters are asked for their day of issue, and refused when too old', async () => {
    const { cookie } = await portal.newcomer()
    const draft = await fillResidence(portal, cookie)
    await portal.knock(page(draft, 'residence'), {
      cookie,
      form: { ...residence, townAccount: 'no', _key: aKey() },
    })
    const files = {
      'paper.id-copy': { name: 'id.png', bytes: png },
      'paper.bill': { name: 'bill.png', bytes: png },
    }
    const send = (issued: string, withFiles = false) =>
      portal.knock(`/my/drafts/${draft}/papers`, {
        cookie,
        body: aForm({ _key: aKey(), 'issued.bill': issued }, withFiles ? files : {}),
      })
    expect(await wordsOf(await send('', true))).toContain('اكتب تاريخ صدور هذه الوثيقة')
    const old = await send('1/5/2025')
    expect(old.status).toBe(422)
    expect((await send('مارس')).status).toBe(422)
    expect((await send('1/2/2026')).status).toBe(303)
  })
})

describe('what stands in the way of filing', () => {
  test('dues that hold are told with the ways out, and the form is kept', async () => {
    const { person, cookie } = await portal.newcomer()
    await db.database.write(portal.bench.town.id, async tx => {
      const by = { kind: 'system', id: 'test' }
      const account = await accountFor(tx, {
        objectKind: 'person',
        objectId: person.id,
        kind: 'electricity',
        holderId: person.id,
      })
      await raiseCharge(tx, {
        accountId: account.id,
        debtorId: person.id,
        dueKind: 'electricity',
        by,
        label: { ar: 'كهرباء', en: 'Electricity' },
        amount: money(34050, 'ILS'),
        refundable: false,
        reasons: {},
        dueOn: '2026-01-01',
      })
    })
    const draft = await begin(portal, cookie, 'ELE-01')
    const forms: [string, Record<string, string>][] = [
      ['place', { 'place.landmark': 'مقابل المدرسة', insideLimits: 'yes' }],
      ['right', { right: 'own', licensed: 'yes' }],
      ['use', { billing: 'prepaid' }],
    ]
    for (const [id, form] of forms)
      expect((await portal.knock(page(draft, id), { cookie, form: { ...form, _key: aKey() } })).status).toBe(
        303,
      )
    const each = { name: 'p.png', bytes: png }
    const files = { 'paper.id-copy': each, 'paper.property-tax-clearance': each, 'paper.undertaking': each }
    await portal.knock(`/my/drafts/${draft}/papers`, { cookie, body: aForm({ _key: aKey() }, files) })
    const answer = await portal.knock(`/my/drafts/${draft}/summary`, { cookie, form: { _key: aKey() } })
    expect(answer.status).toBe(409)
    const words = await wordsOf(answer)
    expect(words).toContain('340.50 شيكل')
    expect(words).toContain('استثناءً مع بقاء الذمة')
    expect(await countRequests(person.id)).toBe(0)
  })

  test('a service retired meanwhile is told clearly, and nothing that was written is lost', async () => {
    const { person, cookie } = await portal.newcomer()
    const draft = await withPapers(cookie)
    await db.database.write(portal.bench.town.id, tx =>
      retireService(tx, 'ADM-01', { kind: 'system', id: 'test' }),
    )
    for (const knocked of [{ form: { _key: aKey() } }, {}]) {
      const answer = await portal.knock(`/my/drafts/${draft}/summary`, { cookie, ...knocked })
      expect(answer.status).toBe(410)
      expect(await wordsOf(answer)).toContain('ما كتبته وأرفقته محفوظ')
    }
    expect((await portal.knock('/services/ADM-01')).status).toBe(410)
    expect(await countRequests(person.id)).toBe(0)
    const { rows } = await sql`select 1 from draft where draft_id = ${draft} and answers ? 'purpose'`.execute(
      db.owner,
    )
    expect(rows).toHaveLength(1)
  })
})
