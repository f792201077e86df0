import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../builders/house.ts'
import { logInAs } from '../builders/people.ts'
import { testDatabase } from '../database.ts'
import { aPeopledTown } from '../journeys/peopled.ts'
import { sentOf } from './forms-of-pages.ts'
import { type Ids, idsOf, standing, uuids } from './ids.ts'
import { aLivingTown, cookieOf, formsSeen, type LivingTown, type SeenForm } from './town.ts'

const db = await testDatabase()
let ours: LivingTown
let theirs: LivingTown
let ids: Ids
let theirIds: Ids
let forms: SeenForm[]

beforeAll(async () => {
  const house = aHouse(db)
  ours = await aLivingTown(await aPeopledTown(db, house, { hosts: ['ours.test'] }))
  theirs = await aLivingTown(await aPeopledTown(db, house, { hosts: ['theirs.test'] }), ours.window)
  ids = await idsOf(db, ours.town.town.id)
  theirIds = await idsOf(db, theirs.town.town.id)
  forms = (await formsSeen(ours)).filter(({ method }) => method === 'post')
}, 600_000)

/** Words that stand in one town alone: whoever reads them reads its people. */
const secretsOf = ({ life }: LivingTown) => [life.person.idNumber, life.certificate.code, life.trackingToken]
const isRefusal = (status: number) => status >= 400 && status < 500
/** Which of a request's own tasks is meant: another's is not among them, and the one at hand is taken. A way back is refused where it leads. */
const choosesAmongOwn = (name: string) => name === 'task' || name === 'act.task' || name === 'back'
/** What is written down of whoever tries. */
const traces = ['session', 'citizen_device', 'idempotency', 'parked_form']
let sent = 0
const keyed = (form: Record<string, string>) => ({ ...form, _key: `key-${sent++}-of-ids` })

describe('of another town', () => {
  test('no page is there, whoever of ours asks for it by its address', async () => {
    const failures: string[] = []
    let asked = 0
    for (const [who, pages] of theirs.pages)
      for (const page of pages.filter(each => uuids(each.split('?')[0] ?? '').some(id => theirIds.of(id)))) {
        asked += 1
        const { status, html } = await ours.knock(page, cookieOf(ours, who))
        if (!isRefusal(status)) failures.push(`${who} ${page} answers ${status}`)
        for (const secret of secretsOf(theirs))
          if (html.includes(secret)) failures.push(`${page} tells ${secret}`)
      }
    expect(failures).toEqual([])
    expect(asked).toBeGreaterThan(100)
  }, 600_000)

  test('no id in an address or a field of our forms changes or tells anything', async () => {
    const before = await standing(db, theirs.town.town.id)
    const failures: string[] = []
    let tried = 0
    for (const form of forms) {
      const whole = sentOf(form)
      const swapped = (text: string): string | undefined => {
        const foreign = uuids(text).flatMap(id => {
          const known = ids.of(id)
          const other = known && theirIds.like(known)
          return other ? [[id, other] as const] : []
        })
        return foreign.length === 0
          ? undefined
          : foreign.reduce((at, [id, other]) => at.replaceAll(id, other), text)
      }
      const action = swapped(form.action)
      const tries: [string, string, Record<string, string>][] = action ? [['address', action, whole]] : []
      for (const [name, value] of Object.entries(whole)) {
        const other = swapped(value)
        if (other) tries.push([name, form.action, { ...whole, [name]: other }])
      }
      for (const [where, path, typed] of tries) {
        tried += 1
        const { status, html } = await ours.knock(path, { ...cookieOf(ours, form.who), form: keyed(typed) })
        if (!isRefusal(status) && !choosesAmongOwn(where))
          failures.push(`${form.who} ${form.action} with another's ${where} answers ${status}`)
        for (const secret of secretsOf(theirs))
          if (html.includes(secret)) failures.push(`${path} tells ${secret}`)
      }
    }
    expect(failures).toEqual([])
    expect(tried).toBeGreaterThan(100)
    expect(await standing(db, theirs.town.town.id)).toEqual(before)
  }, 600_000)
})

describe('of somebody else in the town', () => {
  test('nothing of what a citizen sees is there for another, and no form of theirs does anything', async () => {
    const { town, knock } = ours
    const other = await town.citizen()
    const cookie = await logInAs({ house: town.house, town: town.town.id }, { personId: other.id })
    const before = await standing(db, town.town.id, traces)
    const failures: string[] = []
    const expectRefusal = async (path: string, form?: Record<string, string>) => {
      const { status, html } = await knock(path, { cookie, ...(form && { form: keyed(form) }) })
      if (!isRefusal(status)) failures.push(`${form ? 'POST' : 'GET'} ${path} answers ${status}`)
      for (const secret of secretsOf(ours))
        if (html.includes(secret)) failures.push(`${path} tells ${secret}`)
    }
    const mine = ours.pages.get('citizen')?.filter(each => uuids(each).some(id => ids.of(id))) ?? []
    for (const page of mine) await expectRefusal(page)
    const theirForms = (await formsSeen(ours, ['citizen'])).filter(({ method }) => method === 'post')
    const withIds = theirForms.filter(form =>
      [form.action, ...Object.values(sentOf(form))].flatMap(uuids).some(id => ids.of(id)),
    )
    for (const form of withIds) await expectRefusal(form.action, sentOf(form))
    expect(failures).toEqual([])
    expect(mine.length).toBeGreaterThan(15)
    expect(withIds.length).toBeGreaterThan(8)
    expect(await standing(db, town.town.id, traces)).toEqual(before)
  }, 600_000)
})

test('an id that does not belong to the one before it is refused', async () => {
  const failures: string[] = []
  let tried = 0
  for (const form of forms) {
    const whole = sentOf(form)
    const all = [form.action, ...Object.values(whole)].flatMap(uuids)
    for (const parent of new Set(uuids(form.action)))
      for (const child of new Set(all)) {
        const known = ids.of(child)
        if (!known?.row.includes(parent) || child === parent || known.table === 'task') continue
        const other = ids.another(parent, known)
        if (!other) continue
        tried += 1
        const { status } = await ours.knock(form.action.replaceAll(parent, other), {
          ...cookieOf(ours, form.who),
          form: keyed(whole),
        })
        if (!isRefusal(status))
          failures.push(`${form.who} ${form.action} with the ${known.table} of another answers ${status}`)
      }
  }
  expect(failures).toEqual([])
  expect(tried).toBeGreaterThan(3)
}, 600_000)
