import { sql } from 'kysely'
import type { FileChooser, Locator, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { addresses } from '../../src/lib/addresses.ts'
import { formatMessage } from '../../src/lib/texts.ts'
import { appoint } from '../../src/offices/people/index.ts'
import { getRequest } from '../../src/offices/requests/index.ts'
import { onlyOwnCauses } from '../builders/looks.ts'
import { anIdNumber, builder } from '../builders/people.ts'
import { anOpenTill } from '../builders/treasury.ts'
import { aFiledStory, aScan } from './filing.ts'
import { act } from './life.ts'
import { pay } from './money.ts'
import { aJourneyTown, type JourneyTown } from './town.ts'
import { aVisitor, leaving, logInStaff, seen } from './visitor.ts'
import { aKnownVisitor } from './walk.ts'
import { type ServiceWords, words, wordsOf } from './words.ts'

const { counter, ui } = words

let town: JourneyTown
let adm01: ServiceWords

beforeAll(async () => {
  town = await aJourneyTown()
  // No hand is slowed by the gate before people's files: it is as it is in a town.
  onlyOwnCauses()
  adm01 = await wordsOf('ADM-01')
  const till = { office: 'treasury', role: 'collector', validFrom: '2020-01-01' } as const
  await town.write(async tx => {
    await appoint(tx, { staffId: town.staff.clerk.id, ...till }, builder)
    await anOpenTill(tx, town.staff.clerk.id, 'J')
  })
})

/** A browser in a test is told beforehand that files will be chosen; else a chooser may open before it listens. */
const expectFiles = (page: Page) => page.on('filechooser', () => {})

/** Hands on a keyboard that are counted: a shortcut is one stroke, a letter is one. */
function hands(page: Page) {
  let strokes = 0
  let typed = 0
  const press = async (key: string): Promise<void> => {
    strokes += 1
    await page.keyboard.press(key)
  }
  const holds = async (what: Locator) => (await what.and(page.locator(':focus')).count()) > 0
  return {
    press,
    holds,
    /** A shortcut or Enter that leads to another page. */
    go: (key: string): Promise<void> => leaving(page, () => press(key)),
    async type(text: string): Promise<void> {
      typed += text.length
      await page.keyboard.type(text)
    },
    /** Goes on by Tab until something is reached. */
    async tabTo(what: Locator): Promise<void> {
      for (let step = 0; !(await holds(what)); step += 1) {
        if (step === 40) throw new Error(`forty steps do not lead to ${what}`)
        await press('Tab')
      }
    },
    /** Reaches a question by Tab and an answer of it by the arrows. */
    async choose(question: string, answer: string): Promise<void> {
      const radios = page.getByRole('group', { name: question }).getByRole('radio')
      const wanted = page.getByRole('group', { name: question }).getByRole('radio', { name: answer })
      const checked = radios.and(page.locator(':checked'))
      await this.tabTo((await checked.count()) > 0 ? checked : radios.first())
      if (await wanted.isChecked()) return
      if (await holds(wanted)) return press('Space')
      for (let step = 0; !(await wanted.isChecked()); step += 1) {
        if (step === 10) throw new Error(`the arrows do not lead to ${answer}`)
        await press('ArrowDown')
      }
    },
    /** A stroke that another hand made. */
    counted: () => {
      strokes += 1
    },
    count: () => ({ strokes, typed }),
  }
}

/** F6 asks for the scan; pressed while the answer before is still being followed, it is pressed again, as a clerk would. */
async function theScanner(page: Page): Promise<FileChooser> {
  for (let tries = 0; tries < 6; tries += 1) {
    const chooser = page.waitForEvent('filechooser', { timeout: 3_000 }).catch(() => undefined)
    await page.keyboard.press('F6')
    const opened = await chooser
    if (opened) return opened
  }
  throw new Error('F6 does not ask for a scan')
}

test('somebody new comes to the window, and goes with receipt and slip; no hand leaves the keyboard', async () => {
  const clerk = await aVisitor(town)
  await clerk.context.addInitScript(
    'globalThis.printed = 0; globalThis.print = () => { globalThis.printed += 1 }',
  )
  await logInStaff(clerk, town, 'clerk')
  await clerk.go(addresses.counter, {})
  const { page } = clerk
  expectFiles(page)
  const keys = hands(page)
  const label = (name: string) => page.getByLabel(name, { exact: false }).first()
  const idNumber = anIdNumber(4711)

  await keys.press('F2')
  await keys.type(idNumber)
  await keys.go('Enter')
  await seen(page.getByText(counter['found-none-next']))
  await keys.press('Escape')
  await keys.go('Alt+n')
  await clerk.shot('b-register')

  await keys.type('ريم')
  for (const [name, text] of [
    [counter.fatherName, 'خالد'],
    [counter.grandfatherName, 'عيسى'],
    [counter.familyName, 'التميمي'],
    [counter.motherName, 'هند'],
    [counter.birthDate, '3/7/1991'],
  ] as const) {
    await keys.press('Tab')
    expect(await keys.holds(label(name)), name).toBe(true)
    await keys.type(text)
  }
  await keys.choose(counter.sex, counter['sex-female'])
  await keys.tabTo(page.locator('[name=idNumber]'))
  // The number that was searched for stands there already.
  expect(await page.locator('[name=idNumber]').inputValue()).toBe(idNumber)
  await keys.tabTo(page.locator('[name=phone]'))
  await keys.type('0599771234')
  await keys.tabTo(page.locator('[name=quarter]'))
  await keys.type('حي السوق')
  await keys.go('Enter')
  await seen(page.getByText(counter.registered))
  const registering = keys.count()
  await clerk.shot('b-person')

  await keys.press('F4')
  await keys.type('سكن')
  await keys.go('Enter')
  await keys.tabTo(page.locator('[name=seen]'))
  await keys.press('Space')
  await keys.tabTo(page.getByRole('button', { name: counter['begin-of'].replace('{service}', adm01.name) }))
  await keys.go('Enter')
  await clerk.shot('b-case')

  await keys.press('Alt+3')
  await keys.choose(adm01.field('purpose'), adm01.option('purpose', 'school'))
  await keys.tabTo(page.locator('[name="residence.block"]'))
  await keys.type('3')
  await keys.tabTo(page.locator('[name="residence.parcel"]'))
  await keys.type('118')
  await keys.tabTo(page.locator('[name=livingSince]'))
  await keys.type('1/5/2015')
  await keys.choose(adm01.field('housing'), adm01.option('housing', 'owned'))
  // The next question comes up by the answer before it.
  await seen(page.getByRole('group', { name: adm01.field('townAccount') }))
  await keys.choose(adm01.field('townAccount'), ui.yes)
  await seen(page.getByText(formatMessage(counter.summary, 'ar', { count: 5 })))

  const scanner = await theScanner(page)
  keys.counted()
  await leaving(page, async () => scanner.setFiles(aScan('id')))
  await seen(page.getByText(counter['papers-count'].replace('{there}', '1').replace('{of}', '1')))
  await clerk.shot('b-scanned')

  await keys.press('Alt+5')
  await keys.type('50')
  await seen(page.locator('[data-role=change]').getByText('40.00'))
  await keys.press('Alt+6')
  await keys.tabTo(page.getByRole('checkbox', { name: counter.confirmed }))
  await keys.press('Space')
  await clerk.shot('b-before-collecting')
  await keys.go('F8')

  await seen(page.getByRole('heading', { name: counter.received }))
  await seen(page.locator('.big-sum').getByText('40.00'))
  await clerk.shot('b-received')
  await keys.press('F9')
  await expect.poll(() => page.evaluate('globalThis.printed')).toBe(1)
  await page.emulateMedia({ media: 'print' })
  await clerk.shot('b-slip')
  await page.emulateMedia({ media: 'screen' })
  await keys.go('F10')
  expect(new URL(page.url()).pathname).toBe(addresses.counter.pattern)

  const { rows } = await town.read(tx =>
    sql<{
      state: string
      channel: string
    }>`select state, channel from request where municipality_id = ${town.town.id}`.execute(tx.q),
  )
  expect(rows).toEqual([{ state: 'submitted', channel: 'counter' }])
  expect(clerk.troubles).toEqual([])
  const all = keys.count()
  const filing = { strokes: all.strokes - registering.strokes, typed: all.typed - registering.typed }
  process.stdout.write(
    `A residence certificate at the counter: ${registering.strokes} keys and ${registering.typed} letters to register somebody new, ` +
      `${filing.strokes} keys and ${filing.typed} letters to file, collect and print\n`,
  )
  // Somebody the town knows is found by F2 and Enter instead of being registered.
  expect(filing.strokes + 2).toBeLessThanOrEqual(45)
})

test('a paper that was missing is brought to the window and scanned under its key', async () => {
  const ele01 = await wordsOf('ELE-01')
  const owner = await town.citizen()
  const { requestId } = await aFiledStory(town, owner)
  await pay(town, owner, requestId)
  await act(town, requestId, 'clerk', 'approve')
  const words = 'براءة هذه السنة'
  await act(town, requestId, 'planner', 'ask-papers', {
    data: { papers: [{ id: 'property-tax-clearance', words }] },
  })

  const clerk = await aKnownVisitor(town, { post: 'clerk' })
  const { page } = clerk
  expectFiles(page)
  await clerk.go(addresses.counterReceived, { id: requestId })
  await leaving(page, () => page.keyboard.press('F6'))
  await seen(page.getByText(words))
  const label = counter['scan-of'].replace('{paper}', ele01.paper('property-tax-clearance'))
  const box = page.getByLabel(label, { exact: true })
  // Whoever uses the mouse finds its button too.
  expect(
    (
      await page
        .locator('label', { has: page.locator('kbd, .k') })
        .first()
        .boundingBox()
    )?.width,
  ).toBeGreaterThan(40)
  await clerk.shot('b-brought')
  const scanner = page.waitForEvent('filechooser')
  await page.keyboard.press('F6')
  expect(await box.count()).toBe(1)
  await leaving(page, async () => (await scanner).setFiles(aScan('clearance')))
  await seen(page.getByText(formatMessage(counter['papers-taken'], 'ar', { count: 1 })))
  expect((await town.read(tx => getRequest(tx, requestId))).projection.missingPapers).toEqual([])
  expect(clerk.troubles).toEqual([])
})
