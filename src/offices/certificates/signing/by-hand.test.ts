import { sql } from 'kysely'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { aVariantOf } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addresses, fillAddress } from '../../../lib/addresses.ts'
import { publishService } from '../../catalogue/index.ts'
import { aCentreTown, type CentreTown } from '../../centre/testing/centre.ts'
import { certificatesOfRequest } from '../store.ts'
import { names } from './by-hand.ts'

const db = await testDatabase()
let town: CentreTown
beforeAll(async () => {
  town = await aCentreTown(db)
  const wet = await aVariantOf('ADM-01', source =>
    source
      .replace('code: ADM-01', 'code: ADM-92')
      .replace('    signer: mayor\n', '    signer: mayor\n    form: wet\n'),
  )
  await town.write('', tx => publishService(tx, wet, { kind: 'system', id: 'test' }))
})

const certificateOf = async (id: string) => {
  const [paper] = await town.read('', tx => certificatesOfRequest(tx, id))
  if (!paper) throw new Error('nothing was issued')
  return paper
}
const told = async (id: string) => {
  const { rows } = await sql<{ event: string }>`select event from message where request_id = ${id}`.execute(
    db.owner,
  )
  return rows.map(({ event }) => event)
}

/** Sends the scan of a signed sheet as the page does. */
async function bring(id: string, code: string) {
  const form = new FormData()
  form.set('act', 'return')
  form.set('code', code)
  const picture = await sharp({ create: { width: 60, height: 80, channels: 3, background: '#fdfcf7' } })
    .jpeg()
    .toBuffer()
  form.set('scan', new File([new Uint8Array(picture)], 'scan.jpg', { type: 'image/jpeg' }))
  return town.send('clerk', fillAddress(addresses.handPaper, { id }), form)
}

describe('a paper signed by hand', () => {
  test('waits between its signature and its scan: not handed over, not given to its applicant, who reads why', async () => {
    const id = await town.aRequest('handover', town.person, 'ADM-92')
    const paper = await certificateOf(id)
    expect(await told(id)).not.toContain('ready')
    await expect(town.act(id, 'clerk', 'hand-over')).rejects.toMatchObject({ code: 'at-hand-signing' })
    const mine = await town.asCitizen(town.person, fillAddress(addresses.myRequest, { id }))
    expect(mine.text).toContain('تُوقَّع الآن باليد')
    expect(mine.html).not.toContain(paper.documentId)
    const register = await town.as('clerk', fillAddress(addresses.outgoing, {}))
    expect(register.text).toContain('ورقة واحدة عند التوقيع باليد')
  })

  test('is printed, comes back under its own code, and is then given out', async () => {
    const id = await town.aRequest('handover', town.person, 'ADM-92')
    const paper = await certificateOf(id)
    const page = fillAddress(addresses.handPaper, { id: paper.id })
    const printed = await town.as('clerk', page, { act: 'print' })
    expect(printed.answer.headers.get('content-type')).toBe('application/pdf')
    const other = await certificateOf(await town.aRequest('handover', town.person, 'ADM-92'))
    expect((await bring(paper.id, other.code)).status).toBe(422)
    expect((await bring(paper.id, '')).status).toBe(422)
    expect((await bring(paper.id, paper.code)).status).toBe(303)
    expect(await told(id)).toContain('ready')
    expect((await bring(paper.id, paper.code)).status).toBe(409)
    const mine = await town.asCitizen(town.person, fillAddress(addresses.myRequest, { id }))
    expect(mine.text).not.toContain('تُوقَّع الآن باليد')
    expect(mine.html).not.toContain(paper.documentId)
    await town.act(id, 'clerk', 'hand-over')
    expect((await town.request(id)).projection.state).toBe('done')
  })

  test('is seen by nobody whose work it is not', async () => {
    const paper = await certificateOf(await town.aRequest('handover', town.person, 'ADM-92'))
    for (const post of ['accountant', 'admin', 'auditor', 'lawyer'] as const)
      expect((await town.as(post, fillAddress(addresses.handPaper, { id: paper.id }))).status, post).toBe(403)
  })
})

describe('the register of what goes out', () => {
  test('names every paper once, without gaps in a year', async () => {
    for (let each = 0; each < 3; each++) await town.aRequest('handover')
    const { rows } = await sql<{ n: number; last: number; entered: number }>`
      select count(*)::int as n, max(number)::int as last, (select count(*)::int from certificate) as entered from outgoing`.execute(
      db.owner,
    )
    expect(rows[0]?.n).toBe(rows[0]?.last)
    expect(rows[0]?.n).toBe(rows[0]?.entered)
  })
})

test.each([
  ['ABCD-EFGH-JKMN-PQRS', true],
  ['abcd efgh jkmn pqrs', true],
  ['https://town.ps/verify/ABCD-EFGH-JKMN-PQRS', true],
  ['312/2026', true],
  ['313/2026', false],
  ['ABCD-EFGH-JKMN-PQRT', false],
  ['', false],
])('what is read off a sheet, «%s», names this paper: %s', (read, is) => {
  expect(names(read, { code: 'ABCD-EFGH-JKMN-PQRS', number: 312, year: 2026 })).toBe(is)
})
