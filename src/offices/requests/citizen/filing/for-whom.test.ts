import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../../test/database.ts'
import { getDraft } from '../../index.ts'
import { aKey, aPortal, begin, wordsOf } from '../testing/portal.ts'

const portal = await aPortal(await testDatabase())
const power = {
  'own.number': '114/2026',
  'own.issuer': 'كاتب عدل رام الله',
  'own.issuedOn': '1/2/2026',
  'own.validUntil': '31/12/2026',
}

describe('somebody who files for another on the portal', () => {
  test('names the principal by number and family together, and the power of attorney', async () => {
    const [agent, principal] = [await portal.newcomer(), await portal.newcomer()]
    const start = (form: Record<string, string>) =>
      portal.knock('/my/file/ADM-01', {
        cookie: agent.cookie,
        form: { capacity: 'agent', ...power, _key: aKey(), ...form },
      })
    const bare = await start({ 'own.number': '' })
    expect(bare.status).toBe(422)
    const html = await bare.text()
    for (const field of ['own-number', 'principalNumber']) expect(html).toContain(`href="#f-${field}"`)
    const whose = {
      principalNumber: principal.person.idNumber,
      principalFamily: principal.person.name.family,
    }
    // A number alone tells nobody whose it is.
    const guessed = await start({ ...whose, principalFamily: 'غريب' })
    expect([guessed.status, (await wordsOf(guessed)).includes(principal.person.displayName)]).toEqual([
      422,
      false,
    ])
    expect((await start({ ...whose, 'own.validUntil': '28/2/2026' })).status).toBe(422)
    const answer = await start(whose)
    const [, id = ''] = /\/my\/drafts\/([^/]+)\//.exec(answer.headers.get('location') ?? '') ?? []
    const draft = await portal.house.database.read(portal.bench.town.id, tx =>
      getDraft(tx, id, { kind: 'citizen', id: agent.person.id }),
    )
    expect(draft.parties).toMatchObject([
      { personId: principal.person.id, capacity: 'principal' },
      { personId: agent.person.id, capacity: 'agent', validUntil: '2026-12-31' },
    ])
  })

  test('is asked nothing of it when they file for themselves', async () => {
    const { cookie } = await portal.newcomer()
    expect(await begin(portal, cookie, 'ADM-01')).not.toBe('')
  })
})
