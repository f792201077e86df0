import { describe, expect, test } from 'vitest'
import { aDocument } from '../../../../test/builders/archive.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addresses } from '../../../lib/addresses.ts'
import { getDraft, saveDraft } from '../../requests/index.ts'
import { aCounter, residence } from '../testing/window.ts'

const counter = await aCounter(await testDatabase())
const { ask, begin, db, read, staff, write } = counter
const requestId = (location: string) => /requests\/([0-9a-f-]+)/.exec(location)?.[1] ?? ''

async function aCase(over: Parameters<typeof counter.person>[0] = {}) {
  const person = await counter.person(over)
  const draft = await begin('clerk', person)
  await write(async tx => {
    const documentId = await aDocument(tx, { ownerId: person.id, kind: 'id-copy' })
    await saveDraft(tx, draft, { papers: { 'id-copy': [{ documentId, state: 'supplied' }] } })
  })
  const save = (form: Record<string, string> = {}) =>
    ask('clerk', addresses.counterDraftPage, { draft, page: 'all' }, { form: { ...residence, ...form } })
  await save()
  const screen = async (form?: Record<string, string>) =>
    ask('clerk', addresses.counterDraftScreen, { draft }, form ? { form } : {})
  const seen = async () => /name="of" value="([^"]+)"/.exec((await screen()).html)?.[1] ?? ''
  const file = (form: Record<string, string> = {}) =>
    ask('clerk', addresses.counterFile, { draft }, { form: { ...residence, do: 'file', ...form } })
  const code = (form: Record<string, string>) =>
    ask('clerk', addresses.counterDraftConfirm, { draft }, { form: { ...residence, ...form } })
  return { person, draft, save, screen, seen, file, code }
}

const howOf = async (id: string) =>
  (
    await db.owner
      .selectFrom('request_confirmation')
      .select(['how', 'by_id'])
      .where('request_id', '=', id)
      .execute()
  ).map(({ how, by_id }) => [how, by_id])

describe('what was typed at the counter', () => {
  test('is filed only once the applicant has confirmed it, and how is kept with the request', async () => {
    const { file } = await aCase()
    const bare = await file()
    expect([bare.status, bare.html.includes('href="#f-confirmed"')]).toEqual([422, true])
    const answer = await file({ confirmed: 'yes' })
    expect(await howOf(requestId(answer.location))).toEqual([['read-aloud', staff.clerk.id]])
  })

  test('is confirmed on the screen turned to them; what is changed afterwards is confirmed anew', async () => {
    const { file, save, screen, seen } = await aCase()
    const page = await screen()
    expect(page.text).toContain('حي السوق')
    const stale = await seen()
    await save({ livingSince: '1/5/2016' })
    expect((await screen({ how: 'screen', of: stale })).location).toContain('screen')
    await screen({ how: 'screen', of: await seen() })
    await save({ livingSince: '1/5/2017' })
    const changed = await file({ livingSince: '1/5/2017' })
    expect([changed.status, changed.text.includes('تغيّر ما كُتب بعد التأكيد')]).toEqual([422, true])
    await screen({ how: 'sheet', of: await seen() })
    const answer = await file({ livingSince: '1/5/2017' })
    expect(await howOf(requestId(answer.location))).toEqual([['sheet', staff.clerk.id]])
  })

  test('is confirmed by a code on the telephone, which is tried a few times and works for ten minutes', async () => {
    const { person, draft, code, file } = await aCase()
    await code({ do: 'send' })
    const sent = async () => {
      const messages = await db.owner
        .selectFrom('message')
        .select('body')
        .where('person_id', '=', person.id)
        .where('event', '=', 'counter-code')
        .orderBy('planned_at')
        .execute()
      return /\d{6}/.exec(messages.at(-1)?.body ?? '')?.[0] ?? ''
    }
    const right = await sent()
    const wrong = right === '000000' ? '111111' : '000000'
    expect((await code({ code: wrong })).text).toContain('الرمز لا يطابق')
    for (let tries = 0; tries < 4; tries++) await code({ code: wrong, _key: `wrong-code-number-${tries}` })
    expect((await code({ code: right })).text).toContain('اطلب رمزًا جديدًا')
    db.clock.advance(1_000)
    await code({ do: 'send', _key: 'another-code-is-sent' })
    const again = await sent()
    expect((await code({ code: again, _key: 'the-code-that-is-right' })).status).toBe(303)
    const kept = await read(tx => getDraft(tx, draft, { kind: 'staff', id: staff.clerk.id }))
    expect(kept.confirmation?.how).toBe('code')
    expect(await howOf(requestId((await file()).location))).toEqual([['code', staff.clerk.id]])
  })

  test('gets no code on a number several share', async () => {
    await counter.person({ phone: '0599860002' })
    const { person, code } = await aCase({ phone: '0599860002' })
    expect((await code({ do: 'send' })).status).toBe(422)
    const sent = await db.owner
      .selectFrom('message')
      .select(['message_id'])
      .where('person_id', '=', person.id)
      .where('kind', '=', 'code')
      .execute()
    expect(sent).toEqual([])
  })

  test('gets no code on a telephone that is not there, and needs none where the town has set so', async () => {
    const { code, file } = await aCase({ phone: null })
    expect((await code({ do: 'send' })).status).toBe(422)
    const set = (by: 'admin' | 'clerk') =>
      ask(by, addresses.manageCounter, {}, { form: { decision: '7/2026' } })
    expect((await set('clerk')).status).toBe(403)
    expect((await set('admin')).status).toBe(303)
    const answer = await file()
    expect(answer.status).toBe(303)
    expect(await howOf(requestId(answer.location))).toEqual([])
  })
})
