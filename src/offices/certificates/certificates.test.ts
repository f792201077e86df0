import { sql } from 'kysely'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { aBareRequest, aCertificate, aCertificateInput } from '../../../test/builders/certificates.ts'
import { aDoor } from '../../../test/builders/door.ts'
import { aHouse } from '../../../test/builders/house.ts'
import {
  aPerson,
  aStaffMember,
  aTown,
  type BuiltPerson,
  type BuiltStaff,
  logInAs,
} from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import type { Town } from '../../web/town.ts'
import { readContent } from '../archive/index.ts'
import { totpCode } from '../people/index.ts'
import { certificateRoutes, certificatesOfRequest, getCertificate, issueCertificate } from './index.ts'

const db = await testDatabase()
const house = aHouse(db, { PUBLIC_URL: 'https://window.example.ps' })
const door = aDoor(
  house,
  certificateRoutes({ visible: actor => sql<boolean>`${actor.kind === 'staff'}::boolean` }),
)
let town: Town
let holder: BuiltPerson
let mayor: BuiltStaff
let requestId: string
const start = db.clock.now()

beforeAll(async () => {
  town = await aTown(house)
  holder = await aPerson(
    { house, town: town.id },
    { first: 'سامر', father: 'محمود', grandfather: 'أحمد', family: 'الخطيب', idNumber: '904567123' },
  )
  mayor = await aStaffMember({ house, town: town.id }, 'mayor', 'mayor-office')
  requestId = await aBareRequest({ house, town: town.id }, holder.id)
})
afterEach(() => db.clock.set(start))

type More = Parameters<typeof aCertificate>[2]
const issue = (more: More = {}) =>
  aCertificate({ house, town: town.id }, { personId: holder.id, requestId, signer: mayor }, more)
const found = (id: string) => house.database.read(town.id, tx => getCertificate(tx, id))
const page = async (path: string, knock?: Parameters<typeof door.knock>[1]) => {
  const answer = await door.knock(path, knock)
  return {
    status: answer.status,
    text: (await answer.text()).replace(/<[^>]+>/g, ''),
    location: answer.headers.get('location'),
  }
}
const cookieOf = (who: BuiltStaff) => logInAs({ house, town: town.id }, { staffId: who.id })
let minutes = 0

/** A form of the mayor’s, with a code that was not used before. */
async function act(path: string, form: Record<string, string>, who = mayor) {
  minutes += 1
  db.clock.set(new Date(start.getTime() + minutes * 60_000))
  const code = totpCode(who.totpSecret, house.clock.now())
  return page(path, { cookie: await cookieOf(who), form: { password: who.password, code, ...form } })
}
/** The path names the town: the wall's test makes a second one. */
const at = (path: string) => `/~${town.slug}${path}`

describe('issuing', () => {
  test('takes the next outgoing number of the year and files the paper for its holder', async () => {
    const first = await issue()
    const second = await issue()
    expect(second).toMatchObject({ number: first.number + 1, year: 2026 })
    const { rows } = await sql<Record<string, unknown>>`
      select kind, title, owner_id, source, valid_until::text, issued_on::text, pages, encode(sha256, 'hex') as hash
        from document where document_id = ${first.documentId}`.execute(db.owner)
    const certificate = await found(first.certificateId)
    expect(rows[0]).toEqual({
      kind: 'certificate',
      title: `شهادة سكن ${first.number}/2026`,
      owner_id: holder.id,
      source: 'issued',
      valid_until: '2026-05-30',
      issued_on: '2026-03-01',
      pages: 1,
      hash: certificate.pdfSha256.toString('hex'),
    })
    const audit = await sql<{ act: string; person_id: string }>`
      select act, person_id from audit where subject_id = ${first.certificateId}`.execute(db.owner)
    expect(audit.rows).toEqual([{ act: 'certificate.issued', person_id: holder.id }])
  })

  test('leaves no gap when the act around it is undone', async () => {
    const before = await issue()
    const undone = house.database.write(town.id, async tx => {
      await issueCertificate(tx, house, aCertificateInput({ personId: holder.id, requestId, signer: mayor }))
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect((await issue()).number).toBe(before.number + 1)
  })

  test('keeps no identity number beside the paper', async () => {
    const { certificateId } = await issue()
    const { rows } = await sql<{ data: unknown }>`
      select data from certificate where certificate_id = ${certificateId}`.execute(db.owner)
    expect(JSON.stringify(rows[0]?.data)).not.toContain('904567123')
    expect(JSON.stringify(rows[0]?.data)).toContain('118/2')
  })

  test('many at once get numbers without gaps and codes of their own', async () => {
    const issued = await Promise.all(Array.from({ length: 6 }, () => issue()))
    const numbers = issued.map(each => each.number).sort((a, b) => a - b)
    expect(numbers).toEqual(numbers.map((_, place) => (numbers[0] ?? 0) + place))
    expect(new Set(issued.map(each => each.code)).size).toBe(6)
  })
})

describe('the application’s role', () => {
  test.each([
    'number = 999',
    "code = 'X'",
    "data = '{}'",
    "pdf_sha256 = '\\x00'",
    'valid_until = null',
    'person_id = gen_random_uuid()',
  ])('cannot set %s on a certificate', async change => {
    const { certificateId } = await issue()
    const attempt = house.database.write(town.id, tx =>
      sql`update certificate set ${sql.raw(change)} where certificate_id = ${certificateId}`.execute(tx.q),
    )
    await expect(attempt).rejects.toThrow(/permission denied/)
  })

  test('cannot delete one, nor see another town’s', async () => {
    const { certificateId, code } = await issue()
    await expect(
      house.database.write(town.id, tx =>
        sql`delete from certificate where certificate_id = ${certificateId}`.execute(tx.q),
      ),
    ).rejects.toThrow(/permission denied/)
    const other = await aTown(house)
    const elsewhere = await house.database.read(other.id, tx =>
      sql`select 1 from certificate where code = ${code}`.execute(tx.q),
    )
    expect(elsewhere.rows).toEqual([])
  })
})

describe('anybody verifies', () => {
  test('a good paper: that it stands, and what to compare, and no more of the person', async () => {
    const { code, number } = await issue()
    const { status, text } = await page(at(`/verify/${code}`))
    expect(status).toBe(200)
    expect(text).toContain('أصدرتها البلدية، وهي سارية')
    expect(text).toContain(`${number}/2026`)
    expect(text).toContain('سامر م. أ. خ.')
    for (const secret of ['904567123', 'الخطيب', 'البلدة القديمة', holder.id])
      expect(text).not.toContain(secret)
  })

  test('by the code as it is typed', async () => {
    const { code } = await issue()
    const typed = encodeURIComponent(code.toLowerCase().replaceAll('-', ' '))
    const answer = await page(at(`/verify?code=${typed}`))
    expect([answer.status, answer.location]).toEqual([303, at(`/verify/${code}`)])
    expect((await page(at(`/verify/${code.replaceAll('-', '').toLowerCase()}`))).status).toBe(200)
  })

  test('an unknown code and one that can be none get the same answer', async () => {
    const unknown = await page(at('/verify/AAAA-AAAA-AAAA-AAAA'))
    const none = await page(at('/verify/hello'))
    expect([unknown.status, none.status]).toEqual([404, 404])
    expect(none.text).toBe(unknown.text)
    expect((await page(at('/verify?code='))).status).toBe(422)
  })

  test('its term ends after its last day', async () => {
    const { code } = await issue()
    db.clock.set(new Date('2026-05-30T20:00:00Z'))
    expect((await page(at(`/verify/${code}`))).text).toContain('وهي سارية')
    db.clock.set(new Date('2026-05-30T21:30:00Z'))
    expect((await page(at(`/verify/${code}`))).text).toContain('وانتهت مدتها')
  })

  test('by the file: the same bytes are known, one changed byte is not', async () => {
    const { certificateId } = await issue()
    const bytes = await readContent(house, town.id, (await found(certificateId)).pdfSha256)
    const form = async (file: Buffer) => {
      const data = new FormData()
      data.set('file', new File([new Uint8Array(file)], 'a.pdf', { type: 'application/pdf' }))
      return page(at('/verify'), { method: 'POST', body: data })
    }
    const good = await form(bytes)
    expect([good.status, good.text.includes('هو نفسه الذي أصدرناه')]).toEqual([200, true])
    const changed = Buffer.from(bytes)
    changed[changed.length - 20] = (changed[changed.length - 20] ?? 0) ^ 1
    const bad = await form(changed)
    expect([bad.status, bad.text.includes('ليس كما أصدرناه')]).toEqual([404, true])
  })

  test('a flood of guesses is told to wait, and a real paper is still answered', async () => {
    db.clock.advance(10 * 60_000)
    const { code } = await issue()
    for (let guess = 0; guess < 120; guess += 1) await page(at('/verify/AAAA-AAAA-AAAA-AAAA'))
    expect((await page(at('/verify/AAAA-AAAA-AAAA-AAAA'))).status).toBe(429)
    expect((await page(at(`/verify/${code}`))).status).toBe(200)
    db.clock.advance(61_000)
    expect((await page(at('/verify/AAAA-AAAA-AAAA-AAAA'))).status).toBe(404)
  })
})

describe('ending a certificate', () => {
  test('revoked by whoever signs for its office: it verifies so, with the reason kept inside', async () => {
    const { certificateId, code } = await issue()
    const answer = await act(at(`/office/certificates/${certificateId}/revoke`), {
      reason: 'تبيّن خطأ في العنوان',
    })
    expect([answer.status, answer.location]).toEqual([303, at(`/office/certificates/${certificateId}`)])
    const shown = await page(at(`/verify/${code}`))
    expect(shown.text).toContain('ثم ألغتها')
    expect(shown.text).not.toContain('تبيّن خطأ')
    expect(await found(certificateId)).toMatchObject({
      state: 'revoked',
      stateReason: 'تبيّن خطأ في العنوان',
      stateAt: expect.any(Date),
    })
    const audit = await sql<{ act: string; actor_id: string; cause: string }>`
      select act, actor_id, cause from audit where subject_id = ${certificateId} and act = 'certificate.revoked'`.execute(
      db.owner,
    )
    expect(audit.rows).toEqual([
      { act: 'certificate.revoked', actor_id: mayor.id, cause: 'تبيّن خطأ في العنوان' },
    ])
    expect((await act(at(`/office/certificates/${certificateId}/revoke`), { reason: 'x' })).status).toBe(409)
  })

  test('replaced: the new one is good with a number of its own, the old one says so', async () => {
    const old = await issue()
    const answer = await act(at(`/office/certificates/${old.certificateId}/reissue`), {
      reason: 'تغيّر الاسم',
    })
    expect(answer.status).toBe(303)
    const fresh = await found(answer.location?.split('/').at(-1) ?? '')
    const all = await house.database.read(town.id, tx => certificatesOfRequest(tx, requestId))
    expect(all.map(each => each.id)).toContain(fresh.id)
    expect(fresh).toMatchObject({ state: 'valid', number: old.number + 1, validUntil: '2026-05-30' })
    expect(fresh.kept.body).toEqual((await found(old.certificateId)).kept.body)
    expect(await found(old.certificateId)).toMatchObject({ state: 'replaced', replacedBy: fresh.id })
    expect((await page(at(`/verify/${old.code}`))).text).toContain('ثم صدر بدل منها')
    expect((await page(at(`/verify/${fresh.code}`))).text).toContain('وهي سارية')
  })

  test('needs a reason and the person themselves', async () => {
    const { certificateId } = await issue()
    const path = at(`/office/certificates/${certificateId}/revoke`)
    expect((await act(path, { reason: ' ' })).status).toBe(422)
    const wrong = await act(path, { reason: 'سبب', password: 'not the password' })
    expect([wrong.status, wrong.text.includes('سبب')]).toEqual([422, true])
    expect((await found(certificateId)).state).toBe('valid')
  })

  test('is nothing for another office, nor for a clerk', async () => {
    const { certificateId } = await issue()
    const head = await aStaffMember({ house, town: town.id }, 'head', 'engineering')
    const clerk = await aStaffMember({ house, town: town.id }, 'clerk', 'centre')
    const revoke = async (who: BuiltStaff) =>
      (await act(at(`/office/certificates/${certificateId}/revoke`), { reason: 'سبب' }, who)).status
    // There is no such certificate for the head of another office; a clerk revokes none at all.
    expect([await revoke(head), await revoke(clerk)]).toEqual([404, 403])
    expect((await found(certificateId)).state).toBe('valid')
  })

  test('its page shows the whole name to the office, and the look is written down', async () => {
    const { certificateId } = await issue()
    const cookie = await cookieOf(mayor)
    const { status, text } = await page(at(`/office/certificates/${certificateId}`), { cookie })
    expect([status, text.includes('سامر محمود أحمد الخطيب'), text.includes('ألغِ الشهادة')]).toEqual([
      200,
      true,
      true,
    ])
    const looks =
      await sql`select 1 from audit where subject_id = ${certificateId} and act = 'certificate.opened'
      and person_id = ${holder.id}`.execute(db.owner)
    expect(looks.rows).toHaveLength(1)
  })
})
