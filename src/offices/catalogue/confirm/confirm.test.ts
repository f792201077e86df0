import { describe, expect, test } from 'vitest'
import { aDoor } from '../../../../test/builders/door.ts'
import { aHouse } from '../../../../test/builders/house.ts'
import { aStaffMember, aTown, logInAs } from '../../../../test/builders/people.ts'
import { aWorkingTown } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import { parseService } from '../../../kernel/definition/index.ts'
import { smallService } from '../../../kernel/definition/testing/small.ts'
import { addresses, townUrl } from '../../../lib/addresses.ts'
import { catalogueRoutes } from '../citizen/routes.tsx'
import { catalogueOf } from '../shelf.ts'
import { assumptionsOf, doubtsOf, isTimeConfirmed } from './store.ts'

const db = await testDatabase()
const house = aHouse(db)

const time = { code: 'ADM-01', item: 'time', words: '3 أيام عمل' }

async function aPage(role: 'admin' | 'clerk' = 'admin') {
  const town = await aTown(house)
  await aWorkingTown({ house, town })
  const { id } = await aStaffMember({ house, town: town.id }, role)
  const cookie = await logInAs({ house, town: town.id }, { staffId: id })
  const { knock } = aDoor(house, catalogueRoutes)
  const ask = async (form?: Record<string, string>) => {
    const path = townUrl({ prefix: `/~${town.slug}` }, addresses.manageConfirm, {})
    const answer = await knock(path, { cookie, ...(form && { form }) })
    return { status: answer.status, html: await answer.text() }
  }
  const open = async () => {
    const doubts = await db.database.read(town.id, doubtsOf)
    return doubts
      .filter(({ confirmed }) => !confirmed)
      .map(({ code, assumption }) => `${code}/${assumption.item}`)
  }
  const stands = (code: string) =>
    db.database.read(town.id, async tx => {
      const found = (await catalogueOf(tx)).find(code)
      return found && isTimeConfirmed(tx, found.service.definition)
    })
  return { ask, open, stands }
}

describe('what a service assumes of the town', () => {
  test('is its time where nobody verified it, and what it names', () => {
    const read = parseService(
      smallService
        .replace('confirmed: true }', 'confirmed: false }')
        .replace(
          'channels:',
          'toConfirm:\n  - { id: border, what: { ar: الحد, en: The border } }\nchannels:',
        ),
    )
    if (!read.ok) throw new Error(JSON.stringify(read.faults))
    expect(assumptionsOf(read.definition)).toEqual([
      { item: 'time', words: { ar: '3 أيام عمل', en: '3 working days' } },
      { item: 'border', words: { ar: 'الحد', en: 'The border' } },
    ])
  })

  test('is confirmed by the administrator with its ground, and is open no more', async () => {
    const { ask, open, stands } = await aPage()
    expect(await open()).toContain('ADM-01/time')
    expect(await stands('ADM-01')).toBe(false)
    const form = { ...time, ground: 'تعليمات رئيس البلدية' }
    expect((await ask(form)).status).toBe(303)
    expect(await open()).not.toContain('ADM-01/time')
    expect(await stands('ADM-01')).toBe(true)
    expect((await ask()).html).toContain('تعليمات رئيس البلدية')
  })

  test('is confirmed for all services that assume the same at once', async () => {
    const { ask, open } = await aPage()
    const shared = (await open()).filter(each => each.endsWith('/objection-days'))
    expect(shared.length).toBeGreaterThan(1)
    const words = 'مدة الاعتراض على رفض الطلب (14 يومًا في الرسائل).'
    await ask({ code: '*', item: 'objection-days', words, ground: 'قرار المجلس 31/2026' })
    expect((await open()).filter(each => each.endsWith('/objection-days'))).toEqual([])
    expect(await open()).toContain('ADM-01/time')
  })

  test('asks for a ground, and keeps the form open', async () => {
    const { ask, open } = await aPage()
    const answer = await ask({ ...time, ground: ' ' })
    expect(answer.status).toBe(422)
    expect(answer.html).toContain('name="ground"')
    expect(await open()).toContain('ADM-01/time')
  })

  test('is read by the staff and confirmed by nobody else, nor for what no service assumes', async () => {
    const clerk = await aPage('clerk')
    const form = { ...time, ground: 'نعم' }
    expect((await clerk.ask()).status).toBe(200)
    expect((await clerk.ask(form)).status).toBe(403)
    const admin = await aPage()
    expect((await admin.ask({ ...form, item: 'nothing' })).status).toBe(404)
  })
})
