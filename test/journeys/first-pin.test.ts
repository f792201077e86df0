import { beforeAll, expect, test } from 'vitest'
import { addresses } from '../../src/lib/addresses.ts'
import { ar as pin } from '../../src/offices/counter/pin/strings.ar.ts'
import { verifyPhone } from '../../src/offices/people/index.ts'
import { aPerson, builder } from '../builders/people.ts'
import { aJourneyTown, type JourneyTown } from './town.ts'
import { aVisitor, leaving, logInStaff, phone, type Visitor } from './visitor.ts'
import { words } from './words.ts'

const { people } = words
let town: JourneyTown

beforeAll(async () => {
  town = await aJourneyTown()
})

/** The code the last message to a telephone carries, read where a demo town shows its telephones. */
async function codeIn(pocket: Visitor, name: string): Promise<string> {
  await town.settle()
  await pocket.go(addresses.demoPhones, {})
  await leaving(pocket.page, () => pocket.page.getByRole('link', { name }).click())
  const [code] = /\d{6}/.exec((await pocket.page.locator('.phone .sms').last().textContent()) ?? '') ?? []
  return code ?? ''
}

async function logIn(visitor: Visitor, number: string, secret: string): Promise<void> {
  await visitor.go(addresses.citizenLogIn, {})
  await visitor.fill(people['id-number'], number)
  await visitor.fill(people.pin, secret)
  await visitor.press(people['log-in'])
}

test('a first PIN is handed over at the counter, opens the portal once, and is then nobody’s but theirs', async () => {
  const at = { house: town.house, town: town.town.id }
  const person = await aPerson(at)
  await town.write(tx => verifyPhone(tx, town.house.crypto, person.id, person.phone, builder))

  // The clerk says what was shown, and prints a slip whose code nobody reads from the screen.
  const clerk = await aVisitor(town)
  await logInStaff(clerk, town, 'clerk')
  await clerk.go(addresses.counterPerson, { person: person.id })
  await clerk.follow(pin['pane-give'])
  await clerk.shot('pin-form')
  await clerk.press(pin.give)
  expect(await clerk.page.getByRole('alert').count()).toBeGreaterThan(0)
  await clerk.page.getByText(pin['shown-card'], { exact: true }).click()
  await clerk.press(pin.give)
  await clerk.shot('pin-slip')
  const slip = clerk.page.locator('#slip .code')
  const first = ((await slip.textContent()) ?? '').replace(/\D/g, '')
  expect(first).toMatch(/^\d{6}$/)
  expect(await slip.locator('.n').first().isVisible()).toBe(false)
  await clerk.page.emulateMedia({ media: 'print' })
  expect(await slip.locator('.n').first().isVisible()).toBe(true)
  await clerk.page.emulateMedia({ media: 'screen' })
  await clerk.follow(pin.done)
  expect(await clerk.page.content()).not.toContain(first)
  await expect(clerk.page.goBack()).rejects.toThrow('ERR_CACHE_MISS')

  // At home, on a telephone whose browser runs no script: a code, then a PIN of their own.
  const citizen = await aVisitor(town, { script: false, viewport: phone, hasTouch: true })
  const pocket = await aVisitor(town, { script: false, viewport: phone })
  await logIn(citizen, person.idNumber, first)
  await citizen.shot('device-code')
  await citizen.fill(people['device-code'], '000000')
  await citizen.press(people['log-in'])
  await citizen.fill(people['device-code'], await codeIn(pocket, person.displayName))
  await citizen.page.getByLabel(people['device-mine']).check()
  await citizen.press(people['log-in'])
  await citizen.shot('choose-pin')
  for (const name of ['pin', 'again']) await citizen.page.locator(`#f-${name}`).fill('739152')
  await citizen.press(people['pin-save'])
  expect(new URL(citizen.page.url()).pathname).toBe(addresses.my.pattern)

  // The counter's PIN is worth nothing now; theirs opens, and on their own device no code is asked.
  const stranger = await aVisitor(town, { script: false, viewport: phone })
  await logIn(stranger, person.idNumber, first)
  expect(stranger.page.url()).toContain(addresses.citizenLogIn.pattern)
  await citizen.page.context().clearCookies({ name: 'shubbak_session' })
  town.pass(30)
  await logIn(citizen, person.idNumber, '739152')
  expect(new URL(citizen.page.url()).pathname).toBe(addresses.my.pattern)

  // Another device is asked for a code, told of, and signed out from the first.
  await logIn(stranger, person.idNumber, '739152')
  await stranger.fill(people['device-code'], await codeIn(pocket, person.displayName))
  await stranger.press(people['log-in'])
  expect(new URL(stranger.page.url()).pathname).toBe(addresses.my.pattern)
  await citizen.go(addresses.myDevices, {})
  await citizen.shot('devices')
  await citizen.press(people['end-others'])
  await stranger.go(addresses.my, {})
  expect(stranger.page.url()).toContain(addresses.citizenLogIn.pattern)
  await citizen.go(addresses.my, {})
  expect(new URL(citizen.page.url()).pathname).toBe(addresses.my.pattern)
  expect([clerk, citizen, pocket, stranger].flatMap(each => each.troubles)).toEqual([])
})
