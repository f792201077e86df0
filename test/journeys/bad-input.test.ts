import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addresses } from '../../src/lib/addresses.ts'
import { formatMessage } from '../../src/lib/texts.ts'
import { publishService, retireService } from '../../src/offices/catalogue/index.ts'
import { aHandmadePdf, anExe } from '../builders/files.ts'
import { builder } from '../builders/people.ts'
import { aVariantOf } from '../builders/requests.ts'
import { answerSubscription, aPhoto, attach, startFrom, type Upload, writePlace } from './filing.ts'
import { aJourneyTown, type Citizen, type JourneyTown } from './town.ts'
import { aVisitor, leaving, logInCitizen, logInStaff, phone, seen, type Visitor } from './visitor.ts'
import { type ServiceWords, words, wordsOf } from './words.ts'

const { citizen, counter, door, people, ui } = words

let town: JourneyTown
let ele01: ServiceWords

beforeAll(async () => {
  town = await aJourneyTown()
  ele01 = await wordsOf('ELE-01')
})

/** Somebody on the first page of a subscription's form. */
async function begun(
  options: { script: boolean },
  code = 'ELE-01',
): Promise<{ visitor: Visitor; person: Citizen }> {
  const person = await town.citizen()
  const visitor = await aVisitor(town, { viewport: phone, ...options })
  await startFrom(visitor, code)
  await logInCitizen(visitor, person)
  await visitor.press(citizen.start)
  return { visitor, person }
}

const requestsOf = async ({ id }: Citizen): Promise<number> => {
  const { rows } = await town.read(tx =>
    sql<{ n: number }>`select count(*)::int as n from request
      where municipality_id = ${town.town.id} and applicant_id = ${id}`.execute(tx.q),
  )
  return rows[0]?.n ?? 0
}

test('a wrong number at the log-in is answered in words and stays to be corrected', async () => {
  const person = await town.citizen()
  const visitor = await aVisitor(town, { viewport: phone })
  await logInCitizen(visitor, { ...person, idNumber: '123456789' })
  await seen(visitor.page.getByRole('alert').getByText(ui['fault-citizen-log-in']))
  expect(await visitor.page.getByLabel(people['id-number']).inputValue()).toBe('123456789')
  await visitor.shot('d-log-in')
  await logInCitizen(visitor, person)
  await seen(visitor.page.getByText(formatMessage(citizen.hello, 'ar', { name: person.name.first })))
  expect(visitor.troubles).toEqual([])
})

test('somebody who is not born yet and is called by a picture is not registered, and the rest stays typed', async () => {
  const clerk = await aVisitor(town)
  await logInStaff(clerk, town, 'clerk')
  await clerk.go(addresses.counterRegister, {})
  const typed = {
    [counter.firstName]: 'سمير😀',
    [counter.fatherName]: 'محمد',
    [counter.grandfatherName]: 'سليم',
    [counter.familyName]: 'قطب',
    [counter.motherName]: 'فاطمة',
    [counter.birthDate]: '1/1/2031',
    [counter.phone]: '٠٥٩٩ ٧٧١ ٢٣٤',
  }
  for (const [label, text] of Object.entries(typed)) await clerk.page.getByLabel(label).first().fill(text)
  await clerk.press(counter['register-do'])
  const faults = clerk.page.getByRole('alert')
  await seen(faults.getByText(ui['fault-date-in-future']))
  await seen(faults.getByText(ui['fault-not-a-name']))
  for (const [label, text] of Object.entries(typed))
    expect(await clerk.page.getByLabel(label).first().inputValue(), label).toBe(text)
  await clerk.shot('d-register')
  expect(clerk.troubles).toEqual([])
})

describe('a file that is not taken', () => {
  // From the disk, as a browser takes it: a buffer of this size goes to the browser slowly.
  const big = join(mkdtempSync(join(tmpdir(), 'shubbak-big-')), 'id.png')
  writeFileSync(big, Buffer.alloc(26 * 1024 * 1024, 7))
  afterAll(() => rmSync(dirname(big), { recursive: true, force: true }))
  const script = aHandmadePdf('/OpenAction 4 0 R', ['<</S/JavaScript/JS(app.alert(1))>>'])
  const refused: [string, Upload | string, string][] = [
    ['is too large', big, formatMessage(ui['fault-file-too-large'], 'ar', { max: 25 })],
    [
      'is a program with another name',
      { name: 'id.png', mimeType: 'image/png', buffer: anExe() },
      ui['fault-file-type-refused'],
    ],
    [
      'is a PDF that runs a script',
      { name: 'id.pdf', mimeType: 'application/pdf', buffer: script },
      ui['fault-pdf-active-content'],
    ],
  ]

  test('says why beside its name as soon as it is chosen, or when the page is sent without script; its neighbours arrive', async () => {
    for (const way of [{ script: true }, { script: false }]) {
      const { visitor } = await begun(way)
      await answerSubscription(town, visitor, ele01)
      const papers = ['id-copy', 'property-tax-clearance', 'undertaking']
      const box = (id: string) => visitor.page.getByRole('group', { name: ele01.paper(id) })
      for (const [, file, fault] of refused) {
        await attach(visitor, ele01.paper('id-copy'), file)
        if (!way.script) {
          await attach(visitor, ele01.paper('undertaking'), await aPhoto('undertaking'))
          await visitor.press(citizen['save-review'])
        }
        await seen(box('id-copy').getByText(fault).first())
      }
      await visitor.shot(way.script ? 'd-files-script' : 'd-files')
      if (way.script) await attach(visitor, ele01.paper('undertaking'), await aPhoto('undertaking'))
      await seen(box('undertaking').getByText(ui['file-arrived']).first())
      for (const id of papers.slice(0, 2)) await attach(visitor, ele01.paper(id), await aPhoto(id))
      await visitor.press(citizen['save-review'])
      await seen(visitor.page.getByRole('heading', { name: citizen['summary-title'] }))
      expect(visitor.troubles.filter(each => !each.includes('/uploads'))).toEqual([])
    }
  })
})

test('an answer of ten thousand letters is sent back whole, with what to do', async () => {
  const { visitor } = await begun({ script: true })
  await writePlace(town, visitor, ele01.field('place'))
  await visitor.choose(ele01.field('insideLimits'), ui.yes)
  const long = 'ا'.repeat(10_000)
  await visitor.fill(ele01.field('unit'), long)
  await visitor.press(citizen['save-next'])
  const fault = formatMessage(ui['fault-too-long'], 'ar', { max: 60 })
  await seen(visitor.page.getByRole('alert').getByText(fault))
  expect(await visitor.page.getByLabel(ele01.field('unit')).inputValue()).toBe(long)
  await visitor.shot('d-long')
  expect(visitor.troubles).toEqual([])
})

test('a button pressed twice files one request, with script and without', async () => {
  for (const way of [{ script: true }, { script: false }]) {
    const { visitor, person } = await begun(way)
    await answerSubscription(town, visitor, ele01)
    for (const paper of ['id-copy', 'property-tax-clearance', 'undertaking']) {
      await attach(visitor, ele01.paper(paper), await aPhoto(paper))
      if (way.script)
        await seen(
          visitor.page.getByRole('group', { name: ele01.paper(paper) }).getByText(ui['file-arrived']),
        )
    }
    await visitor.press(citizen['save-review'])
    await leaving(visitor.page, () => visitor.button(citizen.confirm).dblclick())
    await visitor.page.waitForURL('**/receipt**')
    await seen(visitor.page.getByRole('heading', { name: citizen['received-title'] }))
    expect(await requestsOf(person)).toBe(1)
    // Back to the form, and once more: it leads to the request that was filed.
    await visitor.page.goBack()
    await visitor.page.goto(visitor.page.url())
    expect(await requestsOf(person)).toBe(1)
    expect(visitor.troubles).toEqual([])
  }
})

test('a log-in that ended in the middle of a form brings back what was typed, and sends it', async () => {
  const { visitor, person } = await begun({ script: false })
  await writePlace(town, visitor, ele01.field('place'))
  await visitor.fill(ele01.field('unit'), 'الطابق الثالث، فوق الصيدلية')
  await visitor.choose(ele01.field('insideLimits'), ui.yes)
  town.pass(31)
  await visitor.press(citizen['save-next'])
  await seen(visitor.page.getByText(people['log-in-parked']))
  await logInCitizen(visitor, person)
  await seen(visitor.page.getByRole('heading', { name: door['parked-title'] }))
  await visitor.shot('d-parked')
  await visitor.press(door['parked-continue'])
  await seen(visitor.page.getByRole('group', { name: ele01.field('right') }))
  const { rows } = await town.read(tx =>
    sql<{ answers: { unit?: string } }>`select answers from draft
      where municipality_id = ${town.town.id} and person_id = ${person.id}`.execute(tx.q),
  )
  expect(rows.map(row => row.answers.unit)).toEqual(['الطابق الثالث، فوق الصيدلية'])
  expect(visitor.troubles).toEqual([])
})

test('a service that is retired meanwhile says so, and what was written is kept', async () => {
  const again = await aVariantOf('ELE-01', source => source.replace('code: ELE-01', 'code: ELE-91'))
  await town.write(tx => publishService(tx, again, builder))
  const { visitor, person } = await begun({ script: true }, 'ELE-91')
  await writePlace(town, visitor, ele01.field('place'))
  await visitor.choose(ele01.field('insideLimits'), ui.yes)
  await visitor.press(citizen['save-next'])
  await town.write(tx => retireService(tx, 'ELE-91', builder))
  await visitor.choose(ele01.field('right'), ele01.option('right', 'own'))
  await visitor.press(citizen['save-next'])
  await seen(visitor.page.getByRole('heading', { name: citizen['retired-title'] }))
  await visitor.shot('d-retired')
  const { rows } = await town.read(tx =>
    sql<{ answers: { place?: { parcel: string }; right?: string } }>`select answers from draft
      where municipality_id = ${town.town.id} and person_id = ${person.id}`.execute(tx.q),
  )
  expect(rows).toMatchObject([{ answers: { place: { parcel: '118' }, right: 'own' } }])
  expect(visitor.troubles).toEqual([])
})
