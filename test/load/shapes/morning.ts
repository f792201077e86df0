import { addresses, fillAddress } from '../../../src/lib/addresses.ts'
import { arrivals, openLoop } from '../driver/clock.ts'
import { Drive } from '../driver/drive.ts'
import { valueIn, valuesOf } from '../driver/pages.ts'
import type { Citizen, Order, Outcome } from '../shape.ts'

/** Acts of one contact, between which a clerk thinks. */
const actsEach = 8
/** A little more come than are served, so that nobody at a window waits long for the next. */
const pressed = 1.1

/** Clerks at their windows for a morning: each calls, opens the file, takes in a request with its fee, prints, and calls the next. */
export async function morning(order: Order): Promise<Outcome> {
  const { many, seconds, think } = order.size
  const drive = new Drive(order, { connections: many + 8, drawn: 'each' })
  const end = drive.time.now() + seconds * 1000
  await Promise.all(Array.from({ length: many }, () => takeTurn(drive, drive.time.now())))
  const rate = (pressed * many * 1000) / (actsEach * think)
  const door = openLoop(
    arrivals(rate, seconds, drive.chance.next),
    due => drive.whole(due, () => takeTurn(drive, due)),
    8,
    drive.time,
  )
  await Promise.all([door, ...order.ground.clerks.slice(0, many).map((_, at) => window(drive, at, end))])
  return drive.end()
}

/** A turn as reception gives it: the machine at the door gives no more than sixty in a minute. */
async function takeTurn(drive: Drive, due: number): Promise<void> {
  const { clerks } = drive.order.ground
  const form = { do: 'give', purpose: 'file' }
  const path = drive.at(fillAddress(addresses.counterVisits, {}))
  await drive.ask({ as: 'turn', due, path, cookie: drive.chance.pick(clerks), form, status: 303 })
  drive.count('turns')
}

/** One window until the morning is over; whoever is at it then is served to the end. */
async function window(drive: Drive, at: number, end: number): Promise<void> {
  const { clerks } = drive.order.ground
  const { known } = drive
  const cookie = clerks[at] ?? ''
  let served = 0
  while (drive.time.now() < end) {
    const due = await drive.think()
    await drive.whole(due, async () => {
      if (!(await callNext(drive, cookie, due))) {
        drive.count('nobodyWaited')
        return
      }
      const person = known[(at + served * clerks.length) % known.length]
      served += 1
      if (person) await serve(drive, cookie, person)
    })
  }
}

async function callNext(drive: Drive, cookie: string, due: number): Promise<boolean> {
  const called = await strip(drive, cookie, { as: 'call', due, form: { do: 'next' } })
  return called.includes('value="serve"')
}

/** A button of the strip, and the page it leads to. */
async function strip(
  drive: Drive,
  cookie: string,
  { form, ...of }: { as: string; due: number; form: Record<string, string> },
): Promise<string> {
  const back = drive.at(fillAddress(addresses.counter, {}))
  const path = drive.at(fillAddress(addresses.counterVisit, {}))
  const done = await drive.ask({ ...of, path, cookie, form: { back, ...form }, status: 303 })
  return (await drive.ask({ as: 'counter', path: done.location, cookie, status: 200 })).text()
}

async function serve(drive: Drive, cookie: string, person: Citizen): Promise<void> {
  await strip(drive, cookie, {
    as: 'serve',
    due: await drive.think(),
    form: { do: 'serve', identity: 'id-card' },
  })
  const search = drive.at(fillAddress(addresses.counter, {}, { q: person.idNumber }))
  const found = await drive.ask({ as: 'find', due: await drive.think(), path: search, cookie, status: 303 })
  await drive.ask({ as: 'person', path: found.location, cookie, status: 200 })
  await takeIn(drive, cookie, person)
  await strip(drive, cookie, { as: 'finish', due: await drive.think(), form: { do: 'done' } })
  drive.count('served')
}

/** The request on one page: begun, its paper taken out of the archive, filed with its fee, its receipt printed. */
async function takeIn(drive: Drive, cookie: string, person: Citizen): Promise<void> {
  const show = async (location: string) =>
    (await drive.ask({ as: 'case', path: location.replace(/#.*$/, ''), cookie, status: 200 })).text()
  const start = drive.at(fillAddress(addresses.counterStart, { person: person.personId, code: 'ADM-01' }))
  const form = { seen: 'yes' }
  const begun = await drive.ask({
    as: 'begin',
    due: await drive.think(),
    path: start,
    cookie,
    form,
    status: 303,
  })
  const page = await show(begun.location)
  const [, draft = ''] = /drafts\/([\w-]+)/.exec(begun.location) ?? []
  const mark = drive.mark()
  const typed = { ...residence, 'residence.parcel': mark, _shown: valueIn(page, 'input', '_shown') ?? '' }
  const use = valueIn(page, 'button', 'use') ?? ''
  const paper = drive.at(fillAddress(addresses.counterDraftPaper, { draft, paper: 'id-copy' }))
  const taken = await drive.ask({
    as: 'paper',
    due: await drive.think(),
    path: paper,
    cookie,
    form: { ...typed, use },
    status: 303,
  })
  const ready = await show(taken.location)
  const money = {
    due: feeOf(ready),
    received: valueIn(ready, 'input', 'received') ?? '',
    payIn: 'ILS',
  }
  const filed = await drive.ask({
    as: 'file',
    due: await drive.think(),
    cookie,
    status: 303,
    path: drive.at(fillAddress(addresses.counterFile, { draft })),
    form: { ...typed, ...money, confirmed: 'yes', do: 'collect' },
  })
  await printed(drive, cookie, filed.location, mark)
}

/** The sum the page says is due: older dues stand on it under the same name, by their ids. */
const feeOf = (page: string): string =>
  valuesOf(page, 'due').find(value => /^[\d.]+ [A-Z]{3}$/.test(value)) ?? ''

/** What was filed and what was paid, as the page that follows says it, and the receipt's own sheet. */
async function printed(drive: Drive, cookie: string, location: string, mark: string): Promise<void> {
  const [, id = ''] = /requests\/([\w-]+)/.exec(location) ?? []
  const [, receipt = ''] = /receipt=([\w-]+)/.exec(location) ?? []
  drive.told.push({ kind: 'receipt', id: receipt, request: id })
  const page = (await drive.ask({ as: 'received', path: location, cookie, status: 200 })).text()
  const number = /(\d+\/20\d\d)/.exec(page)?.[1] ?? ''
  drive.told.push({ kind: 'request', mark, id, number })
  const sheet = drive.at(fillAddress(addresses.receipt, { id: receipt }))
  await drive.ask({ as: 'print', due: await drive.think(), path: sheet, cookie, status: 200 })
}

/** A residence certificate's boxes as a clerk fills them. */
const residence = {
  capacity: 'principal',
  seen: 'yes',
  purpose: 'school',
  housing: 'owned',
  townAccount: 'yes',
  'residence.block': '3',
  'residence.quarter': 'حي السوق',
  livingSince: '1/5/2015',
}
