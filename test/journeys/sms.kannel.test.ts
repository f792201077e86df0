import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addresses, fillAddress } from '../../src/lib/addresses.ts'
import { splitSms } from '../../src/lib/sms/index.ts'
import { sealSecret } from '../../src/offices/messaging/carriers/store.ts'
import { sendDue } from '../../src/offices/messaging/index.ts'
import { verifyPhone } from '../../src/offices/people/index.ts'
import { attachPaper, getRequest, performAct } from '../../src/offices/requests/index.ts'
import { hashToken } from '../../src/platform/crypto/index.ts'
import { listen } from '../../src/platform/serve.ts'
import { openWindow } from '../../src/server.ts'
import type { Town } from '../../src/web/town.ts'
import { aDocument } from '../builders/archive.ts'
import { aHouse } from '../builders/house.ts'
import { aKannel } from '../builders/kannel.ts'
import { aProvider } from '../builders/messages.ts'
import { aPerson, aTown, type BuiltPerson, type BuiltStaff, builder, logInAs } from '../builders/people.ts'
import { aFiledRequest, aWorker, aWorkingTown } from '../builders/requests.ts'
import { anSmsc, type Smsc, type Submitted } from '../builders/smsc.ts'
import { testDatabase } from '../database.ts'

/** The town's short number, and the word in the address Kannel calls. */
const shortNumber = '1771'
const word = 'word-of-the-hook'
const patience = { timeout: 30_000, interval: 50 }

const db = await testDatabase()
let answer: (request: Request) => Promise<Response> = async () => new Response(null, { status: 503 })
const listener = await listen(request => answer(request), '127.0.0.1', 0)
const base = `http://127.0.0.1:${listener.port}`
afterAll(() => listener.drain(2_000))
const house = aHouse(db, { PUBLIC_URL: base })
let town: Town
let smsc: Smsc
let person: BuiltPerson
let staff: Record<'clerk' | 'roads', BuiltStaff>
let cookie = ''
let report = { id: '', number: '' }

// A town with a gateway of its own: our program, Debian's Kannel behind it, a telephone network behind that.
beforeAll(async () => {
  town = await aTown(db)
  const bench = { house, town }
  await aWorkingTown(bench, ['ADM-05'])
  answer = (await openWindow(house)).fetch
  smsc = await anSmsc()
  const kannel = await aKannel({
    smscPort: smsc.port,
    incoming: base + fillAddress(addresses.messageIncoming, { token: word }),
  })
  const secret = { user: kannel.user, password: kannel.password, token: '', hook: word }
  const provider = await aProvider(
    { house, town: town.id },
    {
      dialect: 'kannel',
      settings: { url: kannel.url, sender: shortNumber },
      secretSealed: sealSecret(house, town.id, secret),
    },
  )
  await db.owner
    .updateTable('message_provider')
    .set({ hook_hash: hashToken(word) })
    .where('provider_id', '=', provider.id)
    .execute()
  staff = {
    clerk: await aWorker(bench, 'clerk', 'service-centre'),
    roads: await aWorker(bench, 'officer', 'works'),
  }
  cookie = await logInAs({ house, town: town.id }, { staffId: staff.clerk.id })
  person = await aPerson({ house, town: town.id })
  await write(tx => verifyPhone(tx, house.crypto, person.id, person.phone, builder))
})

const write = <T>(work: Parameters<typeof db.database.write<T>>[1]): Promise<T> =>
  db.database.write(town.id, work)
const send = () => sendDue(house, [town])

/** What has reached the person's telephone, parts joined, in the order in which each began. */
function telephone(): { text: string; parts: Submitted[] }[] {
  const texts = new Map<string, Submitted[]>()
  for (const [place, part] of smsc.submitted.entries()) {
    const [joint = `alone ${place}`] = part.udh ?? []
    texts.set(String(joint), [...(texts.get(String(joint)) ?? []), part])
  }
  return [...texts.values()].map(parts => {
    const ordered = parts.toSorted((one, other) => (one.udh?.[2] ?? 0) - (other.udh?.[2] ?? 0))
    return { text: ordered.map(({ text }) => text).join(''), parts: ordered }
  })
}

/** Sends what is due, and waits for it on the telephone; the network says that each part arrived. */
async function arrives(words: string | RegExp): Promise<Submitted[]> {
  await send()
  const found = () =>
    telephone().findLast(({ text }) => (typeof words === 'string' ? text.includes(words) : words.test(text)))
  await expect.poll(found, patience).toBeDefined()
  const parts = found()?.parts ?? []
  await expect.poll(() => found()?.parts.length, patience).toBe(splitSms(found()?.text ?? '').parts.length)
  for (const part of found()?.parts ?? []) await smsc.receipt(part, 'DELIVRD')
  return found()?.parts ?? parts
}

/** States of the request's messages, the first first. */
async function fates(): Promise<string[]> {
  const { rows } = await sql<{ fate: string }>`
    select event || ' ' || state as fate from message where request_id = ${report.id} and kind <> 'reply' order by planned_at, message_id`.execute(
    db.owner,
  )
  return rows.map(({ fate }) => fate)
}

async function page(path: string, form?: Record<string, string>): Promise<{ status: number; html: string }> {
  const body = form && new URLSearchParams(form)
  const headers = { cookie, origin: base }
  const got = await fetch(base + path, { headers, redirect: 'manual', ...(body && { method: 'POST', body }) })
  return { status: got.status, html: await got.text() }
}

async function act(
  who: BuiltStaff,
  data: NonNullable<Parameters<typeof performAct>[2]['data']> = {},
): Promise<void> {
  await write(async tx => {
    const { projection } = await getRequest(tx, report.id)
    const task = projection.tasks.find(each => each.state !== 'closed' && each.office === who.office)
    const actor = {
      kind: 'staff',
      staffId: who.id,
      appointments: [{ role: who.role, office: who.office }],
    } as const
    const input = { requestId: report.id, name: 'approve', actor, taskId: task?.id, data } as const
    await performAct(tx, { house, town }, input)
  })
}

async function pitFilled(): Promise<void> {
  const documentId = await write(async tx => {
    const document = await aDocument(tx, { kind: 'proof' })
    await attachPaper(
      tx,
      report.id,
      { paperId: 'photo-after', documentId: document, state: 'supplied' },
      builder,
    )
    return document
  })
  const proofs = [{ id: 'photo-after', documentId }]
  await act(staff.roads, { fields: { doneWords: 'رُدمت الحفرة وعُبّدت' }, proofs })
  await act(staff.clerk)
}

const answered = async (words: string, reply: string | RegExp) => {
  await smsc.text(person.phone, shortNumber, words)
  await expect
    .poll(async () => {
      await send()
      return telephone().some(({ text }) =>
        typeof reply === 'string' ? text.includes(reply) : reply.test(text),
      )
    }, patience)
    .toBe(true)
}

describe('a report and its telephone, through a real Kannel', () => {
  test('is filed, and word of it arrives and is reported', async () => {
    const filed = await aFiledRequest({ house, town }, person.id, { serviceCode: 'ADM-05' })
    report = { id: filed.requestId, number: `${filed.number}/${filed.year}` }
    const [part] = await arrives(`استلمنا شكواك ${report.number}`)
    expect(part?.to.replace('+', '')).toBe(person.phone.replace('+', ''))
    await expect.poll(fates, patience).toEqual(['received delivered'])
  })

  test('is asked after by text, and its state is the answer', async () => {
    await answered(`وين وصل ${report.number}؟`, /وصل إلى مركز خدمات الجمهور/)
  })

  test('gets what an officer writes whole: 152 Arabic letters as 67, 67 and 18, and the page shows that they arrived', async () => {
    const request = fillAddress(addresses.officeRequest, { id: report.id })
    const [, frame = ''] = /data-sms-frame="([^"]*)\{text\}/.exec((await page(request)).html) ?? []
    expect(frame).toContain(report.number)
    const text = 'نحتاج أن نعرف أين الحفرة بالضبط وهل هي أمام المدرسة أم بعدها. '
      .repeat(4)
      .slice(0, 152 - frame.length - 1)
    const letter = fillAddress(addresses.officeLetters, { id: report.id })
    expect((await page(letter, { 'letter.text': `${text}؟` })).status).toBe(303)
    const parts = await arrives(text)
    expect(parts.map(part => part.text.length)).toEqual([67, 67, 18])
    await expect.poll(fates, patience).toEqual(['received delivered', 'letter delivered'])
    expect((await page(request)).html).toContain('وصلت إلى جواله')
  })

  test('takes the answer texted back into the same conversation', async () => {
    await answered('أمام المدرسة، عند البوابة الثانية', `وصل كلامك إلى طلبك ${report.number}`)
    expect((await page(fillAddress(addresses.officeRequest, { id: report.id }))).html).toContain(
      'أمام المدرسة، عند البوابة الثانية',
    )
  })

  test('asks whether it is fixed; 2 sends the work back, 1 closes it, and every message of the way arrives', async () => {
    await act(staff.clerk)
    await pitFilled()
    await arrives('هل عولجت؟')
    await answered('٢ الحفرة هبطت من جديد', `أعدنا شكواك ${report.number} إلى الدائرة`)
    await pitFilled()
    await answered('1', /أُغلقت شكواك/)
    for (const { parts } of telephone()) for (const part of parts) await smsc.receipt(part, 'DELIVRD')
    const events = ['received', 'letter', 'answer-asked', 'reopened', 'answer-asked', 'completed']
    await expect.poll(fates, patience).toEqual(events.map(event => `${event} delivered`))
  })

  test('a stranger who guesses its number learns nothing', async () => {
    const before = telephone().length
    await smsc.text('+970598111222', shortNumber, report.number)
    await expect
      .poll(async () => {
        await send()
        return telephone()
          .slice(before)
          .map(({ text }) => text)
      }, patience)
      .toEqual([expect.stringContaining('لا نعرف طلبًا أو حسابًا بهذا الرقم لهذا الهاتف')])
  })
})
