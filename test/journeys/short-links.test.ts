import { sql } from 'kysely'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { addresses, fillAddress } from '../../src/lib/addresses.ts'
import { getRequest, performAct } from '../../src/offices/requests/index.ts'
import { ar as letterWords } from '../../src/offices/requests/letters/strings.ar.ts'
import { ar as paperWords } from '../../src/offices/requests/links/strings.ar.ts'
import { chargesOfRequest, takeReceipt } from '../../src/offices/treasury/index.ts'
import { aFiledRequest } from '../builders/requests.ts'
import { aJourneyTown, type Citizen, type JourneyTown } from './town.ts'
import { aVisitor, phone, seen } from './visitor.ts'
import { aKnownVisitor } from './walk.ts'

let town: JourneyTown
let person: Citizen

beforeAll(async () => {
  town = await aJourneyTown()
  person = await town.citizen()
})

const clerk = () => ({
  kind: 'staff' as const,
  staffId: town.staff.clerk.id,
  appointments: [{ role: town.staff.clerk.role, office: town.staff.clerk.office }],
})

/** A connection to electricity whose officer asks for papers; the path of the link in the message, and the request. */
async function lacking(...papers: { id: string; words: string }[]): Promise<{ id: string; path: string }> {
  const { requestId: id } = await aFiledRequest(town.bench, person.id, { serviceCode: 'ELE-01' })
  await town.write(async tx => {
    const open = (await chargesOfRequest(tx, id)).filter(charge => charge.open.minor > 0)
    await takeReceipt(tx, town.house.events, {
      payer: { personId: person.id, name: person.displayName },
      collectorId: town.staff.collector.id,
      requestId: id,
      lines: open.map(charge => ({ chargeId: charge.id, amount: charge.open, paid: charge.open })),
      tenders: [{ kind: 'cash', received: open.map(charge => charge.open), change: [] }],
    })
  })
  await town.write(async tx => {
    const { projection } = await getRequest(tx, id)
    const taskId = projection.tasks.find(({ state }) => state !== 'closed')?.id
    const actor = clerk()
    await performAct(tx, town.bench, { requestId: id, name: 'ask-papers', actor, taskId, data: { papers } })
  })
  const { rows } = await sql<{ body: string }>`select body from message
    where request_id = ${id} and event = 'papers-missing'`.execute(town.db.owner)
  const [link = ''] = /https?:\/\/\S+/.exec(rows[0]?.body ?? '') ?? []
  return { id, path: new URL(link).pathname }
}

const stateOf = async (id: string): Promise<string | undefined> =>
  (await sql<{ state: string }>`select state from request where request_id = ${id}`.execute(town.db.owner))
    .rows[0]?.state

/** A page held before a camera: `soft` as by a hand that moved. */
async function aPhoto({
  wide = 1500,
  soft = 0,
} = {}): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const lines = Array.from(
    { length: 24 },
    (_, at) =>
      `<text x="1100" y="${220 + at * 52}" font-size="28" text-anchor="end" fill="#222">Lease ${at}, parcel 118, quarter of the market</text>`,
  )
  const drawing =
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="1240" height="1600"><rect width="1240" height="1600" fill="#6b5a48"/>
    <rect x="60" y="60" width="1120" height="1480" fill="#d5d2c8"/>${lines.join('')}</svg>`)
  const page = sharp(await sharp(drawing).resize(wide).png().toBuffer())
  const buffer = await (soft > 0 ? page.blur(soft) : page).jpeg({ quality: 95 }).toBuffer()
  return { name: 'IMG_2031.jpg', mimeType: 'image/jpeg', buffer }
}

const lease = { id: 'property-tax-clearance', words: 'البراءة التي أرفقتها انتهت في كانون الثاني' }

describe('the link of a missing paper', () => {
  test('works on a telephone without script: refused with what to do, sent again, and the request goes on', async () => {
    const { id, path } = await lacking(lease)
    const visitor = await aVisitor(town, { viewport: phone, script: false })
    await visitor.page.goto(path)
    await visitor.shot('paper-link')
    const file = visitor.page.locator('input[type=file]:not([capture])')
    await file.setInputFiles(await aPhoto({ soft: 7 }))
    await visitor.press(paperWords['paper-send'])
    await visitor.shot('paper-link-blurred')
    await seen(visitor.page.getByText('الحروف غير واضحة').first())
    await seen(visitor.button(paperWords['kept-send']))
    await visitor.page.locator('input[type=file]:not([capture])').setInputFiles(await aPhoto())
    await visitor.press(paperWords['paper-send'])
    await seen(visitor.page.getByText(paperWords['paper-arrived']))
    await visitor.shot('paper-link-arrived')
    expect(await stateOf(id)).not.toBe('awaiting-papers')
    expect(visitor.troubles).toEqual([])
  })

  test('weighs at most 50 kB, and a large photograph is made small before it is sent', async () => {
    const { id, path } = await lacking(lease)
    const visitor = await aVisitor(town, { viewport: phone })
    const line = await visitor.context.newCDPSession(visitor.page)
    await line.send('Network.enable')
    let bytes = 0
    line.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength
    })
    await visitor.page.goto(path)
    await visitor.page.waitForLoadState('networkidle')
    expect(bytes).toBeLessThanOrEqual(50_000)
    const photo = await aPhoto({ wide: 3400 })
    await visitor.page.locator('input[capture]').setInputFiles(photo)
    await visitor.press(paperWords['paper-send'])
    await seen(visitor.page.getByText(paperWords['paper-arrived']))
    const { rows } = await sql<{ size: string }>`select d.size::text from document d
      join request_paper p on p.document_id = d.document_id where p.request_id = ${id} and p.by_kind = 'link'`.execute(
      town.db.owner,
    )
    expect(Number(rows[0]?.size)).toBeLessThan(photo.buffer.length / 2)
    expect(visitor.troubles).toEqual([])
  })

  test('lets whoever has no better picture send it as it is', async () => {
    const { id, path } = await lacking(lease)
    const visitor = await aVisitor(town, { viewport: phone, script: false })
    await visitor.page.goto(path)
    await visitor.page.locator('input[capture]').setInputFiles(await aPhoto({ soft: 7 }))
    await visitor.press(paperWords['paper-send'])
    await visitor.press(paperWords['kept-send'])
    await seen(visitor.page.getByText(paperWords['paper-arrived']))
    expect(await stateOf(id)).not.toBe('awaiting-papers')
  })

  test('that is wrong leads to following the request', async () => {
    const visitor = await aVisitor(town, { viewport: phone, script: false })
    await visitor.page.goto(fillAddress(addresses.shortLink, { code: '0000000000' }))
    await visitor.shot('link-dead')
    await seen(visitor.page.getByText('هذا الرابط لا يعمل').first())
    await visitor.follow('تابع طلبك')
  })
})

describe('a letter of the staff', () => {
  test('is seen as it will arrive, waits for a second person, and arrives once they let it go', async () => {
    const { id } = await lacking(lease)
    const manager = await aKnownVisitor(town, { post: 'manager' })
    await manager.go(addresses.heldLetters, {})
    await manager.press(letterWords['rule-turn-on'])
    const writer = await aKnownVisitor(town, { post: 'clerk' })
    await writer.go(addresses.officeRequest, { id })
    const box = writer.page.locator('#letters textarea')
    await box.fill('هل الصورة من أمام البيت أم من خلفه؟ أجب برسالة.')
    await seen(writer.page.locator('#letters .sms', { hasText: 'من أمام البيت أم من خلفه' }))
    await writer.shot('letter-writing')
    await writer.page.locator('#letters').getByRole('button', { name: 'أرسل', exact: true }).click()
    await seen(writer.page.getByText(letterWords['state-held']))
    await writer.shot('letter-held')
    await manager.go(addresses.heldLetters, {})
    await manager.shot('held-letters')
    await manager.press(letterWords['held-let-go'])
    await seen(manager.page.getByText(letterWords['let-go']))
    await town.settle()
    await writer.go(addresses.officeRequest, { id })
    await seen(writer.page.getByText(/إلى جواله/).first())
    await writer.shot('letter-arrived')
    const citizen = await aKnownVisitor(town, { citizen: person.id })
    await citizen.page.setViewportSize(phone)
    await citizen.go(addresses.myRequest, { id })
    await seen(citizen.page.getByText('هل الصورة من أمام البيت').first())
    await citizen.shot('letter-citizen')
    expect([...writer.troubles, ...manager.troubles, ...citizen.troubles]).toEqual([])
  })
})
