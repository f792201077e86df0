import type { Browser } from 'playwright-core'
import { afterAll } from 'vitest'
import { listen } from '../../src/platform/serve.ts'
import { openWindow } from '../../src/server.ts'
import type { Route } from '../../src/web/route.ts'
import { launchBrowser } from '../browser.ts'
import { aHouse } from '../builders/house.ts'
import { everyCause } from '../builders/looks.ts'
import { testDatabase } from '../database.ts'
import { aPeopledTown, type PeopledTown } from './peopled.ts'

export type { Citizen, Post } from './peopled.ts'

/** A demo town whose server answers browsers, with everybody in it that a story needs. */
export type JourneyTown = PeopledTown & {
  routes: readonly Route[]
  browser: Browser
}

/** Opens the town on a free port with a browser beside it; both close when the file is done. */
export async function aJourneyTown(): Promise<JourneyTown> {
  const db = await testDatabase()
  let answer: (request: Request) => Promise<Response> = async () => new Response(null, { status: 503 })
  const listener = await listen(request => answer(request), '127.0.0.1', 0)
  const base = `http://127.0.0.1:${listener.port}`
  // Papers carry the address they are verified at.
  const house = aHouse(db, { PUBLIC_URL: base })
  const peopled = await aPeopledTown(db, house)
  const window = await openWindow(house)
  everyCause()
  answer = window.fetch
  const browser = await launchBrowser()
  afterAll(async () => {
    await browser.close()
    await listener.drain(2_000)
  })
  return { ...peopled, routes: window.routes, browser }
}
