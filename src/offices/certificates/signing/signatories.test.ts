import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/database.ts'
import { addresses, fillAddress } from '../../../lib/addresses.ts'
import { money } from '../../../lib/money.ts'
import { aCentreTown, type CentreTown, type Post } from '../../centre/testing/centre.ts'
import { authorities } from './store.ts'

const db = await testDatabase()
let town: CentreTown
beforeAll(async () => {
  town = await aCentreTown(db)
})
const written = () => town.read('', tx => authorities(tx))
const typed = () => ({
  staff: town.staff.mayor.id,
  kind: 'contract',
  decision: '7/2026',
  from: '1/3/2026',
  until: '',
  'ceiling.ILS': '٥٠٠٠',
})

describe('the page of signatories', () => {
  test('writes an authority, a deputy under it, and its end, each by the administrator alone', async () => {
    const add = fillAddress(addresses.signatoryNew, {})
    for (const post of ['clerk', 'manager', 'mayor', 'auditor'] as Post[]) {
      expect((await town.as(post, add, typed())).status, post).toBe(403)
      expect((await town.as(post, fillAddress(addresses.signatories, {}))).status).toBe(200)
    }
    expect((await town.as('admin', add, typed())).status).toBe(303)
    const [authority] = await written()
    expect(authority).toMatchObject({
      kind: 'contract',
      from: '2026-03-01',
      ceilings: [money(5000_00, 'ILS')],
    })
    const deputy = fillAddress(addresses.signatoryDeputy, { id: authority?.id ?? '' })
    const days = { decision: '8/2026', from: '1/3/2026', until: '9/3/2026' }
    expect((await town.as('admin', deputy, { ...days, staff: town.staff.mayor.id })).status).toBe(422)
    expect((await town.as('admin', deputy, { ...days, staff: town.staff.manager.id })).status).toBe(303)
    const page = await town.as('auditor', fillAddress(addresses.signatories, {}))
    expect(page.text).toContain(`نائبًا عن ${town.staff.mayor.name.ar}`)
    const end = fillAddress(addresses.signatoryEnd, { id: authority?.id ?? '' })
    expect((await town.as('admin', end, { until: '1/2/2026' })).status).toBe(422)
    expect((await town.as('admin', end, { until: '5/3/2026' })).status).toBe(303)
    expect((await town.as('admin', end, { until: '9/3/2026' })).status).toBe(422)
    expect((await written()).map(({ until }) => until)).toEqual(['2026-03-05', '2026-03-09'])
  })

  test('with faults writes nothing, and what was typed stays', async () => {
    const before = (await written()).length
    const add = fillAddress(addresses.signatoryNew, {})
    const answer = await town.as('admin', add, {
      ...typed(),
      decision: '',
      until: '1/1/2020',
      'ceiling.JOD': 'كثير',
    })
    expect(answer.status).toBe(422)
    for (const kept of ['value="٥٠٠٠"', 'value="كثير"', 'value="1/1/2020"'])
      expect(answer.html).toContain(kept)
    expect(answer.text).toContain('ينتهي قبل أن يبدأ')
    expect((await written()).length).toBe(before)
  })
})
