import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { onlyOwnCauses } from '../../../../test/builders/looks.ts'
import { aPerson, aTown, logInAs } from '../../../../test/builders/people.ts'
import { aFiledRequest, aWorker, aWorkingTown, type Bench } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import { checkWords } from '../../../kernel/messages/index.ts'
import { addresses, townUrl } from '../../../lib/addresses.ts'
import { openWindow } from '../../../server.ts'
import { forgetStanding } from '../../requests/index.ts'
import { forgetTownWords } from './kept.ts'
import { registeredWords } from './registry.ts'
import { subjectOf } from './subject.ts'

onlyOwnCauses()

const db = await testDatabase()
const house = aHouse(db)
const bench: Bench = { house, town: await aTown(db) }
await aWorkingTown(bench, ['ADM-01', 'ADM-05', 'ELE-01', 'WAT-01'])
const door = await openWindow(house)
const at = { house, town: bench.town.id }
const prefix = `/~${bench.town.slug}`
const cookieOf = async (id: string) => logInAs(at, { staffId: id })
const clerk = await cookieOf((await aWorker(bench, 'clerk', 'service-centre')).id)
const manager = await cookieOf((await aWorker(bench, 'manager', 'mayor-office')).id)
const admin = await cookieOf((await aWorker(bench, 'admin', 'mayor-office')).id)
const designer = await cookieOf((await aWorker(bench, 'designer', 'service-centre')).id)
const collector = await cookieOf((await aWorker(bench, 'collector', 'treasury')).id)
const applicant = await aPerson(at)

async function knock(path: string, cookie: string, form?: Record<string, string>) {
  const answer = await door.fetch(
    new Request(`http://town.test${path}`, {
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
      headers: { host: 'town.test', cookie },
    }),
  )
  return { status: answer.status, html: await answer.text() }
}

const pageOf = (of: string, event: string, query?: Record<string, string>) =>
  townUrl({ prefix }, addresses.messageTemplate, { of, event }, query)
const reviewOf = (of: string, event: string) =>
  townUrl({ prefix }, addresses.messageTemplateReview, { of, event })
const list = (query?: Record<string, string>) => townUrl({ prefix }, addresses.messageTemplates, {}, query)

async function ask(of: string, event: string, body: string, cookie = clerk) {
  const { html } = await knock(pageOf(of, event), cookie)
  const based = /name="based" value="(\d+)"/.exec(html)?.[1] ?? '0'
  return knock(pageOf(of, event), cookie, { do: 'ask', body, based })
}

async function approve(of: string, event: string, cookie = manager) {
  const { html } = await knock(pageOf(of, event), cookie)
  const version = /name="version" value="(\d+)"/.exec(html)?.[1] ?? '0'
  return knock(reviewOf(of, event), cookie, { do: 'approve', version, from: '1/3/2026' })
}

async function messagesOf(requestId: string) {
  return db.owner
    .selectFrom('message')
    .select(['event', 'kind', 'body', 'parts', 'encoding', 'template', 'template_version', 'template_from'])
    .where('request_id', '=', requestId)
    .orderBy('message_id')
    .execute()
}

const unmarked = (html: string) => html.replace(/<[^>]+>/g, '')

describe('the pages of templates', () => {
  test('list the events of every service, a service’s own, and what offices send', async () => {
    const every = await knock(list(), clerk)
    expect(every.status).toBe(200)
    expect(every.html).toContain('عند الاستلام')
    expect(every.html).toContain('لكل خدمة نصها')
    const services = await knock(list({ view: 'services', q: 'كهرباء' }), clerk)
    expect(services.html).toContain('ELE-01')
    expect(services.html).not.toContain('WAT-01')
    expect((await knock(list({ service: 'ELE-01' }), clerk)).html).toContain('اشتراك كهرباء')
    expect((await knock(list({ view: 'office' }), clerk)).html).toContain('وافقت البلدية على التقسيط')
  })

  test('open for those who write or review, and for nobody else', async () => {
    expect((await knock(list(), collector)).status).toBe(403)
    expect((await knock(list(), admin)).status).toBe(200)
    // The administrator reviews, and writes nothing.
    const page = await knock(pageOf('ELE-01', 'received'), admin)
    expect(page.html).not.toContain('name="body"')
    expect((await knock(pageOf('ELE-01', 'received'), admin, { do: 'ask', body: 'x' })).status).toBe(403)
  })

  test('lead to no occasion that is none', async () => {
    expect((await knock(pageOf('ELE-01', 'nothing'), clerk)).status).toBe(404)
    expect((await knock(pageOf('NIX-01', 'received'), clerk)).status).toBe(404)
    expect((await knock(pageOf('office', 'nothing'), clerk)).status).toBe(404)
  })

  test('refuse words that would show one citizen’s data to another, and keep what was typed', async () => {
    const typed = 'طلبك {رقم} وهوية المالك {owner}'
    const refused = await ask('ELE-01', 'received', typed)
    expect(refused.status).toBe(422)
    expect(refused.html).toContain('قد يكون لشخص غير صاحب الرسالة')
    expect(refused.html).toContain('وهوية المالك {owner}')
    const copied = await ask('all', 'received', 'استلمنا طلبك 4178/2026.')
    expect(copied.status).toBe(422)
    expect(unmarked(copied.html)).toContain('رقم طلب واحد من الناس')
    expect(await db.owner.selectFrom('message_words').selectAll().execute()).toEqual([])
  })

  test('take words with names as people call them, and neutralise what is not seen', async () => {
    expect((await ask('WAT-01', 'received', 'استلمنا\u202e طلبك {الرقم}\u0000.')).status).toBe(303)
    const kept = await db.owner
      .selectFrom('message_words')
      .select(['body', 'state'])
      .where('key', '=', 'WAT-01/received')
      .execute()
    expect(kept).toEqual([{ body: 'استلمنا طلبك {number}.', state: 'in-review' }])
  })

  test('show what words would come to before they are kept', async () => {
    const shown = await knock(pageOf('ELE-01', 'received'), clerk, {
      _foresee: '1',
      body: 'طلبك {الرقم} {nobody}',
    })
    expect(shown.status).toBe(200)
    expect(unmarked(shown.html)).toContain('لا شيء هنا اسمه «nobody»')
    const sound = await knock(pageOf('ELE-01', 'received'), clerk, {
      _foresee: '1',
      body: 'طلبك {الرقم} وصل.',
    })
    expect(sound.html).toMatch(/<span class="fill fill-town sample"[^>]*>.*12345\/2026/)
  })

  test('let a second person approve, not the writer; then requests are told in those words', async () => {
    expect((await ask('ELE-01', 'fee-due', 'ادفع {المبلغ} لطلبك {الرقم}.', manager)).status).toBe(303)
    const page = await knock(pageOf('ELE-01', 'fee-due'), manager)
    expect(unmarked(page.html)).toContain('يراجعه شخص ثانٍ')
    const forged = { do: 'approve', version: '1', from: '1/3/2026' }
    expect((await knock(reviewOf('ELE-01', 'fee-due'), manager, forged)).status).toBe(403)
    expect((await approve('ELE-01', 'fee-due', designer)).status).toBe(303)
    const filed = await aFiledRequest(bench, applicant.id, { serviceCode: 'ELE-01' })
    expect((await messagesOf(filed.requestId))[0]).toMatchObject({
      body: `ادفع 10.00 شيكل لطلبك ${filed.number}/${filed.year}.`,
      event: 'fee-due',
      kind: 'step',
      template: 'ELE-01/fee-due',
      template_version: 1,
      template_from: 'town',
    })
  })

  test('let words for every service be sent where a service has none of its own', async () => {
    expect((await ask('all', 'received', 'أهلًا بك. وصل طلبك {الرقم}: {الخدمة}.')).status).toBe(303)
    expect((await approve('all', 'received')).status).toBe(303)
    const filed = await aFiledRequest(bench, applicant.id, { serviceCode: 'ADM-05' })
    const number = `${filed.number}/${filed.year}`
    const [message] = await messagesOf(filed.requestId)
    expect(message).toMatchObject({
      event: 'received',
      kind: 'step',
      encoding: 'UCS-2',
      parts: 1,
      template: 'ADM-05/received',
      template_version: 1,
      template_from: 'every',
    })
    expect(message?.body).toContain(`وصل طلبك ${number}`)
    expect((await ask('ADM-05', 'received', 'وصل البلاغ {الرقم}.')).status).toBe(303)
    expect((await approve('ADM-05', 'received')).status).toBe(303)
    const next = await aFiledRequest(bench, applicant.id, { serviceCode: 'ADM-05' })
    expect((await messagesOf(next.requestId))[0]).toMatchObject({
      body: `وصل البلاغ ${next.number}/${next.year}.`,
      template: 'ADM-05/received',
      template_version: 1,
      template_from: 'town',
    })
  })

  test('fill words with a request the writer may read, and note the look', async () => {
    const filed = await aFiledRequest(bench, applicant.id)
    const number = `${filed.number}/${filed.year}`
    const shown = await knock(pageOf('ADM-01', 'completed', { request: number }), clerk)
    expect(unmarked(shown.html)).toContain(`بما في الطلب ${number}`)
    const looks = await sql<{ act: string; cause: string }>`
      select act, cause from audit where person_id = ${applicant.id} and act = 'messaging.words-previewed'`.execute(
      db.owner,
    )
    expect(looks.rows).toEqual([{ act: 'messaging.words-previewed', cause: number }])
    // Typing on is the same look.
    const typed = await knock(pageOf('ADM-01', 'completed'), clerk, {
      _foresee: '1',
      body: 'طلبك {الرقم}',
      request: number,
    })
    expect(unmarked(typed.html)).toContain(`طلبك ${number}`)
    const again =
      await sql`select 1 from audit where person_id = ${applicant.id} and act like 'messaging.words%'`.execute(
        db.owner,
      )
    expect(again.rows).toHaveLength(1)
  })

  test('fill nothing with a request the writer may not read', async () => {
    const filed = await aFiledRequest(bench, applicant.id)
    const number = `${filed.number}/${filed.year}`
    const shown = await knock(pageOf('ADM-01', 'completed', { request: number }), designer)
    expect(shown.html).toContain('ليس لك أن تقرأه')
    expect(unmarked(shown.html)).not.toContain(`بما في الطلب`)
    const strange = await knock(pageOf('ELE-01', 'completed', { request: number }), clerk)
    expect(strange.html).toContain('من خدمة أخرى')
  })

  test('never keep somebody from being told: words that name what is gone give way to those before them', async () => {
    await sql`
      insert into message_words (municipality_id, key, version, body, written_by, written_at, state, decided_by, decided_at, from_at)
      select ${bench.town.id}::uuid, 'WAT-01/' || event, 1, 'طلبك {number}: {goneWithTheOldVersion}', gen_random_uuid(), now(), 'approved',
             gen_random_uuid(), now(), '2026-01-01'
        from unnest(array['fee-due']) as event`.execute(db.owner)
    forgetTownWords(house, bench.town.id)
    forgetStanding(house)
    const filed = await aFiledRequest(bench, applicant.id, { serviceCode: 'WAT-01' })
    const [due] = await messagesOf(filed.requestId)
    expect(due).toMatchObject({ event: 'fee-due', template_from: 'given' })
    expect(due?.body).toContain(`${filed.number}/${filed.year}`)
    expect((await knock(pageOf('WAT-01', 'fee-due'), clerk)).html).toContain('لم تعد الخدمة تعرفه')
    expect((await knock(list({ service: 'WAT-01' }), clerk)).status).toBe(200)
  })

  test('tell who writes over whom, and lose nothing that was typed', async () => {
    expect((await ask('ELE-01', 'ready', 'طلبك {الرقم} جاهز.')).status).toBe(303)
    const late = await knock(pageOf('ELE-01', 'ready'), manager, {
      do: 'draft',
      body: 'تعال خذ {الرقم}',
      based: '0',
    })
    expect(late.status).toBe(409)
    expect(late.html).toContain('كتب غيرك نصًا')
    expect(late.html).toContain('تعال خذ {الرقم}')
  })

  test('ask why words are sent back or withdrawn', async () => {
    expect((await knock(reviewOf('ELE-01', 'ready'), manager, { do: 'return', version: '1' })).status).toBe(
      422,
    )
    const back = { do: 'return', version: '1', 'decision-note': 'اذكر المكان' }
    expect((await knock(reviewOf('ELE-01', 'ready'), manager, back)).status).toBe(303)
    expect((await knock(pageOf('ELE-01', 'ready'), clerk)).html).toContain('اذكر المكان')
    expect(unmarked((await knock(list({ view: 'waiting' }), clerk)).html)).toContain('طلبك 12345/2026 جاهز')
    const end = { do: 'withdraw', version: '1' }
    expect((await knock(reviewOf('ELE-01', 'fee-due'), manager, end)).status).toBe(422)
    expect((await knock(reviewOf('ELE-01', 'fee-due'), manager, { ...end, why: 'خطأ' })).status).toBe(303)
    expect((await knock(pageOf('ELE-01', 'fee-due'), clerk)).html).toContain('أوقف')
  })

  test('let no day that has passed be the first', async () => {
    expect((await ask('ELE-01', 'completed', 'انتهى طلبك {الرقم}.')).status).toBe(303)
    const early = { do: 'approve', version: '1', from: '28/2/2026' }
    expect((await knock(reviewOf('ELE-01', 'completed'), manager, early)).status).toBe(422)
  })
})

test('every office declares words that pass the check of a town’s own', async () => {
  const wrong: string[] = []
  for (const { key, body } of registeredWords().values()) {
    const { terms } = await db.database.read(bench.town.id, tx => subjectOf(tx, bench, 'office', key))
    const faults = checkWords(body, terms).filter(({ severity }) => severity === 'fault')
    wrong.push(...faults.map(({ code, values }) => `${key}: ${code} ${JSON.stringify(values)}`))
  }
  expect(wrong).toEqual([])
  expect(registeredWords().size).toBeGreaterThan(25)
})
