import { describe, expect, test } from 'vitest'
import { aDoor } from '../../../../../test/builders/door.ts'
import { aHouse } from '../../../../../test/builders/house.ts'
import { aStaffMember, aTown, logInAs } from '../../../../../test/builders/people.ts'
import { anSmsc } from '../../../../../test/builders/smsc.ts'
import { testDatabase } from '../../../../../test/database.ts'
import { defaultQuiet } from '../../../../kernel/messages/index.ts'
import { settingOn } from '../../../people/index.ts'
import { openSecret, providersOf } from '../../carriers/store.ts'
import { quietKey, quietShape } from '../../outbox/terms.ts'
import { pausesOf } from '../pauses.ts'
import { rulesOf, timesOf } from '../quiet.ts'
import { providerRoutes } from '../routes.ts'

const db = await testDatabase()
const house = aHouse(db)
const town = await aTown(house)
const place = { house, town: town.id }
const door = aDoor(house, providerRoutes)
const admin = await aStaffMember(place, 'admin')
const cookie = await logInAs(place, { staffId: admin.id })
const clerk = await logInAs(place, { staffId: (await aStaffMember(place, 'clerk')).id })

const here = '/manage/messages/providers'
const get = async (path: string, as = cookie) => {
  const answer = await door.knock(path, { cookie: as })
  return { status: answer.status, text: await answer.text() }
}
const post = async (path: string, form: Record<string, string>) => {
  const answer = await door.knock(path, { cookie, form })
  const said = (answer.headers.get('set-cookie') ?? '').match(/=([A-Za-z0-9_-]{20,})/)?.[1] ?? ''
  return {
    status: answer.status,
    to: answer.headers.get('location') ?? '',
    text: await answer.text(),
    said: Buffer.from(said, 'base64url').toString('utf8'),
  }
}
const providers = () => db.database.read(town.id, providersOf)
const named = async (name: string) => {
  const found = (await providers()).find(each => each.name === name)
  if (!found) throw new Error(`no ${name}`)
  return found
}
const audit = async () =>
  (await db.owner.selectFrom('audit').select(['act', 'cause']).orderBy('audit_id').execute())
    .filter(({ act }) => act.startsWith('messages.'))
    .map(({ act, cause }) => [act, cause])
const common = { weight: '60', price: '0.045', currency: 'ILS', rate: '', dailyParts: '' }
const smpp = {
  kind: 'smpp',
  host: '127.0.0.1',
  port: '2775',
  user: 'dura',
  password: 'hidden-word',
  sender: 'Dura',
  ...common,
  window: '10',
  answerSeconds: '1',
  enquireSeconds: '30',
  long: 'udh',
  ids: 'same',
  hardErrors: '1',
}

describe('the pages of providers', () => {
  test('are for whoever keeps the settings of messages', async () => {
    expect((await get(here, clerk)).status).toBe(403)
    expect(await get(here)).toMatchObject({ status: 200, text: expect.stringContaining('لا مزود بعد') })
    const choice = await get(`${here}/new`)
    for (const kind of ['SMPP', 'HotSMS', 'Kannel']) expect(choice.text).toContain(kind)
  })

  test('keep what was typed when something is wrong, but not the secret', async () => {
    const wrong = await post(`${here}/new`, { ...smpp, name: 'جوال', port: 'x' })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('value="Dura"')
    expect(wrong.text).toContain('href="#f-port">اكتب عددًا صحيحًا')
    expect(wrong.text).not.toContain('hidden-word')
  })

  test('add a provider once, however often the form is sent', async () => {
    const form = { ...smpp, name: 'مرة', _key: 'one-provider-once' }
    const [first, again] = [await post(`${here}/new`, form), await post(`${here}/new`, form)]
    expect([first.status, again.status, again.to]).toEqual([303, 303, first.to])
    expect((await post(`${here}/new`, { ...form, _key: 'another-form-of-it' })).text).toContain(
      'href="#f-name"',
    )
    await db.owner.deleteFrom('audit').where('cause', '=', 'مرة').execute()
    await db.owner.deleteFrom('message_provider').where('name', '=', 'مرة').execute()
  })

  test('add a provider whose secret is sealed and never shown again', async () => {
    const added = await post(`${here}/new`, { ...smpp, name: 'جوال', isOn: 'yes' })
    const provider = await named('جوال')
    expect(added).toMatchObject({ status: 303, to: `${here}/${provider.id}` })
    expect(openSecret(house, town.id, provider)).toMatchObject({ user: 'dura', password: 'hidden-word' })
    expect(provider.secretSealed?.includes('hidden-word')).toBe(false)
    for (const path of [here, added.to, `${added.to}/settings`]) {
      const page = await get(path)
      expect(page.status).toBe(200)
      expect(page.text).not.toContain('hidden-word')
    }
    const twice = await post(`${here}/new`, { ...smpp, name: 'جوال' })
    expect(twice).toMatchObject({ status: 422, text: expect.stringContaining('بهذا الاسم') })
  })

  test('change a provider and keep the secret that was left empty', async () => {
    const { id } = await named('جوال')
    db.clock.advance(1000)
    const saved = await post(`${here}/${id}/settings`, {
      ...smpp,
      name: 'جوال',
      user: '',
      password: '',
      weight: '80',
    })
    expect(saved.status).toBe(303)
    const after = await named('جوال')
    expect(after).toMatchObject({ weight: 80, isOn: false, changedAt: db.clock.now() })
    expect(openSecret(house, town.id, after).password).toBe('hidden-word')
    expect((await audit()).at(-1)).toEqual(['messages.provider-changed', 'weight isOn'])
  })

  test('try a provider with one message, once for one form, and say what came of it', async () => {
    const smsc = await anSmsc()
    const { id } = await named('جوال')
    await post(`${here}/${id}/settings`, { ...smpp, name: 'جوال', port: String(smsc.port), isOn: 'yes' })
    const form = { do: 'try', to: '0599 123 456', _key: '019d0000-0000-7000-8000-0000000000aa' }
    const tried = await post(`${here}/${id}/act`, form)
    expect(tried).toMatchObject({ status: 303, said: expect.stringContaining('قبلها') })
    expect((await post(`${here}/${id}/act`, form)).status).toBe(303)
    expect(smsc.submitted.map(({ to, from }) => [to, from])).toEqual([['970599123456', 'Dura']])
    smsc.treat(() => 0x0b)
    const refused = await post(`${here}/${id}/act`, { do: 'try', to: '0599123456' })
    expect(refused.said).toContain('الرقم غير صحيح')
    expect(refused.said).toContain('ESME_RINVDSTADR')
    expect((await post(`${here}/${id}/act`, { do: 'check' })).said).toContain('يجيب')
    await smsc.close()
    expect((await post(`${here}/${id}/act`, { do: 'check' })).said).toContain('لا يحمل الآن')
    expect(await post(`${here}/${id}/act`, { do: 'try', to: '123' })).toMatchObject({ status: 422 })
  })

  test('switch a provider off and on', async () => {
    const { id } = await named('جوال')
    await post(`${here}/${id}/act`, { do: 'off' })
    expect((await named('جوال')).isOn).toBe(false)
    expect((await get(here)).text).toContain('مُطفأ')
    await post(`${here}/${id}/act`, { do: 'on', _key: '019d0000-0000-7000-8000-0000000000ab' })
    expect((await named('جوال')).isOn).toBe(true)
  })

  test('show Kannel’s own setting with the address it calls, and change the address', async () => {
    const kannel = { ...smpp, kind: 'kannel', name: 'kannel', url: 'http://10.0.0.5:13013/cgi-bin/sendsms' }
    const { to } = await post(`${here}/new`, { ...kannel, callback: 'http://10.0.0.2:8080' })
    const word = async () => openSecret(house, town.id, await named('kannel')).hook
    const before = await word()
    const page = await get(to)
    expect(page.text).toContain(`http://10.0.0.2:8080/~${town.slug}/hooks/messages/${before}/incoming`)
    expect(page.text).toContain('max-messages = 0')
    await post(`${to}/act`, { do: 'renew' })
    expect(await word()).not.toBe(before)
  })

  test('describe a gateway and show the description again as it was read', async () => {
    const description = 'url: https://gateway.test/send\nfields:\n  to: "{to}"\nanswers:\n  accepted: [ok]\n'
    const typed = {
      ...common,
      kind: 'http',
      name: 'gateway',
      sender: 'Dura',
      description,
      window: '10',
      answerSeconds: '20',
    }
    const { to } = await post(`${here}/new`, typed)
    const page = await get(`${to}/settings`)
    expect(page.text).toContain('https://gateway.test/send')
    expect((await named('gateway')).settings).toMatchObject({ shape: 'described', fields: { to: '{to}' } })
  })
})

describe('what is paused', () => {
  const pauses = () => db.database.read(town.id, pausesOf)

  test('is a kind, a text or everything, with a reason; and goes on again', async () => {
    const reason = 'خطأ في نص الفاتورة'
    await post(`${here}/pauses`, { what: 'kind:bill', reason })
    await post(`${here}/pauses`, { what: 'kind:bill', reason: 'again' })
    await post(`${here}/pauses`, { what: 'template', template: 'ELE-01/received', reason })
    expect((await pauses()).map(({ what, by }) => [what, by?.ar]).sort()).toEqual([
      ['kind:bill', admin.name.ar],
      ['template:ELE-01/received', admin.name.ar],
    ])
    await post(`${here}/pauses`, { what: '*', reason })
    const page = await get(here)
    expect(page.text).toContain('الإرسال كله موقوف')
    expect(page.text).toContain(reason)
    for (const { id } of await pauses()) await post(`${here}/pauses`, { resume: id })
    expect(await pauses()).toEqual([])
    expect((await audit()).filter(([act]) => act?.startsWith('messages.paused'))).toEqual([
      ['messages.paused', reason],
      ['messages.paused', reason],
      ['messages.paused', reason],
    ])
    expect((await audit()).filter(([act]) => act === 'messages.resumed')).toHaveLength(3)
  })

  test.each([
    [{ what: 'kind:bill', reason: '' }, 'لماذا توقفه'],
    [{ what: 'kind:gossip', reason: 'x' }, 'اختر ما توقفه'],
    [{ what: 'template', template: '../x', reason: 'x' }, 'رمز النص'],
    [{ what: 'planet', reason: 'x' }, 'اختر ما توقفه'],
    [{ what: 'kind:bill', template: 'ELE-01/received', reason: 'x' }, 'اختر ما توقفه'],
  ])('is refused as %j', async (form, words) => {
    const answer = await post(`${here}/pauses`, form as Record<string, string>)
    expect(answer.status).toBe(422)
    expect(answer.text).toContain(words)
    expect(await pauses()).toEqual([])
  })
})

describe('quiet hours', () => {
  const there = `${here}/quiet`
  const hours = { 'week-from': '22:00', 'week-to': '7:30', 'friday-from': '٢١:٠٠', 'friday-to': '09:00' }
  const kept = () => db.database.read(town.id, tx => settingOn(tx, quietKey, quietShape, '2026-03-01'))

  test('are those of every town until it sets its own', async () => {
    expect(await kept()).toBeUndefined()
    expect((await get(there)).text).toContain('value="21:00"')
    expect((await post(there, hours)).status).toBe(303)
    expect((await kept())?.value).toEqual({
      groups: [
        { days: [0, 1, 2, 3, 4, 6], from: '22:00', to: '07:30' },
        { days: [5], from: '21:00', to: '09:00' },
      ],
    })
    expect((await get(there)).text).toContain('value="07:30"')
  })

  test.each([
    [{ ...hours, 'week-to': '' }, 'الساعتين معًا'],
    [{ ...hours, 'week-to': 'noon' }, 'اكتب الساعة هكذا'],
    [{ ...hours, 'week-to': '21:00' }, '16'],
  ])('are refused as %j', async (form, words) => {
    expect(await post(there, form)).toMatchObject({ status: 422, text: expect.stringContaining(words) })
  })
})

test('hours set in the form are the hours of the form again', () => {
  expect(rulesOf(timesOf(defaultQuiet))).toEqual(defaultQuiet)
})
