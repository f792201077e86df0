import { expect, test } from 'vitest'
import { addresses } from '../../src/lib/addresses.ts'
import { openOffices } from '../../src/offices.ts'
import { aHouse } from '../builders/house.ts'
import { testDatabase } from '../database.ts'
import { sources } from './sources.ts'

const { routes } = openOffices(aHouse(await testDatabase()))

/** Pages nobody is led to by a link, and what leads there. */
const otherwise: Record<string, string> = {
  live: 'the stream that open pages listen to',
  officeBulk: 'the form around the inbox opens it',
  signReport: 'signing ends there',
  signConfirm: 'the form around the papers to be signed opens it',
  search: 'the box at the head of each page opens it',
  deskPhrases: 'the form of the desk sends there; asked for again it is the desk',
  deskAbsences: 'the form of the desk sends there; asked for again it is the desk',
  deskDelegations: 'the form of the desk sends there; asked for again it is the desk',
  securityPassword: 'the page of log-ins sends there; asked for again it is that page',
  securityPasskeys: 'the page of log-ins sends there; asked for again it is that page',
  securityCodes: 'the page of log-ins sends there; asked for again it is that page',
  securitySessions: 'the page of log-ins sends there; asked for again it is that page',
}

test('every page of the staff without a parameter in its address is linked from somewhere', () => {
  const opened = new Set(routes.filter(each => each.method === 'get').map(each => each.address.pattern))
  const pages = Object.entries(addresses)
    .map(([name, { pattern }]) => ({ name, pattern }))
    .filter(({ pattern }) => /^\/(manage|office|counter)\b/.test(pattern) && !pattern.includes(':'))
    .filter(({ name, pattern }) => opened.has(pattern) && !(name in otherwise))
  expect(pages.length).toBeGreaterThan(25)
  const text = sources('src/**/*.{ts,tsx}')
    .map(source => source.text)
    .join('\n')
  const linked = (name: string) =>
    new RegExp(
      `(href|link|\\[)[^;]{0,60}addresses\\.${name}\\b|address: addresses\\.${name}, (key|may)`,
    ).test(text)
  expect(pages.filter(({ name }) => !linked(name))).toEqual([])
})
