import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aPdf } from '../../../../../test/builders/files.ts'
import { logInAs } from '../../../../../test/builders/people.ts'
import { testDatabase } from '../../../../../test/database.ts'
import { addresses, fillAddress } from '../../../../lib/addresses.ts'
import { addDocument, admitFile } from '../../../archive/index.ts'
import { attachPaper } from '../../index.ts'
import { act, anOfficeTown, aSubmitted, bringTo, type OfficeTown, post, visit } from '../testing/office.ts'
import { noteField } from './note-fields.ts'

const db = await testDatabase()
let town: OfficeTown
let citizen = ''

beforeAll(async () => {
  town = await anOfficeTown(db)
  citizen = await logInAs({ house: town.bench.house, town: town.bench.town.id }, { personId: town.person.id })
})

const pageOf = (id: string) => fillAddress(addresses.officeRequest, { id })
const notesAt = (id: string) => fillAddress(addresses.officeNotes, { id })

async function firstPaper(id: string): Promise<string> {
  const { rows } = await sql<{ document_id: string }>`
    select document_id from request_paper where request_id = ${id} order by at, document_id limit 1`.execute(
    db.owner,
  )
  return rows[0]?.document_id ?? ''
}

/** A plan of two pages, handed in with the request. */
async function withPlan(id: string): Promise<string> {
  const { bench, person } = town
  const taken = await admitFile(bench.house, bench.town.id, Readable.from([await aPdf(2)]), 'plan.pdf')
  if (!taken.admitted) throw new Error(taken.fault.code)
  const { admitted } = taken
  return db.database.write(bench.town.id, async tx => {
    const by = { kind: 'citizen', id: person.id }
    const documentId = await addDocument(tx, {
      admitted,
      kind: 'plan',
      title: 'مخطط',
      ownerId: person.id,
      source: 'upload',
      by,
    })
    await attachPaper(tx, id, { paperId: 'undertaking', documentId, state: 'supplied' }, by)
    return documentId
  })
}

const stored = async (id: string) =>
  (
    await sql<{ page: number; x: number; y: number; text: string; removed: boolean }>`
      select page, x, y, text, removed_at is not null as removed from page_note where request_id = ${id} order by at, note_id`.execute(
      db.owner,
    )
  ).rows

describe('a note on a page', () => {
  test('stands at its point for the offices of the request, on the printed sheet, and never before the citizen', async () => {
    const id = await aSubmitted(town)
    const document = await firstPaper(id)
    const form = {
      [noteField.document]: document,
      [noteField.text]: 'الاسم هنا غير واضح',
      [noteField.x]: '250',
      [noteField.y]: '733',
    }
    const answer = await post(town, 'clerk', notesAt(id), form)
    expect(answer.status).toBe(303)
    expect(await stored(id)).toMatchObject([{ page: 1, x: 250, y: 733, removed: false }])
    await act(town, id, 'clerk', 'approve')
    const sheet = fillAddress(addresses.officeRequestSheet, { id })
    for (const path of [pageOf(id), sheet]) {
      const html = await (await visit(town, 'planner', path)).text()
      expect(html).toContain('الاسم هنا غير واضح')
      expect(html).toContain(town.staff.clerk.name.ar)
    }
    const mine = fillAddress(addresses.myRequest, { id })
    const headers = { cookie: citizen, host: 'localhost' }
    const theirs = await town.door.fetch(new Request(`http://localhost${mine}`, { headers }))
    expect(theirs.status).toBe(200)
    expect(await theirs.text()).not.toContain('غير واضح')
  })

  test('is placed by name without script, and on a page the file has', async () => {
    const id = await aSubmitted(town)
    const document = await withPlan(id)
    const form = { [noteField.document]: document, [noteField.text]: 'الارتداد', [noteField.page]: '٢' }
    expect((await post(town, 'clerk', notesAt(id), { ...form, [noteField.place]: 'top-left' })).status).toBe(
      303,
    )
    expect(await stored(id)).toMatchObject([{ page: 2, x: 120, y: 80 }])
    for (const page of ['3', '0', 'اثنان', '1.5']) {
      const refused = await post(town, 'clerk', notesAt(id), { ...form, [noteField.page]: page })
      expect(refused.status, page).toBe(422)
      const html = await refused.text()
      expect(html).toContain('في هذا الملف صفحتان')
      expect(html).toContain('الارتداد')
    }
    expect((await post(town, 'clerk', notesAt(id), { ...form, [noteField.text]: ' ' })).status).toBe(422)
    expect(await stored(id)).toHaveLength(1)
  })

  test('is not for who only got a copy, nor on a paper of another request', async () => {
    const [id, other] = [await aSubmitted(town), await aSubmitted(town)]
    const form = { [noteField.document]: await firstPaper(id), [noteField.text]: 'ملاحظة' }
    expect((await post(town, 'engineer', notesAt(id), form)).status).toBe(404)
    expect((await post(town, 'clerk', notesAt(other), form)).status).toBe(404)
    await act(town, id, 'clerk', 'refer', {
      note: 'للعلم',
      data: { to: { office: 'planning', purpose: 'information' } },
    })
    expect((await post(town, 'planner', notesAt(id), form)).status).toBe(409)
    expect(await stored(id)).toEqual([])
  })

  test('is taken off by its writer alone', async () => {
    const id = await aSubmitted(town)
    await post(town, 'clerk', notesAt(id), {
      [noteField.document]: await firstPaper(id),
      [noteField.text]: 'ملاحظة',
    })
    const { rows } = await sql<{
      note_id: string
    }>`select note_id from page_note where request_id = ${id}`.execute(db.owner)
    const remove = fillAddress(addresses.officeNoteRemove, { id, note: rows[0]?.note_id ?? '' })
    await bringTo(town, id, 'planning')
    expect((await post(town, 'planner', remove, {})).status).toBe(404)
    expect((await stored(id))[0]?.removed).toBe(false)
  })
})

describe('papers side by side', () => {
  test('show one beside another or beside the answers, each with the notes on it', async () => {
    const id = await aSubmitted(town)
    const document = await firstPaper(id)
    const plan = await withPlan(id)
    await post(town, 'clerk', notesAt(id), { [noteField.document]: plan, [noteField.text]: 'قارن بالهوية' })
    const at = fillAddress(addresses.officePapers, { id })
    const beside = await (await visit(town, 'clerk', `${at}?document=${document}&beside=${plan}`)).text()
    expect(beside).toContain('قارن بالهوية')
    expect(beside.match(/data-viewer=/g)).toHaveLength(2)
    const answers = await (await visit(town, 'clerk', at)).text()
    expect(answers.match(/data-viewer=/g)).toHaveLength(1)
    expect(answers).toContain('عنوان المكان')
    expect((await visit(town, 'engineer', at)).status).toBe(404)
  })

  test('show every page of a PDF as a picture, to who may read the paper, and note one look for the visit', async () => {
    const id = await aSubmitted(town)
    const plan = await withPlan(id)
    const page = (number: number | string) => fillAddress(addresses.documentPage, { id: plan, page: number })
    const second = await visit(town, 'clerk', page(2))
    expect([second.status, second.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
    await visit(town, 'clerk', page(1))
    for (const number of [0, 3, 'x']) expect((await visit(town, 'clerk', page(number))).status).toBe(404)
    expect((await visit(town, 'engineer', page(2))).status).toBe(404)
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from audit where act = 'document.previewed' and subject_id = ${plan}`.execute(
      db.owner,
    )
    expect(rows[0]?.n).toBe(1)
  })
})
