import type { BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import {
  type Address,
  type AddressParams,
  addresses,
  fillAddress,
  type Query,
} from '../../src/lib/addresses.ts'
import { totpCode } from '../../src/offices/people/index.ts'
import { screenshots } from '../browser.ts'
import type { Citizen, JourneyTown, Post } from './town.ts'
import { words } from './words.ts'

/** A telephone of 360 points, and the window of a computer. */
export const phone = { width: 360, height: 740 }
export const desk = { width: 1280, height: 900 }

/** Somebody with a browser. */
export type Visitor = {
  page: Page
  context: BrowserContext
  /** Whatever the browser complained of: errors of script and of the server, blocked content, missing files. */
  troubles: string[]
  go<P extends string>(address: Address<P>, params: AddressParams<P>, query?: Query): Promise<void>
  /** The button of this name; what stands beside its words (a key) does not matter. */
  button(name: string): Locator
  link(name: string): Locator
  /** Presses and waits until the next page is there. */
  press(name: string): Promise<void>
  /** The same where the button goes on to say what must be filled in first. */
  pressBeginning(name: string): Promise<void>
  follow(name: string): Promise<void>
  /** Gives an answer of a few to a question. */
  choose(question: string, answer: string): Promise<void>
  fill(label: string, text: string): Promise<void>
  shot(name: string): Promise<void>
}

type Options = BrowserContextOptions & { script?: boolean }

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
/** A name, followed at most by the key that does the same. */
export const named = (name: string): RegExp =>
  new RegExp(`^\\s*${literally(name)}(\\s+(F\\d+|Esc|[A-Z\\d]|(Alt|Ctrl) \\+ \\S+))?\\s*$`)
const beginning = (name: string): RegExp => new RegExp(`^\\s*${literally(name)}`)

/** Opens a browser of somebody's own. Without `script` it is a browser whose scripts do not run. */
export async function aVisitor(
  { browser, base }: Pick<JourneyTown, 'browser' | 'base'>,
  { script = true, ...options }: Options = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: desk,
    locale: 'ar',
    baseURL: base,
    javaScriptEnabled: script,
    ...options,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const troubles = watch(page)
  const button = (name: string) => page.getByRole('button', { name: named(name) })
  const link = (name: string) => page.getByRole('link', { name: named(name) })
  return {
    page,
    context,
    troubles,
    button,
    link,
    async go(address, params, query) {
      await page.goto(fillAddress(address, params, query))
    },
    async press(name) {
      await leaving(page, () => button(name).click())
    },
    async pressBeginning(name) {
      await leaving(page, () =>
        page
          .getByRole('button', { name: beginning(name) })
          .last()
          .click(),
      )
    },
    async follow(name) {
      await leaving(page, () => link(name).click())
    },
    async choose(question, answer) {
      const group = page.getByRole('group', { name: beginning(question) })
      await group.getByRole('radio', { name: beginning(answer) }).check()
    },
    async fill(label, text) {
      await page.getByLabel(beginning(label)).fill(text)
    },
    async shot(name) {
      if (process.env.SHUBBAK_SHOTS) await screenshots(page, name)
    },
  }
}

/** Waits until something stands on the page to be read. */
export const seen = (what: Locator): Promise<void> => what.waitFor({ state: 'visible' })

/** Does what leaves the page, and waits for the one that comes. */
export async function leaving(page: Page, act: () => Promise<unknown>): Promise<void> {
  const arrived = page.waitForEvent('framenavigated', frame => frame === page.mainFrame())
  arrived.catch(() => {})
  await act()
  await arrived
  await page.waitForLoadState('load')
}

/** Notes every complaint of a browser. A page that answers 4xx says so in words of its own, which is no complaint. */
function watch(page: Page): string[] {
  const troubles: string[] = []
  page.on('pageerror', error => troubles.push(`${page.url()} script: ${error.message}`))
  page.on('console', message => {
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return
    troubles.push(`${page.url()} console: ${message.text()}`)
  })
  page.on('response', response => {
    const status = response.status()
    const isPage = response.request().isNavigationRequest()
    // Pictures are drawn in the background, which in a test works when it is told to.
    const isUndrawn = status === 404 && response.url().endsWith('/thumbnail')
    if (status >= 500 || (status >= 400 && !isPage && !isUndrawn))
      troubles.push(`${status} ${response.url()}`)
  })
  return troubles
}

/** Logs a citizen in as they do, and stands on the page they were led to. */
export async function logInCitizen(visitor: Visitor, { idNumber, pin }: Citizen): Promise<void> {
  if (!visitor.page.url().includes(addresses.citizenLogIn.pattern))
    await visitor.go(addresses.citizenLogIn, {})
  await visitor.fill(words.people['id-number'], idNumber)
  await visitor.fill(words.people.pin, pin)
  await visitor.press(words.people['log-in'])
}

/** Logs one of the staff in with password and the code of this half-minute; the half-minute then passes, for a code serves once. */
export async function logInStaff(visitor: Visitor, town: JourneyTown, post: Post): Promise<void> {
  const { login, password } = town.staff[post]
  if (!visitor.page.url().includes(addresses.staffLogIn.pattern)) await visitor.go(addresses.staffLogIn, {})
  await visitor.fill(words.people.login, login)
  await visitor.fill(words.people.password, password)
  await visitor.fill(words.people.code, codeOf(town, post))
  await visitor.press(words.people['log-in'])
}

/** What somebody's authenticator shows now. It moves on after that, as it would by the time it is asked again. */
export function codeOf(town: JourneyTown, post: Post): string {
  town.db.clock.advance(30_000)
  return totpCode(town.staff[post].totpSecret, town.db.clock.now())
}
