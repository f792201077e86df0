import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { addresses, fillAddress } from '../../src/lib/addresses.ts'
import { duesOf } from '../../src/offices/treasury/index.ts'
import { aFiledStory, answerSubscription, aPhoto, aScan, attach, startFrom, writePlace } from './filing.ts'
import { owe } from './money.ts'
import { aJourneyTown, type Citizen, type JourneyTown } from './town.ts'
import { aVisitor, leaving, logInCitizen, logInStaff, phone, seen, type Visitor } from './visitor.ts'
import { type ServiceWords, words, wordsOf } from './words.ts'

const { act, citizen, counter, staff, ui } = words

let town: JourneyTown
let ele01: ServiceWords

beforeAll(async () => {
  town = await aJourneyTown()
  ele01 = await wordsOf('ELE-01')
})

type Row = { request_id: string; state: string; number: number }
const requestsOf = async (person: Citizen): Promise<Row[]> => {
  const { rows } = await town.read(tx =>
    sql<Row>`select request_id, state, number from request
      where municipality_id = ${town.town.id} and applicant_id = ${person.id}`.execute(tx.q),
  )
  return rows
}

describe('the point of the fee', () => {
  test('holds a request filed without paying, and no office can move it on', async () => {
    const owner = await town.citizen()
    const visitor = await aVisitor(town, { viewport: phone })
    await startFrom(visitor, 'ELE-01')
    await logInCitizen(visitor, owner)
    await visitor.press(citizen.start)
    await answerSubscription(town, visitor, ele01)
    for (const paper of ['id-copy', 'property-tax-clearance', 'undertaking']) {
      const arrived = visitor.page
        .getByRole('group', { name: ele01.paper(paper) })
        .getByText(ui['file-arrived'])
      await attach(visitor, ele01.paper(paper), await aPhoto(paper))
      await seen(arrived)
    }
    await visitor.press(citizen['save-review'])
    await visitor.press(citizen.confirm)
    await visitor.follow(citizen['open-request'])
    await seen(visitor.page.getByText(citizen['turn-fee']))

    const [filed] = await requestsOf(owner)
    expect(filed?.state).toBe('awaiting-fee')
    const id = filed?.request_id ?? ''
    const clerk = await aVisitor(town)
    await logInStaff(clerk, town, 'clerk')
    await clerk.go(addresses.officeRequest, { id })
    await expect(clerk.button(act['act-approve']).count()).resolves.toBe(0)
    // The page offers nothing, and a form made by hand gets nothing either.
    const sent = await clerk.context.request.post(fillAddress(addresses.officeAct, { id, act: 'approve' }), {
      form: { 'act.task': '' },
      headers: { origin: town.base },
    })
    expect([404, 409]).toContain(sent.status())
    expect((await requestsOf(owner))[0]?.state).toBe('awaiting-fee')
    expect([...visitor.troubles, ...clerk.troubles]).toEqual([])
  })
})

describe('dues', () => {
  test('stop a subscription on the portal, with the ways out, and what was written is kept', async () => {
    const debtor = await town.citizen()
    await owe(town, debtor)
    const visitor = await aVisitor(town, { viewport: phone, script: false })
    await startFrom(visitor, 'ELE-01')
    await logInCitizen(visitor, debtor)
    await visitor.press(citizen.start)
    await answerSubscription(town, visitor, ele01)
    for (const paper of ['id-copy', 'property-tax-clearance', 'undertaking'])
      await attach(visitor, ele01.paper(paper), await aPhoto(paper))
    await visitor.press(citizen['save-review'])
    await seen(visitor.page.getByText(citizen['rule-hold']))
    await seen(visitor.page.getByText(citizen['held-pay']))
    await visitor.shot('c-held')
    await expect(visitor.button(citizen.confirm).count()).resolves.toBe(0)
    await visitor.go(addresses.my, {})
    await seen(visitor.page.getByText(citizen.drafts))
    expect(await requestsOf(debtor)).toEqual([])
  })

  test('let a request pass at the counter when the manager says so by name, and stay owed', async () => {
    const debtor = await town.citizen()
    const charge = await owe(town, debtor)
    const clerk = await aVisitor(town)
    await logInStaff(clerk, town, 'clerk')
    await clerk.go(addresses.counterPerson, { person: debtor.id })
    await leaving(clerk.page, () =>
      clerk.page.getByRole('button', { name: counter['begin-of'].replace('{service}', ele01.name) }).click(),
    )
    await fillCase(clerk)
    await seen(clerk.page.getByText(counter['rule-hold']))
    await seen(clerk.page.getByText(counter['blocked-dues']))
    await clerk.shot('c-held-at-counter')

    const manager = await aVisitor(town)
    await logInStaff(manager, town, 'manager')
    await manager.go(addresses.counter, {})
    await leaving(manager.page, () =>
      manager.page
        .getByRole('region', { name: counter.begun })
        .getByRole('link', { name: debtor.displayName })
        .click(),
    )
    await manager.page.getByText(counter.except).click()
    await manager.page.getByLabel(counter['except-reason']).first().fill('أرملة تعيل أربعة، والدين على زوجها')
    await manager.press(counter['except-dues'])
    const by = town.staff.manager.name.ar
    await seen(manager.page.getByText(counter['rule-passed'].replace('{name}', by)))

    await clerk.page.reload()
    await clerk.page.getByRole('checkbox', { name: counter.confirmed }).check()
    await clerk.press(counter.file)
    await seen(clerk.page.getByRole('heading', { name: counter.received }))
    expect(await requestsOf(debtor)).toMatchObject([{ state: 'awaiting-fee' }])
    const dues = await town.read(tx => duesOf(tx, debtor.id, '2026-03-01'))
    expect(dues.map(due => due.chargeId)).toContain(charge)
    const { rows } = await town.read(tx =>
      sql<{ granted_by: string; reason: string }>`select granted_by, reason from dues_exception
        where municipality_id = ${town.town.id} and person_id = ${debtor.id}`.execute(tx.q),
    )
    expect(rows).toEqual([
      { granted_by: town.staff.manager.id, reason: 'أرملة تعيل أربعة، والدين على زوجها' },
    ])
    expect([...clerk.troubles, ...manager.troubles]).toEqual([])
  })

  /** The clerk's one page, filled; the questions that an answer brings up are waited for. */
  async function fillCase(clerk: Visitor): Promise<void> {
    await writePlace(town, clerk, ele01.field('place'))
    await clerk.choose(ele01.field('insideLimits'), ui.yes)
    await clerk.choose(ele01.field('right'), ele01.option('right', 'own'))
    await clerk.choose(ele01.field('licensed'), ui.yes)
    await clerk.choose(ele01.field('billing'), ele01.option('billing', 'billed'))
    for (const paper of ['id-copy', 'property-tax-clearance', 'undertaking']) {
      const scan = clerk.page.getByLabel(counter['scan-of'].replace('{paper}', ele01.paper(paper)), {
        exact: true,
      })
      await leaving(clerk.page, () => scan.setInputFiles(aScan(paper)))
    }
  }
})

describe('an office that has nothing to do with a request', () => {
  test('does not learn that it exists: not by its page, its papers, a search or a list', async () => {
    const owner = await town.citizen({ first: 'زينب' })
    const { requestId, number } = await aFiledStory(town, owner)
    await town.settle()
    const { rows: papers } = await town.read(tx =>
      sql<{ document_id: string }>`select document_id from request_paper
        where municipality_id = ${town.town.id} and request_id = ${requestId}`.execute(tx.q),
    )
    expect(papers).toHaveLength(3)
    const waterman = await aVisitor(town)
    await logInStaff(waterman, town, 'waterman')
    const manager = await aVisitor(town)
    await logInStaff(manager, town, 'manager')
    const status = async (path: string, who = waterman) => (await who.context.request.get(path)).status()
    const at = { id: requestId }
    expect(await status(fillAddress(addresses.officeRequest, at))).toBe(404)
    expect(await status(fillAddress(addresses.officeRequestSheet, at))).toBe(404)
    for (const { document_id: id } of papers) {
      expect(await status(fillAddress(addresses.documentPreview, { id }), manager)).toBe(200)
      expect(await status(fillAddress(addresses.document, { id }))).toBe(404)
      expect(await status(fillAddress(addresses.documentPreview, { id }))).toBe(404)
      expect(await status(fillAddress(addresses.documentThumbnail, { id }))).toBe(404)
    }

    await waterman.go(addresses.officeRequest, at)
    await seen(waterman.page.getByRole('heading', { name: words.door['error-not-found-title'] }))
    const shown = `${number}/2026`
    for (const q of [shown, 'زينب', owner.displayName, owner.idNumber]) {
      await waterman.go(addresses.search, {}, { q })
      await seen(waterman.page.getByText(staff['search-none'].replace('{text}', q)))
    }
    const lists = ['mine', 'office', 'deferred', 'information', 'forwarded'].map(box =>
      fillAddress(addresses.inbox, {}, { box }),
    )
    for (const list of [...lists, fillAddress(addresses.officeRequests, {})]) {
      await waterman.page.goto(list)
      const text = (await waterman.page.getByRole('main').textContent()) ?? ''
      expect(text).not.toContain(shown)
      expect(text).not.toContain('زينب')
    }
    expect(waterman.troubles).toEqual([])
  })
})
