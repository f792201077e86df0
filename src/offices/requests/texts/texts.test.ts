import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aDocument } from '../../../../test/builders/archive.ts'
import { aHouse } from '../../../../test/builders/house.ts'
import {
  aPerson,
  aTown,
  type BuiltPerson,
  type BuiltStaff,
  builder,
} from '../../../../test/builders/people.ts'
import { aFiledRequest, aWorker, aWorkingTown, type Bench } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import type { ActName } from '../../../kernel/definition/index.ts'
import type { ActData } from '../../../kernel/workflow/index.ts'
import { planMessage, receive } from '../../messaging/index.ts'
import { setSetting, verifyPhone } from '../../people/index.ts'
import { actionsOf, attachPaper, getRequest, performAct } from '../index.ts'
import { lettersOf } from '../letters/store.ts'
import { requestNumber } from '../model.ts'
import { listenForTexts } from './listen.ts'

const db = await testDatabase()
const house = aHouse(db)
let bench: Bench
let staff: Record<'clerk' | 'road', BuiltStaff>
let sent = 0

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench, ['ADM-01', 'ADM-05'])
  listenForTexts(house)
  staff = {
    clerk: await aWorker(bench, 'clerk', 'service-centre'),
    road: await aWorker(bench, 'officer', 'works'),
  }
})

const write: typeof db.database.write = (_town, work) => db.database.write(bench.town.id, work)
const request = (id: string) => db.database.read(bench.town.id, tx => getRequest(tx, id))
const numberOf = async (id: string) => requestNumber(await request(id))
const letters = (id: string) => db.database.read(bench.town.id, tx => lettersOf(tx, id, 'staff'))

async function somebody({ verified = true } = {}): Promise<BuiltPerson> {
  const person = await aPerson({ house, town: bench.town.id })
  if (verified) await write('', tx => verifyPhone(tx, house.crypto, person.id, person.phone, builder))
  return person
}

/** What a telephone is answered. */
async function text(
  from: string,
  words: string,
): Promise<{ by: string | undefined; reply: string | undefined }> {
  sent += 1
  const sms = { provider: 'test', providerRef: `t${sent}`, from, to: '1', text: words, at: db.clock.now() }
  const { id, handledBy } = await write('', tx => receive(tx, bench, sms))
  const { rows } = await sql<{ body: string }>`
    select m.body from incoming_message i join message m on m.message_id = i.reply_id where i.incoming_id = ${id}`.execute(
    db.owner,
  )
  return { by: handledBy, reply: rows[0]?.body }
}

const file = async (person: BuiltPerson, serviceCode = 'ADM-01') =>
  (await aFiledRequest(bench, person.id, { serviceCode })).requestId

async function act(id: string, who: BuiltStaff, name: ActName, data: ActData = {}): Promise<void> {
  const { projection } = await request(id)
  const task = projection.tasks.find(each => each.state !== 'closed' && each.office === who.office)
  const actor = {
    kind: 'staff',
    staffId: who.id,
    appointments: [{ role: who.role, office: who.office }],
  } as const
  await write('', tx => performAct(tx, bench, { requestId: id, name, actor, taskId: task?.id, data }))
}

/** A pit in the road, filled and shown: its reporter is asked whether it is fixed. */
async function workedOn(person: BuiltPerson): Promise<string> {
  const id = await file(person, 'ADM-05')
  await act(id, staff.clerk, 'approve')
  const documentId = await write('', async tx => {
    const document = await aDocument(tx, { kind: 'proof' })
    await attachPaper(tx, id, { paperId: 'photo-after', documentId: document, state: 'supplied' }, builder)
    return document
  })
  const proofs = [{ id: 'photo-after', documentId }]
  await act(id, staff.road, 'approve', { fields: { doneWords: 'رُدمت الحفرة' }, proofs })
  await act(id, staff.clerk, 'approve')
  return id
}

describe('the number of a request', () => {
  test('is answered to the verified telephone of whoever it is of, with what it waits for', async () => {
    const person = await somebody()
    const id = await file(person)
    const number = await numberOf(id)
    const answer = await text(person.phone, `طلبي ${number}؟`)
    expect(answer.by).toBe('requests')
    expect(answer.reply).toMatch(
      new RegExp(`^طلبك ${number} \\(.+\\) ينتظر دفع .+\\. ادفع من البوابة أو المركز\\.$`),
    )
    const [bare = ''] = number.split('/')
    const arabic = bare.replace(/\d/g, digit => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? '')
    expect((await text(person.phone, `طلب ${arabic}`)).reply).toBe(answer.reply)
  })

  test('says whose turn it is and what was promised', async () => {
    const person = await somebody()
    const id = await file(person, 'ADM-05')
    const { reply } = await text(person.phone, await numberOf(id))
    expect(reply).toMatch(/وصل إلى مركز خدمات الجمهور، ولم يبدأ العمل فيه\. موعده \d+\/\d+\.$/)
    await act(id, staff.clerk, 'reject', { ground: 'not-ours' })
    expect((await text(person.phone, await numberOf(id))).reply).toContain('لم يُقبل')
  })

  test.each(['somebody else', 'a telephone not verified', 'a telephone two people share', 'nobody known'])(
    'does not exist for %s',
    async who => {
      const owner = await somebody({ verified: who !== 'a telephone not verified' })
      const number = await numberOf(await file(owner, 'ADM-05'))
      if (who.includes('share')) await aPerson({ house, town: bench.town.id }, { phone: owner.phone })
      const from =
        who === 'somebody else'
          ? (await somebody()).phone
          : who === 'nobody known'
            ? '0598765432'
            : owner.phone
      const answer = await text(from, number)
      expect(answer.by).toBe('messaging')
      expect(answer.reply).toBe((await text(`05987000${10 + sent}`, '999999/2026')).reply)
    },
  )
})

describe('«هل عولجت؟»', () => {
  test('is answered by 1, and the report is closed as fixed', async () => {
    const person = await somebody()
    const id = await workedOn(person)
    expect((await text(person.phone, await numberOf(id))).reply).toContain('أرسل 1 نعم أو 2 لا')
    expect(await text(person.phone, '1')).toEqual({ by: 'requests', reply: undefined })
    expect((await request(id)).projection).toMatchObject({ state: 'done', stepFields: { fixed: true } })
    expect((await text(person.phone, '1')).by).not.toBe('requests')
  })

  test('is answered by 2 with what remains, and the work goes back by the workflow’s own act', async () => {
    const person = await somebody({ verified: false })
    const id = await workedOn(person)
    expect(await text(person.phone, '٢ الحفرة هبطت')).toEqual({ by: 'requests', reply: undefined })
    expect((await request(id)).projection.step).toBe('work')
    const history = await db.database.read(bench.town.id, tx => actionsOf(tx, id))
    expect(history.at(-1)).toMatchObject({
      name: 'answer',
      actor: { kind: 'citizen', id: person.id },
      data: { fields: { fixed: false, stillWrong: 'الحفرة هبطت' } },
    })
  })

  test('by a plain «لا» goes back too, and what is written next lands in its conversation', async () => {
    const person = await somebody()
    const id = await workedOn(person)
    expect((await text(person.phone, 'لأ')).reply).toContain('اكتب لنا في رسالة ما الذي بقي')
    expect((await request(id)).projection.step).toBe('work')
    const next = await text(person.phone, 'نصف الحفرة ما زال مفتوحًا')
    expect(next.by).toBe('thread')
    expect((await letters(id)).map(letter => letter.text)).toEqual(['نصف الحفرة ما زال مفتوحًا'])
  })

  test('is not answered by another telephone, nor by a figure that is no yes or no', async () => {
    const person = await somebody()
    const id = await workedOn(person)
    expect((await text((await somebody()).phone, '1')).by).not.toBe('requests')
    expect((await text(person.phone, '4')).by).not.toBe('requests')
    expect((await request(id)).projection.state).toBe('awaiting-answer')
  })
})

describe('the message that asks', () => {
  const asked = async (id: string) => {
    const { rows } = await sql<{ body: string }>`
      select body from message where request_id = ${id} and event = 'answer-asked'`.execute(db.owner)
    return rows[0]?.body
  }

  test('invites an answer by text only where the town can be written to', async () => {
    expect(await asked(await workedOn(await somebody()))).not.toContain('برسالة')
    const by = { kind: 'system', id: 'test' } as const
    const key = 'messages.texts-invited'
    await write('', tx => setSetting(tx, { key, value: true, from: '2026-03-01', by }))
    expect(await asked(await workedOn(await somebody()))).toMatch(/ أو أجب برسالة: 1 نعم، 2 لا\.$/)
  })
})

describe('any other words', () => {
  test('join the conversation they answer, and the citizen is told once a day that they arrived', async () => {
    const person = await somebody()
    const [first, second] = [await file(person, 'ADM-05'), await file(person, 'ADM-05')]
    await write('', tx =>
      planMessage(tx, house, {
        personId: person.id,
        requestId: first,
        kind: 'thread',
        event: 'letter',
        body: 'كتبنا.',
      }),
    )
    const answer = await text(person.phone, 'المفتاح عند الجيران')
    expect(answer).toMatchObject({ by: 'thread', reply: expect.stringContaining(await numberOf(first)) })
    expect(await text(person.phone, 'وهم في البيت بعد الظهر')).toEqual({ by: 'thread', reply: undefined })
    expect(await letters(first)).toHaveLength(2)
    expect(await letters(second)).toEqual([])
  })

  test('go to the request they name', async () => {
    const person = await somebody()
    const [first, second] = [await file(person, 'ADM-05'), await file(person, 'ADM-05')]
    const words = `الشكوى ${await numberOf(second)} عند باب المدرسة لا عند المسجد`
    expect((await text(person.phone, words)).by).toBe('thread')
    expect(await letters(first)).toEqual([])
    expect((await letters(second)).map(letter => letter.text)).toEqual([words])
  })

  test('of somebody without a request, or from a shared telephone, wait for a clerk', async () => {
    const person = await somebody()
    expect((await text(person.phone, 'متى تفتحون؟')).by).toBeUndefined()
    await file(person, 'ADM-05')
    await aPerson({ house, town: bench.town.id }, { phone: person.phone })
    expect((await text(person.phone, 'متى تفتحون؟')).by).toBeUndefined()
  })

  test('about a request that has ended wait for a clerk', async () => {
    const person = await somebody()
    const id = await file(person, 'ADM-05')
    await act(id, staff.clerk, 'reject', { ground: 'not-ours' })
    expect((await text(person.phone, 'لماذا؟')).by).toBeUndefined()
    expect(await letters(id)).toEqual([])
  })
})
