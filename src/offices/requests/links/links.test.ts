import { sql } from 'kysely'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { aPerson, logInAs } from '../../../../test/builders/people.ts'
import { aFiledRequest, aVariantOf } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addresses, fillAddress } from '../../../lib/addresses.ts'
import { publishService } from '../../catalogue/index.ts'
import { requestNumber } from '../model.ts'
import { act, anOfficeTown, aPicture, aSubmitted, type OfficeTown, stateOf } from '../staff/testing/office.ts'
import { paperField } from './paper.tsx'

const db = await testDatabase()
let town: OfficeTown

beforeAll(async () => {
  town = await anOfficeTown(db, { PUBLIC_URL: 'https://shubbak.ps' })
})

const words = 'صورة الهوية من الوجهين'
const idCopy = { id: 'id-copy', words }

/** The link of the latest message on an occasion of a request. */
async function linkIn(requestId: string, event: string): Promise<string> {
  const { rows } = await sql<{ body: string }>`select body from message
    where request_id = ${requestId} and event = ${event} order by message_id desc limit 1`.execute(db.owner)
  const [, code] = /https:\/\/shubbak\.ps\/~[a-z0-9-]+\/s\/(\w{10})(?!\w)/.exec(rows[0]?.body ?? '') ?? []
  if (!code) throw new Error(`no link in «${rows[0]?.body}»`)
  return fillAddress(addresses.shortLink, { code })
}

async function asked(papers = [idCopy]): Promise<{ id: string; path: string }> {
  const id = await aSubmitted(town)
  await act(town, id, 'clerk', 'ask-papers', { data: { papers } })
  return { id, path: await linkIn(id, 'papers-missing') }
}

const open = (path: string, cookie = '') =>
  town.door.fetch(new Request(`http://localhost${path}`, { headers: { host: 'localhost', cookie } }))

const sameSite = { host: 'localhost', origin: 'http://localhost' }

/** Sends the page's form as a telephone does: whole, with its length. */
async function send(path: string, fields: Record<string, string>, files: readonly Uint8Array[] = []) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  for (const bytes of files) form.append(paperField.file, new File([new Uint8Array(bytes)], 'photo.jpg'))
  const packed = new Response(form)
  const body = await packed.arrayBuffer()
  const headers = {
    ...sameSite,
    'content-type': packed.headers.get('content-type') ?? '',
    'content-length': String(body.byteLength),
  }
  return town.door.fetch(new Request(`http://localhost${path}`, { method: 'POST', headers, body }))
}

const blurred = async () =>
  sharp(await aPicture('هوية'))
    .blur(6)
    .jpeg()
    .toBuffer()
const papersOn = async (id: string) =>
  (
    await sql<{ by_kind: string; owner_id: string; added_by_kind: string }>`
      select p.by_kind, d.owner_id, d.added_by_kind from request_paper p
        join document d on d.document_id = p.document_id where p.request_id = ${id} and p.paper_id = 'id-copy'
         and p.by_kind = 'link'`.execute(db.owner)
  ).rows

describe('the link of a missing paper', () => {
  test('shows the number, the paper and the reason, and nobody', async () => {
    const { id, path } = await asked()
    const { number, year, answers } = await stateOf(town, id)
    const answer = await open(path)
    expect(answer.status).toBe(200)
    const page = await answer.text()
    for (const shown of [`${number}/${year}`, words, 'صورة عن الهوية']) expect(page).toContain(shown)
    for (const hidden of [town.person.name.family, town.person.name.first, String(answers.place)])
      expect(page).not.toContain(hidden)
    expect(page.length).toBeLessThan(30_000)
  })

  test('takes a photograph, and the request goes on by the act of the portal, written down as the holder’s', async () => {
    const { id, path } = await asked()
    const sent = await send(path, { [paperField.paper]: 'id-copy', _key: 'key-of-a-photo' }, [
      await aPicture('هوية'),
    ])
    expect(sent.status).toBe(303)
    expect((await stateOf(town, id)).projection).toMatchObject({ state: 'in-process', missingPapers: [] })
    expect(await papersOn(id)).toEqual([{ by_kind: 'link', owner_id: town.person.id, added_by_kind: 'link' }])
    const { rows } = await sql<{ actor_kind: string }>`select actor_kind from audit
      where request_id = ${id} and act = 'request.supply-papers'`.execute(db.owner)
    expect(rows).toEqual([{ actor_kind: 'link' }])
    expect(await (await open(path)).text()).toContain('لا ينقص طلبك شيء')
    expect(
      await (
        await town.door.fetch(
          new Request(`http://localhost${fillAddress(addresses.officeRequest, { id })}`, {
            headers: { host: 'localhost', cookie: town.cookies.clerk },
          }),
        )
      ).text(),
    ).toContain('من رابط الرسالة')
  })

  test('the same form sent twice is one paper', async () => {
    const { id, path } = await asked()
    const picture = await aPicture('هوية')
    const fields = { [paperField.paper]: 'id-copy', _key: 'key-sent-twice' }
    const both = await Promise.all([1, 2].map(() => send(path, fields, [picture])))
    expect(both.map(({ status }) => status)).toEqual([303, 303])
    expect((await send(path, fields, [picture])).status).toBe(303)
    expect(await papersOn(id)).toHaveLength(1)
  })

  test('leaves its code nowhere it could be read', async () => {
    const { path } = await asked()
    const picture = await aPicture('هوية')
    const sent = await send(path, { [paperField.paper]: 'id-copy', _key: 'key-kept-nowhere' }, [picture])
    expect(sent.status).toBe(303)
    const code = path.slice(-10)
    for (const table of ['idempotency', 'audit', 'short_link', 'request_action', 'document']) {
      const { rows } = await sql<{ row: string }>`
        select to_jsonb(t)::text as row from ${sql.table(table)} t`.execute(db.owner)
      expect(rows.filter(({ row }) => row.includes(code))).toEqual([])
    }
  })

  test('says what is wrong with a photograph and how to take it, and keeps it for who insists', async () => {
    const { id, path } = await asked()
    const refused = await send(path, { [paperField.paper]: 'id-copy' }, [await blurred()])
    expect(refused.status).toBe(422)
    const page = await refused.text()
    expect(page).toContain('الحروف غير واضحة')
    expect(page).toContain('أرسلها كما هي')
    expect(page.length).toBeLessThan(50_000)
    expect((await stateOf(town, id)).projection.state).toBe('awaiting-papers')
    const [, kept = ''] = new RegExp(`name="${paperField.kept}" value="([^"]+)"`).exec(page) ?? []
    const insisting = { [paperField.paper]: 'id-copy', [paperField.kept]: kept, [paperField.asItIs]: 'yes' }
    const other = await asked()
    expect((await send(other.path, insisting)).status).toBe(422)
    expect((await send(path, insisting)).status).toBe(303)
    expect((await stateOf(town, id)).projection.state).toBe('in-process')
  })

  test('asks for one paper at a time, in the officer’s order', async () => {
    const { id, path } = await asked([{ id: 'property-tax-clearance', words: 'براءة الذمة' }, idCopy])
    const first = await (await open(path)).text()
    expect(first).toContain('براءة الذمة')
    expect(first).not.toContain(words)
    expect(first).toContain('وبعدها ورقة أخرى')
    const picture = await aPicture('عقد')
    expect((await send(path, { [paperField.paper]: 'property-tax-clearance' }, [picture])).status).toBe(303)
    expect((await stateOf(town, id)).projection.state).toBe('awaiting-papers')
    expect(await (await open(path)).text()).toContain(words)
    expect((await send(path, { [paperField.paper]: 'id-copy' }, [picture])).status).toBe(303)
    expect((await stateOf(town, id)).projection.state).toBe('in-process')
  })

  test('refuses nothing at all, what is no picture, and more than a link takes', async () => {
    const { id, path } = await asked()
    const form = { [paperField.paper]: 'id-copy' }
    const empty = await send(path, form)
    expect(empty.status).toBe(422)
    expect(await empty.text()).toContain('أرفق هذه الوثيقة')
    expect((await send(path, form, [Buffer.from('MZ program')])).status).toBe(422)
    const many = await send(
      path,
      form,
      Array.from({ length: 21 }, () => Buffer.from('x')),
    )
    expect(many.status).toBe(422)
    expect(await many.text()).toMatch(/أكثر ما يُقبل <bdi[^>]*>20</)
    await sql`update short_link set tries = 30 where request_id = ${id}`.execute(db.owner)
    expect((await send(path, form, [await aPicture('هوية')])).status).toBe(429)
    const unread = new Request(`http://localhost${path}`, {
      method: 'POST',
      headers: { ...sameSite, 'content-length': '40000000' },
      body: 'x',
    })
    expect((await town.door.fetch(unread)).status).toBe(429)
    expect(unread.bodyUsed).toBe(false)
    expect(await (await open(path)).text()).toContain('أكثر مما يُقبل')
    expect((await stateOf(town, id)).projection.state).toBe('awaiting-papers')
  })

  test('does nothing for a paper that was not asked for', async () => {
    const { id, path } = await asked()
    expect(
      (await send(path, { [paperField.paper]: 'property-tax-clearance' }, [await aPicture('عقد')])).status,
    ).toBe(303)
    expect((await stateOf(town, id)).projection).toMatchObject({ missingPapers: [{ id: 'id-copy' }] })
  })
})

describe('a link that opens nothing', () => {
  test('answers the same whether it never was or has expired, and takes nothing', async () => {
    const { path } = await asked()
    const strange = fillAddress(addresses.shortLink, { code: '0123456789' })
    await sql`update short_link set expires_at = made_at + interval '1 second'`.execute(db.owner)
    db.clock.advance(2000)
    const pages = await Promise.all(
      [path, strange, fillAddress(addresses.shortLink, { code: 'x' })].map(async each => {
        const answer = await open(each)
        return [
          answer.status,
          (await answer.text())
            .replaceAll(each, '')
            .replaceAll(encodeURIComponent(each), '')
            .replace(/nonce="[^"]*"|value="[^"]*"/g, ''),
        ]
      }),
    )
    expect(new Set(pages.map(page => JSON.stringify(page))).size).toBe(1)
    expect(pages[0]?.[0]).toBe(404)
    expect((await send(path, { [paperField.paper]: 'id-copy' }, [await aPicture('هوية')])).status).toBe(404)
  })
})

describe('links on filing', () => {
  test('lead to what is owed, without a name, and the payer who is logged in on to the paying', async () => {
    const variant = await aVariantOf('ADM-01', source =>
      source
        .replace(/^version: (\d+)/m, (_, version: string) => `version: ${Number(version) + 1}`)
        .replace(
          /( {2}fee-due:\n {4}ar: ).*\n( {4}en: ).*\n/,
          "$1'ادفع {amount} لطلبك {number} من {link}'\n$2'Pay {amount} for {number} at {link}'\n",
        )
        .replace(
          /( {2}received:\n {4}ar: ).*\n( {4}en: ).*\n/,
          "$1'استلمنا {number}. تابعه: {link}'\n$2'We received {number}. Follow it: {link}'\n",
        ),
    )
    await db.database.write(town.bench.town.id, tx =>
      publishService(tx, variant, { kind: 'system', id: 'system' }),
    )
    const person = await aPerson({ house: town.bench.house, town: town.bench.town.id })
    const { requestId } = await aFiledRequest(town.bench, person.id, { serviceCode: 'ADM-01' })
    const events = (
      await sql<{
        event: string
        body: string
      }>`select event, body from message where request_id = ${requestId}`.execute(db.owner)
    ).rows
    expect(events.map(({ event }) => event)).toContain('fee-due')
    const pay = await linkIn(requestId, 'fee-due')
    const page = await (await open(pay)).text()
    expect(page).toContain(requestNumber(await stateOf(town, requestId)))
    expect(page).toContain('شيكل')
    expect(page).not.toContain(person.name.family)
    const { rows } = await sql<{
      kind: string
    }>`select kind from short_link where request_id = ${requestId}`.execute(db.owner)
    expect(rows).toHaveLength(events.filter(({ body }) => body.includes('/s/')).length)
    const cookie = await logInAs(
      { house: town.bench.house, town: town.bench.town.id },
      { personId: person.id },
    )
    // without a bank the page stays: there is nowhere else to go
    expect((await open(pay, cookie)).status).toBe(200)
  })
})
