import { addresses, fillAddress } from '../../../src/lib/addresses.ts'
import { openLoop } from '../driver/clock.ts'
import { Drive } from '../driver/drive.ts'
import { Line } from '../driver/line.ts'
import { linkOf, valuesOf } from '../driver/pages.ts'
import type { Citizen, Order, Outcome } from '../shape.ts'

/** How often somebody asks again whether the bank has told. */
const mostAsked = 30

/** A day of bills folded into minutes: everybody follows the link in their message, once, at an hour of their own. */
export async function billDay(order: Order): Promise<Outcome> {
  const { many, seconds } = order.size
  const drive = new Drive(order, { connections: 128, drawn: 'each' })
  const payers = order.ground.people.slice(0, many)
  const hours = payers.map(() => drive.chance.next() * seconds * 1000).sort((a, b) => a - b)
  const bank = new Line(order.ground.bank, 64)
  await openLoop(
    hours,
    (due, at) =>
      drive.whole(due, () => pay(drive, bank, payers[at] as Citizen, order.ground.bills[at] ?? '', due)),
    many,
    drive.time,
  )
  await bank.close()
  return drive.end()
}

async function pay(drive: Drive, bank: Line, person: Citizen, code: string, due: number): Promise<void> {
  const cookie = person.cookie ?? ''
  const get = (as: string, path: string, when: number, status = 200) =>
    drive.ask({ as, path, due: when, status, ...(as !== 'link' && { cookie }) })
  // The link is opened out of the message, where nobody is logged in: it names no one and says what is owed.
  const bill = await get('link', drive.at(fillAddress(addresses.shortLink, { code })), due)
  const choose = linkOf(bill.text(), /\/my\/pay\?request=/) ?? ''
  const page = (await get('pay', choose, await drive.think())).text()
  const charges = valuesOf(page, 'charges')
  const [, request = ''] = /request=([\w-]+)/.exec(choose) ?? []
  const begun = await drive.ask({
    as: 'begin',
    due: await drive.think(),
    cookie,
    form: { charges, request },
    status: 303,
    path: drive.at(fillAddress(addresses.myPay, {})),
  })
  const confirm = (await get('confirm', begun.location, drive.time.now())).text()
  const hosted = linkOf(confirm, /\/pay\?/)
  if (!hosted) throw drive.fail('confirm', 'no way to the bank')
  await drive.think()
  const back = await atBank(drive, bank, hosted)
  const receipt = await known(drive, back, cookie)
  drive.told.push({ kind: 'receipt', id: receipt, request })
  await get('receipt', drive.at(fillAddress(addresses.myReceipt, { id: receipt })), await drive.think())
  drive.count('paid')
}

/** The bank's page and its button; what the bank takes for it is not the town's time. */
async function atBank(drive: Drive, bank: Line, hosted: string): Promise<string> {
  const { pathname, search } = new URL(hosted)
  const page = await bank.ask({ path: pathname + search })
  const [, id] = /action="\/pay\/([\w-]+)"/.exec(page.text()) ?? []
  const chosen = await bank.ask({ path: `/pay/${id}`, form: { choice: 'pay' } })
  if (chosen.status !== 303) throw drive.fail('bank', String(chosen.status), page.text().slice(0, 200))
  const { pathname: path, search: query } = new URL(chosen.location)
  return path + query
}

/** Comes back from the bank, and asks again until the town has heard of it; gives the receipt. */
async function known(drive: Drive, path: string, cookie: string): Promise<string> {
  for (let asked = 0; asked < mostAsked; asked += 1) {
    const page = (await drive.ask({ as: 'back', path, cookie, status: 200 })).text()
    const receipt = linkOf(page, /\/receipts\//)
      ?.split('/')
      .at(-1)
    if (receipt) return receipt
    drive.count('askedAgain')
    await drive.time.sleep(1000)
  }
  throw drive.fail('back', 'the bank was paid and no receipt came')
}
