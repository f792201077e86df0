import { describe, expect, test } from 'vitest'
import { accessNames } from '../../src/kernel/access/index.ts'
import { addresses } from '../../src/lib/addresses.ts'
import { openOffices } from '../../src/offices.ts'
import { everyone, nothing, type Route, route } from '../../src/web/route.ts'
import { aHouse } from '../builders/house.ts'
import { testDatabase } from '../database.ts'

const db = await testDatabase()
const { routes } = openOffices(aHouse(db))

/** What a route leaves unsaid about who may come in and what is written down. */
function unsaid(of: Route): string[] {
  const gaps: string[] = []
  const { access, audit } = of as Partial<Route>
  if (!access) gaps.push('says nobody may come in, and nobody may not')
  else if (access.who === 'everyone' && access.because.length < 10) gaps.push('stands open without a reason')
  else if ('may' in access && !accessNames.includes(access.may)) gaps.push(`asks for unknown ${access.may}`)
  if (!audit) gaps.push('says nothing of the audit')
  else if (audit.kind === 'nothing' && audit.because.length < 10)
    gaps.push('writes nothing down without a reason')
  else if (audit.kind !== 'nothing' && !/^[a-z-]+\.[a-z-]+$/.test(audit.name))
    gaps.push(`audits under ${audit.name}`)
  if (of.method === 'post' && access?.who !== 'everyone' && audit?.kind === 'look')
    gaps.push('acts and calls it a look')
  return gaps.map(gap => `${of.method} ${of.address.pattern} ${gap}`)
}

describe('every route', () => {
  test('declares who may and what is audited', () => {
    expect(routes.length).toBeGreaterThan(20)
    expect(routes.flatMap(unsaid)).toEqual([])
  })

  test('is caught when it declares neither', () => {
    const planted = {
      ...route({
        method: 'get',
        address: addresses.front,
        access: everyone('x'),
        audit: nothing('y'),
        handle: () => new Response(),
      }),
    }
    expect(unsaid(planted)).toHaveLength(2)
    expect(unsaid({ ...planted, access: undefined, audit: undefined } as unknown as Route)).toHaveLength(2)
  })

  test('may be a little old only where it shows, writes no look down and is no program’s', () => {
    const wrong = (all: readonly Route[]) =>
      all
        .filter(({ mayBeOld }) => mayBeOld)
        .filter(
          each => each.method !== 'get' || each.audit.kind !== 'nothing' || each.access.who === 'partner',
        )
        .map(({ address }) => address.pattern)
    expect(wrong(routes)).toEqual([])
    expect(routes.filter(({ mayBeOld }) => mayBeOld).length).toBeGreaterThan(5)
    const planted = { ...(routes.find(({ audit }) => audit.kind === 'look') as Route), mayBeOld: true }
    expect(wrong([planted])).toHaveLength(1)
  })

  test('has an address of its own', () => {
    const names = routes.map(each => `${each.method} ${each.address.pattern}`)
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  })
})
