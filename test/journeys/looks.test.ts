import { beforeAll, describe, expect } from 'vitest'
import { addresses } from '../../src/lib/addresses.ts'
import { settlePresences } from '../../src/offices/looks/index.ts'
import { type LookKey, lookText } from '../../src/offices/looks/strings.ts'
import { type OversightKey, oversightText } from '../../src/offices/oversight/strings.ts'
import { onlyOwnCauses } from '../builders/looks.ts'
import { chapters } from './story.ts'
import { aJourneyTown, type Citizen, type JourneyTown } from './town.ts'
import { aVisitor, leaving, logInCitizen, logInStaff, phone, seen } from './visitor.ts'

const look = (key: LookKey) => lookText('ar', key)
const said = (key: OversightKey) => oversightText('ar', key)

let town: JourneyTown
let neighbour: Citizen

beforeAll(async () => {
  town = await aJourneyTown()
  onlyOwnCauses()
  neighbour = await town.citizen({ first: 'هالة', quarter: 'حارة الزيتون' })
})

describe('a nosy clerk', () => {
  const chapter = chapters()

  chapter(
    'is stopped before a file that is none of their work, and opens it with one key and a reason',
    async () => {
      const clerk = await aVisitor(town)
      await logInStaff(clerk, town, 'clerk')
      await clerk.go(addresses.counter, {}, { q: neighbour.displayName })
      await leaving(clerk.page, () =>
        clerk.page.getByRole('link', { name: neighbour.displayName }).first().click(),
      )
      await seen(clerk.page.getByRole('heading', { name: look('why-title') }))
      expect(await clerk.page.content()).not.toContain('حارة الزيتون')
      await clerk.shot('looks-why')
      await leaving(clerk.page, () => clerk.page.keyboard.press('2'))
      await seen(clerk.page.getByText('حارة الزيتون').first())
      await clerk.shot('looks-opened')
      expect(clerk.troubles).toEqual([])
    },
  )

  chapter('is seen by the citizen, who asks why from a telephone without script', async () => {
    await town.settle()
    const hala = await aVisitor(town, { script: false, viewport: phone })
    await hala.go(addresses.myLooks, {})
    await logInCitizen(hala, neighbour)
    await seen(hala.page.getByText('يسأل بالهاتف عن معاملة له').first())
    await hala.shot('looks-mine')
    await leaving(hala.page, () =>
      hala.page
        .getByRole('link', { name: said('ask-why') })
        .first()
        .click(),
    )
    await hala.fill(said('ask-words'), 'لم أتصل بكم هذا الأسبوع')
    await hala.press(said('ask-send'))
    await seen(hala.page.getByText('لم أتصل بكم هذا الأسبوع'))
    await hala.shot('looks-asked')
    await hala.go(addresses.myMessages, {})
    await seen(hala.page.getByText('فتح موظف ملفك').first())
    expect(hala.troubles).toEqual([])
  })

  chapter('is answered for by the supervisor, which the citizen reads', async () => {
    const supervisor = await aVisitor(town)
    await logInStaff(supervisor, town, 'supervisor')
    await supervisor.go(addresses.lookReview, {})
    await seen(supervisor.page.getByText(neighbour.displayName).first())
    await supervisor.shot('looks-reasons')
    await supervisor.go(addresses.lookQuestions, {})
    await supervisor.shot('looks-questions')
    await supervisor.follow(neighbour.displayName)
    await supervisor.choose(said('found'), said('found-unjustified'))
    await supervisor.fill(said('answer-words'), 'لم نجد لهذا الاطلاع وجهًا، وأبلغنا مدير المركز.')
    await supervisor.shot('looks-question')
    await supervisor.press(said('answer-send'))
    expect(supervisor.troubles).toEqual([])

    const hala = await aVisitor(town, { viewport: phone })
    await hala.go(addresses.myLooks, {})
    await logInCitizen(hala, neighbour)
    await hala.page
      .getByRole('link', { name: said('found-unjustified') })
      .first()
      .click()
    await seen(hala.page.getByText('لم نجد لهذا الاطلاع وجهًا، وأبلغنا مدير المركز.'))
    await hala.shot('looks-answered')
    expect(hala.troubles).toEqual([])
  })

  chapter(
    'types a number without a turn: the person is told at once, and nothing done stands before the supervisor',
    async () => {
      const clerk = await aVisitor(town)
      await logInStaff(clerk, town, 'clerk')
      const other = await town.citizen({ first: 'سناء', quarter: 'حارة الشيخ' })
      await clerk.go(addresses.counter, {}, { q: other.idNumber })
      await seen(clerk.page.getByText('حارة الشيخ').first())
      expect(clerk.troubles).toEqual([])
      await town.settle()

      const sanaa = await aVisitor(town, { viewport: phone })
      await sanaa.go(addresses.myMessages, {})
      await logInCitizen(sanaa, other)
      await seen(sanaa.page.getByText('فُتح ملفك على أنك حاضر').first())
      await sanaa.go(addresses.myLooks, {})
      await seen(sanaa.page.getByText('كُتب رقمك على الشباك').first())
      await sanaa.shot('looks-number-mine')

      town.db.clock.advance(46 * 60_000)
      await town.write(tx => settlePresences(tx, { idleADay: 8 }))
      const supervisor = await aVisitor(town)
      await logInStaff(supervisor, town, 'supervisor')
      await supervisor.go(addresses.lookPresence, {})
      await seen(supervisor.page.getByText(other.displayName).first())
      await supervisor.shot('looks-presence')
      await supervisor.go(addresses.lookRows, {})
      await supervisor.shot('looks-rows')
      expect(supervisor.troubles).toEqual([])
    },
  )

  chapter('stands in the counts that everybody reads, and in none that would point at somebody', async () => {
    await town.settle()
    const anybody = await aVisitor(town)
    await anybody.go(addresses.openLooks, {})
    await seen(anybody.page.getByText(said('open-few')).first())
    await anybody.shot('looks-open')
    await anybody.go(addresses.privacy, {})
    await seen(anybody.page.getByText(said('privacy-none')))
    await anybody.shot('looks-privacy')
    expect(anybody.troubles).toEqual([])
  })
})
