import { describe, expect, test } from 'vitest'
import { aDoor } from '../../../test/builders/door.ts'
import { aHouse } from '../../../test/builders/house.ts'
import { aStaffMember, aTown, logInAs } from '../../../test/builders/people.ts'
import { aWorkingTown } from '../../../test/builders/requests.ts'
import { testDatabase } from '../../../test/database.ts'
import { type Address, addresses, type Query, townUrl } from '../../lib/addresses.ts'
import type { Read } from '../../platform/database/index.ts'
import { openTownDirectory } from '../../web/town.ts'
import { catalogueRoutes, textOfVersion, versionsOf } from '../catalogue/index.ts'
import { registerRequests } from '../requests/index.ts'
import { openDraftOf } from './drafts/store.ts'
import { designerRoutes } from './index.ts'
import { fillPosts } from './testing/posts.ts'

const db = await testDatabase()
const house = aHouse(db)
registerRequests(
  house,
  openTownDirectory(db.database, () => 0),
)

const posts = ['designer', 'manager', 'admin', 'clerk'] as const
type Post = (typeof posts)[number]
type Form = Record<string, string>

async function aDesignersTown() {
  const town = await aTown(house)
  await aWorkingTown({ house, town })
  const place = { house, town: town.id }
  await fillPosts(place, 'FIN-01')
  const cookies = {} as Record<Post, string>
  for (const role of posts)
    cookies[role] = await logInAs(place, { staffId: (await aStaffMember(place, role)).id })
  const { knock } = aDoor(house, [...designerRoutes, ...catalogueRoutes])
  const prefix = `/~${town.slug}`
  async function ask<P extends string>(
    by: Post,
    address: Address<P>,
    params: Record<string, string | number> = {},
    over: { form?: Form; query?: Query; body?: FormData } = {},
  ) {
    const path = townUrl({ prefix }, address, params as never, over.query)
    const { form, body: sent } = over
    const answer = await knock(path, {
      cookie: cookies[by],
      ...(form && { form }),
      ...(sent && { body: sent }),
    })
    const body = await answer.text()
    const text = body
      .replace(/<head>.*?<\/head>/s, '')
      .replace(/<[^>]+>|[\u2066-\u2069]/g, '')
      .replace(/\s+/g, ' ')
    return { status: answer.status, location: answer.headers.get('location') ?? '', body, text }
  }
  const read = <T>(work: (tx: Read) => Promise<T>) => house.database.read(town.id, work)
  const draftOf = async (code: string) => (await read(tx => openDraftOf(tx, code)))?.id ?? ''
  return { town, ask, read, draftOf }
}

const named = { kind: 'empty', ar: 'رخصة بسطة', en: 'Stall licence', code: 'lic-91', group: 'crafts' }

describe('the pages of services', () => {
  test('are read by designers and whoever reviews, written by designers, and closed to all others', async () => {
    const { ask } = await aDesignersTown()
    for (const by of ['designer', 'manager', 'admin'] as const)
      expect((await ask(by, addresses.designer)).status, by).toBe(200)
    expect((await ask('clerk', addresses.designer)).status).toBe(403)
    for (const by of ['manager', 'admin', 'clerk'] as const)
      expect((await ask(by, addresses.designerNew, {}, { form: named })).status, by).toBe(403)
  })

  test('list services by state and words, and lead to what is written of them', async () => {
    const { ask } = await aDesignersTown()
    await ask('designer', addresses.designerService, { code: 'FIN-01' }, { form: {} })
    const drafts = await ask('designer', addresses.designer, {}, { query: { state: 'draft' } })
    expect([drafts.text.includes('براءة ذمة'), drafts.text.includes('شهادة سكن')]).toEqual([true, false])
    const found = await ask('designer', addresses.designer, {}, { query: { q: 'شهاده' } })
    expect([found.text.includes('ADM-01'), found.text.includes('WAT-01')]).toEqual([true, false])
    expect((await ask('designer', addresses.designer, {}, { query: { q: 'زرقاء' } })).text).toContain(
      'لا خدمة هنا',
    )
  })

  test('begin a service once, and keep what was typed when its code is taken or odd', async () => {
    const { ask, draftOf } = await aDesignersTown()
    const begun = await ask('designer', addresses.designerNew, {}, { form: named })
    expect([begun.status, begun.location.includes(await draftOf('LIC-91'))]).toEqual([303, true])
    const taken = await ask('designer', addresses.designerNew, {}, { form: { ...named, ar: 'غيرها' } })
    expect([taken.status, taken.body.includes('value="غيرها"')]).toEqual([422, true])
    const odd = await ask('designer', addresses.designerNew, {}, { form: { ...named, code: 'بسطة' } })
    expect([odd.status, odd.text.includes('مثل LIC-15')]).toEqual([422, true])
  })

  test('refuse a file that is no service, each fault with its line, and export to the letter what was taken in', async () => {
    const { ask, read, draftOf } = await aDesignersTown()
    const [newest] = await read(tx => versionsOf(tx, 'FIN-01'))
    const { source } = await read(tx => textOfVersion(tx, 'FIN-01', newest?.version ?? 0))
    const send = (text: string) => {
      const body = new FormData()
      body.set('file', new File([text], 'FIN-01.yaml'))
      return ask('designer', addresses.designerImport, {}, { body })
    }
    const broken = source.replace(/^group: .*$/m, 'gruop: dues')
    const refused = await send(broken)
    expect(refused.status).toBe(422)
    expect(refused.text).toMatch(/4\s*لا معنى لـ«gruop» هنا/)
    expect((await send('')).status).toBe(422)
    const old = await send(source)
    expect([old.status, old.text.includes('ارفع رقم الإصدار')]).toEqual([422, true])
    const next = source.replace(/^version: .*$/m, `version: ${(newest?.version ?? 0) + 1}  # قرار 12/2026`)
    expect((await send(next)).status).toBe(303)
    const draft = await draftOf('FIN-01')
    expect((await ask('manager', addresses.designerTextFile, { draft })).body).toBe(next)
    expect((await ask('manager', addresses.designerText, { draft })).text).toContain('# قرار 12/2026')
    const version = newest?.version ?? 0
    expect((await ask('admin', addresses.designerVersionText, { code: 'FIN-01', version })).body).toBe(source)
  })

  test('lead from a draft to its review, and from there to its day', async () => {
    const { ask, read, draftOf } = await aDesignersTown()
    await ask('designer', addresses.designerService, { code: 'FIN-01' }, { form: {} })
    const draft = await draftOf('FIN-01')
    const review = (by: Post, form: Form) => ask(by, addresses.designerReview, { draft }, { form })
    const revision = '1'
    expect((await review('designer', { do: 'ask', revision, note: 'تحديث' })).status).toBe(303)
    expect((await ask('designer', addresses.designerDraft, { draft })).text).toContain('فيراجعها غيرك')
    expect((await review('designer', { do: 'approve', revision, note: '' })).status).toBe(403)
    const blank = await review('manager', { do: 'return', revision, note: ' ' })
    expect([blank.status, blank.text.includes('اكتب السبب')]).toEqual([422, true])
    expect((await review('manager', { do: 'approve', revision, note: '' })).status).toBe(303)
    const past = await ask('manager', addresses.designerPublish, { draft }, { form: { from: '1/1/2026' } })
    expect([past.status, past.text.includes('هذا التاريخ مضى')]).toEqual([422, true])
    const published = await ask(
      'manager',
      addresses.designerPublish,
      { draft },
      { form: { from: '1/4/2026' } },
    )
    expect(published.status).toBe(303)
    const [newest] = await read(tx => versionsOf(tx, 'FIN-01'))
    expect(newest?.publishedAt.toISOString()).toBe('2026-03-31T21:00:00.000Z')
    expect((await ask('designer', addresses.designer)).text).toContain('من 1 نيسان')
  })

  test('tell citizens of the end of a service, in the town’s words, and take it back', async () => {
    const { ask } = await aDesignersTown()
    const at = { code: 'FIN-01' }
    const words = { day: '1/4/2026', ar: 'تحل محلها خدمة أخرى', en: '' }
    const today = await ask('designer', addresses.designerRetire, at, { form: { ...words, day: '1/3/2026' } })
    expect([today.status, today.body.includes('value="تحل محلها خدمة أخرى"')]).toEqual([422, true])
    expect((await ask('manager', addresses.designerRetire, at, { form: words })).status).toBe(303)
    const sheet = await ask('clerk', addresses.service, at)
    expect(sheet.text).toContain('تُقبل طلبات هذه الخدمة قبل 1 نيسان فقط. تحل محلها خدمة أخرى')
    expect((await ask('manager', addresses.designerRetire, at, { form: { do: 'keep' } })).status).toBe(303)
    expect((await ask('clerk', addresses.service, at)).text).not.toContain('تحل محلها')
  })

  test('compare two versions in words', async () => {
    const { ask, read, draftOf } = await aDesignersTown()
    await ask('designer', addresses.designerService, { code: 'FIN-01' }, { form: {} })
    const [newest] = await read(tx => versionsOf(tx, 'FIN-01'))
    const query = { from: newest?.version ?? 0, to: 'draft' }
    const same = await ask('admin', addresses.designerCompare, { code: 'FIN-01' }, { query })
    expect(same.text).toContain('لا فرق بينهما')
    expect(
      (await ask('admin', addresses.designerHistory, { draft: await draftOf('FIN-01') })).text,
    ).toContain('بداية الإصدار')
  })
})
