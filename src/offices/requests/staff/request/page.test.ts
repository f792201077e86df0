import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../../test/database.ts'
import { addresses, fillAddress } from '../../../../lib/addresses.ts'
import {
  act,
  anOfficeTown,
  aSubmitted,
  bringTo,
  type OfficeTown,
  pageOf,
  post,
  type StaffName,
  sendAct,
  stateOf,
  visit,
} from '../testing/office.ts'

const db = await testDatabase()
let town: OfficeTown

beforeAll(async () => {
  town = await anOfficeTown(db)
})

const send = (by: StaffName, id: string, name: string, fields?: Record<string, string | string[]>) =>
  sendAct(town, by, id, name, fields)

describe('the page of a request', () => {
  test('shows answers, way, papers, fees and the acts of whoever reads it', async () => {
    const id = await aSubmitted(town)
    const answer = await visit(town, 'clerk', pageOf(id))
    expect(answer.status).toBe(200)
    const html = await answer.text()
    for (const words of [
      'ما كُتب في الطلب',
      'المسار',
      'المرفقات',
      'رسوم الطلب',
      'data-key="KeyA"',
      'data-key="KeyS"',
    ]) {
      expect(html).toContain(words)
    }
    expect(html).not.toContain('data-key="KeyZ"')
  })

  test('does not exist for an office that has nothing to do with it, neither to read nor to act on', async () => {
    const id = await aSubmitted(town)
    for (const by of ['engineer', 'lawyer'] as const) {
      expect((await visit(town, by, pageOf(id))).status).toBe(404)
      expect((await visit(town, by, fillAddress(addresses.officeRequestSheet, { id }))).status).toBe(404)
      expect((await send(by, id, 'approve')).status).toBe(404)
    }
    expect((await stateOf(town, id)).projection.step).toBe('desk-review')
  })

  test('writes down who looked at whose request, once for a visit', async () => {
    const id = await aSubmitted(town)
    for (const query of ['', '?act=refer', '?act=ask-papers']) await visit(town, 'clerk', pageOf(id, query))
    const { rows } = await sql<{ actor_id: string; cause: string }>`
      select actor_id, cause from audit where request_id = ${id} and act = 'request.opened'`.execute(db.owner)
    expect(rows).toEqual([{ actor_id: town.staff.clerk.id, cause: 'عمل على الطلب' }])
  })

  test('shows amounts of dues only to those who may read them', async () => {
    const id = await aSubmitted(town)
    await bringTo(town, id, 'signature')
    const html = await (await visit(town, 'mayor', pageOf(id))).text()
    expect(html).toContain('الذمم')
    expect(html).not.toContain('href="tel:')
  })
})

describe('a mark on a paper', () => {
  test('is written down; an unsound paper leads to asking for it again, chosen already', async () => {
    const id = await aSubmitted(town)
    const { rows } = await sql<{ document_id: string }>`
      select document_id from request_paper where request_id = ${id} and paper_id = 'undertaking'`.execute(
      db.owner,
    )
    const document = rows[0]?.document_id ?? ''
    const path = fillAddress(addresses.officePaper, { id, document })
    expect((await post(town, 'engineer', path, { mark: 'accepted' })).status).toBe(404)
    const answer = await post(town, 'clerk', path, { mark: 'refused' })
    const next = answer.headers.get('location') ?? ''
    expect(next).toContain('act=ask-papers')
    const html = await (await visit(town, 'clerk', next.replace(/#.*/, ''))).text()
    expect(html).toMatch(
      /<input[^>]*checked=""[^>]*value="undertaking"|<input[^>]*value="undertaking"[^>]*checked=""/,
    )
  })
})

describe('fees that will be asked', () => {
  test('are shown line by line before they are approved, as far as they are known', async () => {
    const id = await aSubmitted(town)
    await bringTo(town, id, 'decision')
    const html = await (await visit(town, 'head', pageOf(id))).text()
    const words = html.replace(/<[^>]*>/g, '')
    expect(words.slice(words.indexOf('رسوم ستُطلب'))).toMatch(/^رسوم ستُطلب.*رسم اشتراك كهرباء 1 فاز/s)
    await act(town, id, 'head', 'approve')
    await act(town, id, 'mayor', 'sign')
    expect(await (await visit(town, 'head', pageOf(id))).text()).not.toContain('رسوم ستُطلب')
  })
})
