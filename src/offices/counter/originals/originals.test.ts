import { describe, expect, test } from 'vitest'
import { aFiledRequest } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addresses, townUrl } from '../../../lib/addresses.ts'
import { aCounter } from '../testing/window.ts'

const counter = await aCounter(await testDatabase())
const { ask, bench, town } = counter
const idIn = (location: string) => /originals\/([0-9a-f-]+)/.exec(location)?.[1] ?? ''
const deed = { paper: 'سند تسجيل رقم 114', broughtBy: 'أبو سامي', place: 'أرشيف 2، صندوق 14' }
const take = (form: Record<string, string>) => ask('clerk', addresses.counterOriginals, {}, { form })

describe('an original', () => {
  test('is taken in with its place, listed until it is given back once, and each has its slip', async () => {
    const person = await counter.person()
    const { requestId } = await aFiledRequest(bench, person.id)
    const bare = await take({ person: person.id, paper: '', broughtBy: '', place: '' })
    expect([bare.status, bare.html.includes('href="#f-place"')]).toEqual([422, true])
    const taken = await take({ ...deed, person: person.id, request: requestId })
    const original = idIn(taken.location)
    const slip = await ask('clerk', addresses.counterOriginal, { original })
    for (const said of ['إيصال إيداع أصل', '1/2026', 'سند تسجيل رقم 114', 'أرشيف 2'])
      expect(slip.text).toContain(said)
    expect((await ask('clerk', addresses.counterOriginals, {})).text).toContain('سند تسجيل رقم 114')
    const page = await ask('clerk', addresses.counterPerson, { person: person.id })
    expect(page.html).toContain(townUrl(town, addresses.counterOriginal, { original }))

    const give = (form: Record<string, string>) =>
      ask('clerk', addresses.counterOriginal, { original }, { form })
    expect((await give({ to: ' ' })).status).toBe(422)
    expect((await give({ to: 'سامي' })).status).toBe(303)
    const twice = await give({ to: 'غيره', _key: 'given-back-twice' })
    expect([twice.status, twice.text.includes('رُدّ هذا الأصل من قبل')]).toEqual([409, true])
    expect((await ask('clerk', addresses.counterOriginals, {})).text).not.toContain('سند تسجيل رقم 114')
    expect((await ask('clerk', addresses.counterOriginal, { original })).text).toContain('إيصال رد أصل')
  })

  test('is not taken in by somebody of the till alone', async () => {
    const person = await counter.person()
    const form = { ...deed, person: person.id }
    expect((await ask('collector', addresses.counterOriginals, {}, { form })).status).toBe(403)
  })
})
