import { beforeAll, expect, test } from 'vitest'
import { addresses, fillAddress } from '../../src/lib/addresses.ts'
import { aLife, type Life } from './life.ts'
import { anOfficesLife, type OfficesLife } from './life-offices.ts'
import { citizenOfficeStops, officeStops } from './stops-offices.ts'
import { aJourneyTown, type JourneyTown, type Post } from './town.ts'
import { leaving, type Visitor } from './visitor.ts'
import { aKnownVisitor, inspect, twoLooks, walk } from './walk.ts'

let town: JourneyTown
let life: Life
let offices: OfficesLife

beforeAll(async () => {
  town = await aJourneyTown()
  life = await aLife(town)
  offices = await anOfficesLife(town, life)
}, 120_000)

test('what a citizen wrote to the management keeps nobody out', async () => {
  const visitor = await aKnownVisitor(town, { citizen: life.person.id })
  expect(await walk('citizen-offices', visitor, citizenOfficeStops(life, offices), twoLooks)).toEqual([])
}, 240_000)

test.each(['engineer', 'clerk', 'mayor', 'manager', 'treasurer', 'admin', 'designer'] as const)(
  'the desks and registers of the %s keep nobody out',
  async post => {
    const visitor = await aKnownVisitor(town, { post })
    const stops = officeStops(life, offices)[post]
    expect(await walk(`${post}-offices`, visitor, stops, twoLooks)).toEqual([])
  },
  240_000,
)

/** Sends a form of the page as it stands, everything in it ticked, whatever is still missing. */
const sendAsItStands = ({ page }: Visitor, action: string, button?: string): Promise<void> =>
  leaving(page, () =>
    page.evaluate(`{
      const form = [...document.querySelectorAll('form[action*="${action}"]')].at(-1)
      for (const box of form.querySelectorAll('input[type=checkbox]:not(:disabled)')) box.checked = true
      form.noValidate = true
      form.requestSubmit(form.querySelector('${button ?? 'button:not([type=button])'}'))
    }`),
  )

test('what answers a form keeps nobody out, be it a report or words of what is missing', async () => {
  const at = (post: Post, path: string, action = path.split('?')[0] ?? '', button?: string) => ({
    post,
    path,
    action,
    button,
  })
  const { referred } = life.requests
  const forms = [
    at('clerk', fillAddress(addresses.handPaper, { id: offices.handPaper })),
    at('mayor', fillAddress(addresses.sign, {}, { all: '1' }), '/office/sign/confirm'),
    at('engineer', fillAddress(addresses.myDesk, {}), '/office/desk/phrases'),
    at('engineer', fillAddress(addresses.myDesk, {}), '/office/desk/absences'),
    at('engineer', fillAddress(addresses.officeRequest, { id: referred }), `/${referred}/letters`),
    at('manager', fillAddress(addresses.floorAssign, { task: offices.task })),
    at('manager', fillAddress(addresses.complaint, { id: offices.complaint })),
    at('treasurer', fillAddress(addresses.importNew, {})),
    at('treasurer', fillAddress(addresses.importLink, { source: offices.imports.linked })),
    at('treasurer', fillAddress(addresses.importDecisions, { source: offices.imports.source })),
    at('admin', fillAddress(addresses.signatoryDeputy, { id: offices.authority })),
    // last, for it takes the task that is given to others above
    at('clerk', fillAddress(addresses.inbox, {}, { box: 'office' }), '/office/bulk', 'button[value=take]'),
  ]
  const barriers: string[] = []
  for (const [place, { post, path, action, button }] of forms.entries()) {
    const visitor = await aKnownVisitor(town, { post })
    await visitor.page.goto(path)
    await sendAsItStands(visitor, action, button)
    barriers.push(
      ...(await inspect(`answer-${place}`, visitor, new URL(visitor.page.url()).pathname, twoLooks)),
    )
    barriers.push(...visitor.troubles)
    await visitor.context.close()
  }
  expect(barriers).toEqual([])
}, 240_000)
