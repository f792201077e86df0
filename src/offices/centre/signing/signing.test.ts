import { beforeAll, describe, expect, test } from 'vitest'
import { aWorker } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addresses, fillAddress } from '../../../lib/addresses.ts'
import { addDays, dateIn } from '../../../lib/calendar.ts'
import { money } from '../../../lib/money.ts'
import {
  appointDeputy,
  certificatesOfRequest,
  endAuthority,
  giveAuthority,
} from '../../certificates/index.ts'
import { appointmentsOf, endAppointment } from '../../people/index.ts'
import { actionsOf, performAct } from '../../requests/index.ts'
import { aCentreTown, actorOf, type CentreTown } from '../testing/centre.ts'

const db = await testDatabase()
let town: CentreTown
const by = { kind: 'system', id: 'test' } as const
const list = fillAddress(addresses.sign, {})
const today = () => dateIn(db.clock.now(), 'Asia/Hebron')

beforeAll(async () => {
  town = await aCentreTown(db)
})

const sign = async (ids: string[], more: Record<string, string> = {}, who: 'mayor' = 'mayor') =>
  town.as(who, list, { requests: ids.join(','), ...town.proof(town.staff[who]), ...more })
const stepOf = async (id: string) => (await town.request(id)).projection.step
const issued = (id: string) => town.read('', tx => certificatesOfRequest(tx, id))
const give = (over: Partial<Parameters<typeof giveAuthority>[1]> = {}) =>
  town.write('', tx =>
    giveAuthority(
      tx,
      {
        staffId: town.staff.mayor.id,
        role: 'mayor',
        kind: 'certificate',
        ceilings: [],
        decision: '3/2026',
        from: today(),
        until: undefined,
        ...over,
      },
      by,
    ),
  )

describe('the list of what waits for a signature', () => {
  test('shows the papers of the signatory, each to be read with its document, and writes down the look', async () => {
    const id = await town.aRequest('signature')
    const page = await town.as('mayor', list)
    expect(page.status).toBe(200)
    expect(page.text).toContain(town.person.displayName)
    const paper = await town.as('mayor', fillAddress(addresses.signPaper, { id }))
    expect([paper.status, paper.text.includes('الوثيقة كما ستصدر')]).toEqual([200, true])
    const draft = await town.as('mayor', fillAddress(addresses.signDraft, { id }))
    expect(draft.answer.headers.get('content-type')).toBe('application/pdf')
    const looks = await db.owner.selectFrom('audit').select('act').where('request_id', '=', id).execute()
    expect(looks.map(({ act }) => act)).toContain('signing.paper-read')
    expect(await issued(id)).toEqual([])
  })

  test('is empty for everybody else, who cannot open a paper either', async () => {
    const id = await town.aRequest('signature')
    for (const post of ['clerk', 'manager', 'accountant', 'admin', 'auditor'] as const) {
      expect((await town.as(post, list)).text).toContain('لا شيء ينتظر توقيعك')
      expect((await town.as(post, fillAddress(addresses.signPaper, { id }))).status, post).toBe(404)
    }
  })
})

describe('signing many', () => {
  test('asks again who it is, signs each by itself, and reports', async () => {
    const ids = [await town.aRequest('signature'), await town.aRequest('signature')]
    const asked = await town.as('mayor', fillAddress(addresses.signConfirm, {}), { request: ids })
    expect(asked.text).toContain('توقّع ورقتين')
    const wrong = await sign(ids, { password: 'something else' })
    expect([wrong.status, await stepOf(ids[0] ?? '')]).toEqual([422, 'signature'])
    const done = await sign(ids)
    expect(done.status).toBe(303)
    for (const id of ids) expect([await stepOf(id), (await issued(id)).length]).toEqual(['handover', 1])
    const report = await town.as('mayor', done.location)
    expect(report.text).toContain('وُقّعت ورقتان')
  })

  test('leaves one that has moved on, and signs the others', async () => {
    const [one, other] = [await town.aRequest('signature'), await town.aRequest('signature')]
    await town.act(other, 'mayor', 'sign')
    const done = await sign([one, other])
    const report = await town.as('mayor', done.location)
    expect(report.text).toContain('وُقّعت ورقة واحدة')
    expect(report.text).toContain('لم تعد عندك')
    expect((await issued(other)).length).toBe(1)
  })

  test('sent twice signs once and gives the same answer', async () => {
    const id = await town.aRequest('signature')
    const form = { requests: id, ...town.proof(town.staff.mayor), _key: 'pressed-twice' }
    const cookie = await town.cookieOf(town.staff.mayor)
    const answers = [await town.knock(cookie, list, form), await town.knock(cookie, list, form)]
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    expect(new Set(answers.map(({ location }) => location)).size).toBe(1)
    expect((await issued(id)).length).toBe(1)
  })

  test('sends one back with a word to whoever did the step before', async () => {
    const id = await town.aRequest('signature')
    const back = fillAddress(addresses.signBack, { id })
    expect((await town.as('mayor', back, { note: ' ' })).status).toBe(422)
    expect((await town.as('mayor', back, { note: 'صحّحوا اسم الحي' })).status).toBe(303)
    expect(await stepOf(id)).toBe('dues-check')
    const last = (await town.read('', tx => actionsOf(tx, id))).at(-1)
    expect([last?.name, last?.note]).toEqual(['return', 'صحّحوا اسم الحي'])
  })
})

describe('the authority to sign', () => {
  test('that ended yesterday refuses in clear Arabic and writes nothing', async () => {
    const id = await town.aRequest('signature')
    const authority = await give()
    db.clock.advance(86_400_000)
    await town.write('', tx => endAuthority(tx, authority, addDays(today(), -1), by))
    const before = (await town.request(id)).projection.lastSeq
    const { location } = await sign([id])
    expect((await town.as('mayor', location)).text).toContain('انتهت صلاحيتك بالتوقيع')
    expect((await town.request(id)).projection.lastSeq).toBe(before)
    expect(await issued(id)).toEqual([])
    const page = await town.as('mayor', fillAddress(addresses.signPaper, { id }))
    expect(page.text).toContain('انتهت صلاحيتك بالتوقيع')
    expect(page.text).not.toContain('وقّع هذه الورقة')
    await give()
    expect((await town.as('mayor', (await sign([id])).location)).text).toContain('وُقّعت ورقة واحدة')
  })

  test('below the fees of the request refuses, and above them lets pass', async () => {
    const other = await aCentreTown(db)
    const id = await other.aRequest('signature')
    const low = await other.write('', tx =>
      giveAuthority(
        tx,
        {
          staffId: other.staff.mayor.id,
          role: 'mayor',
          kind: '*',
          ceilings: [money(9_99, 'ILS')],
          decision: '4/2026',
          from: today(),
          until: undefined,
        },
        by,
      ),
    )
    await expect(other.act(id, 'mayor', 'sign')).rejects.toMatchObject({ code: 'ceiling-exceeded' })
    expect((await other.request(id)).projection.step).toBe('signature')
    expect(low).toBeTruthy()
  })

  test('lets a deputy sign on their own days and no longer', async () => {
    const other = await aCentreTown(db)
    const id = await other.aRequest('signature')
    const next = await other.aRequest('signature')
    const authority = await other.write('', tx =>
      giveAuthority(
        tx,
        {
          staffId: other.staff.mayor.id,
          role: 'mayor',
          kind: 'certificate',
          ceilings: [],
          decision: '5/2026',
          from: today(),
          until: undefined,
        },
        by,
      ),
    )
    const until = today()
    const input = { staffId: other.staff.manager.id, decision: '6/2026', from: today(), until }
    await other.write('', tx => appointDeputy(tx, authority, input, by))
    const sent = await other.as('manager', list, { requests: id, ...other.proof(other.staff.manager) })
    expect((await other.as('manager', sent.location)).text).toContain('وُقّعت ورقة واحدة')
    const [paper] = await other.read('', tx => certificatesOfRequest(tx, id))
    expect(paper?.signer.staffId).toBe(other.staff.manager.id)
    db.clock.advance(86_400_000)
    expect((await other.as('manager', list)).text).toContain('لا شيء ينتظر توقيعك')
    const late = await other.as('manager', list, { requests: next, ...other.proof(other.staff.manager) })
    expect((await other.as('manager', late.location)).status).toBe(200)
    expect((await other.request(next)).projection.step).toBe('signature')
  })

  test('is nobody’s whose appointment ended yesterday', async () => {
    const other = await aCentreTown(db)
    const id = await other.aRequest('signature')
    const task = (await other.request(id)).projection.tasks.at(-1)?.id
    const second = await aWorker(other.bench, 'mayor', 'mayor-office')
    const [held] = await other.read('', tx => appointmentsOf(tx, second.id, today()))
    await other.write('', tx => endAppointment(tx, held?.id ?? '', addDays(today(), -1), by))
    const cookie = await other.cookieOf(second)
    expect((await other.knock(cookie, list)).status).toBe(403)
    const signing = other.write('', tx =>
      performAct(tx, other.bench, { requestId: id, name: 'sign', actor: actorOf(second), taskId: task }),
    )
    await expect(signing).rejects.toMatchObject({ code: 'appointment-ended' })
    expect(await other.read('', tx => certificatesOfRequest(tx, id))).toEqual([])
  })
})
