import { describe, expect, test } from 'vitest'
import { aDocument } from '../../../test/builders/archive.ts'
import type { BuiltPerson } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import { addresses } from '../../lib/addresses.ts'
import { type getDraft, partiesOf, saveDraft } from '../requests/index.ts'
import { aCounter, residence } from './testing/window.ts'

const counter = await aCounter(await testDatabase())
const { ask, begin, read, request, staff, write } = counter
const requestId = (location: string) => /requests\/([0-9a-f-]+)/.exec(location)?.[1] ?? ''

const power = {
  'own.number': '114/2026',
  'own.issuer': 'كاتب عدل رام الله',
  'own.issuedOn': '1/2/2026',
  'own.validUntil': '31/12/2026',
}
const asAgent = { ...residence, capacity: 'agent', ...power }

/** An agent at the window, whose papers are there. */
async function anAgent() {
  const [agent, principal] = [await counter.person(), await counter.person()]
  const draft = await begin('clerk', agent)
  await write(async tx => {
    const papers: Awaited<ReturnType<typeof getDraft>>['papers'] = {}
    for (const paper of ['id-copy', 'power-of-attorney']) {
      const documentId = await aDocument(tx, { ownerId: agent.id, kind: paper })
      papers[paper] = [{ documentId, state: 'supplied' }]
    }
    await saveDraft(tx, draft, { papers })
  })
  const name = (form: Record<string, string>) =>
    ask('clerk', addresses.counterDraftParty, { draft }, { form: { ...asAgent, ...form } })
  const file = (form: Record<string, string> = {}) =>
    ask(
      'clerk',
      addresses.counterFile,
      { draft },
      { form: { ...asAgent, confirmed: 'yes', do: 'file', ...form } },
    )
  return { agent, principal, draft, name, file }
}

const filedFor = async (principal: BuiltPerson, made: Awaited<ReturnType<typeof anAgent>>) => {
  await made.name({ add: 'principal', principal: principal.idNumber })
  return requestId((await made.file()).location)
}

describe('a request that an agent files at the counter', () => {
  test('names the principal and the power of attorney, and is filed for the principal', async () => {
    const made = await anAgent()
    const { agent, principal } = made
    const named = await made.name({ add: 'principal', principal: principal.idNumber })
    expect(named.status).toBe(303)
    const page = await ask('clerk', addresses.counterDraft, { draft: made.draft })
    expect(page.text).toContain(principal.displayName)
    expect(page.html).toContain('value="114/2026"')
    const id = requestId((await made.file()).location)
    const parties = await read(tx => partiesOf(tx, id))
    expect(parties.map(({ personId, capacity }) => [personId, capacity]).sort()).toEqual(
      [
        [agent.id, 'agent'],
        [principal.id, 'principal'],
      ].sort(),
    )
    expect(parties.find(({ capacity }) => capacity === 'agent')).toMatchObject({
      validUntil: '2026-12-31',
      proof: { number: '114/2026', issuer: 'كاتب عدل رام الله' },
    })
    const [charge] = await counter.charges(id)
    expect(charge?.debtorId).toBe(principal.id)
  })

  test('is not filed without a principal, by a power that has ended, or for the agent himself', async () => {
    const made = await anAgent()
    const bare = await made.file()
    expect(bare.status).toBe(422)
    expect(bare.html).toContain('href="#f-principal"')
    const himself = await made.name({ add: 'principal', principal: made.agent.idNumber })
    expect(himself.text).toContain('صاحب الشأن هو مقدّم الطلب نفسه')
    await made.name({ add: 'principal', principal: made.principal.idNumber })
    const ended = await made.file({ 'own.validUntil': '28/2/2026' })
    expect(ended.status).toBe(422)
    expect(ended.text).toContain('انتهت هذه المدة')
    expect(ended.html).toContain('value="28/2/2026"')
  })

  test('asks which of several is meant, and says when there is nobody', async () => {
    const made = await anAgent()
    const name = { first: 'رزق', father: 'سليمان', grandfather: 'عيد', family: 'المصري' }
    const [one] = [await counter.person(name), await counter.person({ ...name, motherName: 'حليمة عودة' })]
    const several = await made.name({ add: 'principal', principal: 'رزق المصري' })
    expect(several.html).toContain('name="chosen"')
    expect(several.text).toContain('حليمة عودة')
    const chosen = await ask(
      'clerk',
      addresses.counterDraftParty,
      { draft: made.draft },
      {
        form: { ...asAgent, chosen: one?.id ?? '' },
        query: { as: 'principal' },
      },
    )
    expect(chosen.status).toBe(303)
    expect((await made.name({ add: 'party', 'party.who': 'زرقاء اليمامة' })).text).toContain(
      'لا أحد في السجل',
    )
  })

  test('takes heirs only as far as the whole goes', async () => {
    const made = await anAgent()
    const heir = (who: BuiltPerson, share: string) =>
      made.name({
        add: 'party',
        'party.as': 'heir',
        'party.who': who.idNumber,
        'party.share': share,
        'party.number': '9',
      })
    expect((await heir(await counter.person(), '2/3')).status).toBe(303)
    const over = await heir(await counter.person(), '1/2')
    expect(over.status).toBe(422)
    expect(over.text).toContain('مجموع الحصص أكثر من واحد صحيح')
    expect((await heir(await counter.person(), '1/3')).status).toBe(303)
    expect((await heir(await counter.person(), 'ثلث')).text).toContain('اكتب الحصة كسرًا')
  })
})

describe('the parties of a request that was filed', () => {
  test('are named and ended with a reason, each written down', async () => {
    const made = await anAgent()
    const id = await filedFor(made.principal, made)
    const son = await counter.person()
    const post = (form: Record<string, string>) => ask('clerk', addresses.counterParties, { id }, { form })
    expect((await post({ 'party.as': 'collector', 'party.who': son.idNumber })).status).toBe(303)
    const key = `collector/${son.id}`
    expect((await post({ end: key, [`reason.${key}`]: '' })).status).toBe(422)
    expect((await post({ end: key, [`reason.${key}`]: 'سافر' })).status).toBe(303)
    expect((await read(tx => partiesOf(tx, id))).some(({ personId }) => personId === son.id)).toBe(false)
    const needed = `principal/${made.principal.id}`
    const kept = await post({ end: needed, [`reason.${needed}`]: 'خطأ' })
    expect([kept.status, kept.text.includes('لا يبقى الطلب بلا صاحب شأن')]).toEqual([409, true])
    const acts = await counter.db.owner
      .selectFrom('audit')
      .select(['act', 'cause'])
      .where('request_id', '=', id)
      .where('person_id', '=', son.id)
      .orderBy('act')
      .execute()
    expect(acts.map(({ act, cause }) => [act, cause])).toEqual([
      ['request.party-added', 'collector'],
      ['request.party-ended', 'سافر'],
    ])
    const expired = await post({
      'party.as': 'agent',
      'party.who': son.idNumber,
      'party.number': '1',
      'party.issuer': 'كاتب عدل',
      'party.issuedOn': '1/1/2026',
      'party.validUntil': '1/2/2026',
    })
    expect([expired.status, expired.text.includes('انتهت هذه المدة')]).toEqual([422, true])
  })

  test('say who may collect; there is nothing to hand over before its step', async () => {
    const made = await anAgent()
    const id = await filedFor(made.principal, made)
    const page = await ask('clerk', addresses.counterHandOver, { id })
    expect(page.text).toContain('لا شيء للتسليم الآن')
    const early = await ask('clerk', addresses.counterHandOver, { id }, { form: { receiver: made.agent.id } })
    expect(early.status).toBe(409)
    expect((await request(id)).projection.state).not.toBe('done')
    expect(staff.clerk.id).not.toBe('')
  })
})
