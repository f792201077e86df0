import { sql } from 'kysely'
import { beforeAll, describe, expect } from 'vitest'
import { addresses } from '../../src/lib/addresses.ts'
import { numberText } from '../../src/offices/counter/numbers/strings.ts'
import { contactText } from '../../src/offices/messaging/numbers/strings.ts'
import { indexPhone, notePhoneOutcomes, phonesOf } from '../../src/offices/people/index.ts'
import { chapters } from './story.ts'
import { aJourneyTown, type Citizen, type JourneyTown } from './town.ts'
import { aVisitor, logInCitizen, logInStaff, phone, seen, type Visitor } from './visitor.ts'
import { inspect, twoLooks } from './walk.ts'

const own = (key: Parameters<typeof contactText>[1]) => contactText('ar', key)
const at = (key: Parameters<typeof numberText>[1]) => numberText('ar', key)

let town: JourneyTown
let huda: Citizen

beforeAll(async () => {
  town = await aJourneyTown()
  huda = await town.citizen({ first: 'هدى', family: 'الزرو', phone: '0599123111' })
})

/** The code on the telephone the town wrote to last. */
async function lastCode(): Promise<string> {
  await town.settle()
  const { rows } = await sql<{ body: string }>`
    select body from message where event like 'contact.%code' order by message_id desc limit 1`.execute(
    town.db.owner,
  )
  return /\d{6}/.exec(rows[0]?.body ?? '')?.[0] ?? ''
}
const phones = () => town.read(tx => phonesOf(tx, town.house.crypto, huda.id))
const barriers = (who: string, visitor: Visitor, pattern: string) => inspect(who, visitor, pattern, twoLooks)

describe('a telephone', () => {
  const chapter = chapters()

  chapter('is proven, and another added, on a telephone without script', async () => {
    const visitor = await aVisitor(town, { viewport: phone, script: false })
    await logInCitizen(visitor, huda)
    await visitor.go(addresses.myContactDetails, {})
    await visitor.shot('numbers-start')
    await visitor.fill(own('phone'), '0569 123 222')
    await visitor.press(own('send'))
    await visitor.shot('numbers-code')
    await visitor.fill(own('code'), await lastCode())
    await visitor.press(own('code-check'))
    await seen(visitor.page.getByText('0569 123 222').first())
    expect(await phones()).toMatchObject([
      { e164: '+970599123111' },
      { e164: '+970569123222', verified: true },
    ])
    await visitor.pressBeginning(own('choose'))
    await visitor.shot('numbers-chosen')
    expect((await phones())[0]).toMatchObject({ e164: '+970569123222', primary: true })
    expect(visitor.troubles).toEqual([])
  })

  chapter('that takes no messages is asked about at the next visit, and one key keeps it', async () => {
    const day = (back: number) => new Date(town.db.clock.now().getTime() - back * 86_400_000)
    await town.write(tx =>
      notePhoneOutcomes(
        tx,
        [12, 8, 2].map(back => ({
          index: indexPhone({ tx, crypto: town.house.crypto }, '+970569123222'),
          outcome: 'hard' as const,
          at: day(back),
        })),
      ),
    )
    const citizen = await aVisitor(town, { viewport: phone })
    await logInCitizen(citizen, huda)
    await citizen.go(addresses.myContactDetails, {})
    expect(await barriers('huda', citizen, addresses.myContactDetails.pattern)).toEqual([])
    const clerk = await aVisitor(town)
    await logInStaff(clerk, town, 'clerk')
    await clerk.go(addresses.doubtfulNumbers, {})
    await seen(clerk.page.getByText('هدى').first())
    expect(await barriers('clerk', clerk, addresses.doubtfulNumbers.pattern)).toEqual([])
    await clerk.go(addresses.counterPerson, { person: huda.id })
    await seen(clerk.page.getByText(at('ask-title')))
    expect(await barriers('clerk-asks', clerk, addresses.counterPerson.pattern)).toEqual([])
    await clerk.page.keyboard.press('F7')
    await clerk.page.getByText(at('ask-title')).waitFor({ state: 'detached' })
    expect((await phones())[0]?.asleepAt).toBeUndefined()
    await clerk.go(addresses.counterNumbers, { person: huda.id })
    await seen(clerk.page.getByText(at('answer-still')))
    expect(await barriers('clerk', clerk, addresses.counterNumbers.pattern)).toEqual([])
    expect([...clerk.troubles, ...citizen.troubles]).toEqual([])
  })
})
