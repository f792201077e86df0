import { beforeAll, describe, expect } from 'vitest'
import { addresses } from '../../src/lib/addresses.ts'
import { type CopyKey, copyText } from '../../src/offices/rights/copy/strings.ts'
import { type CorrectionKey, correctionText } from '../../src/offices/rights/correction/strings.ts'
import { aFiledRequest } from '../builders/requests.ts'
import { chapters } from './story.ts'
import { aJourneyTown, type Citizen, type JourneyTown } from './town.ts'
import { aVisitor, logInCitizen, logInStaff, phone, seen } from './visitor.ts'

const copy = (key: CopyKey) => copyText('ar', key)
const correction = (key: CorrectionKey) => correctionText('ar', key)

let town: JourneyTown
let rana: Citizen

beforeAll(async () => {
  town = await aJourneyTown()
  rana = await town.citizen({ first: 'رنا', quarter: 'حارة الزيتون' })
  await aFiledRequest(town.bench, rana.id)
})

describe('somebody who wants to know what is kept about them', () => {
  const chapter = chapters()

  chapter('asks for a copy from a telephone without script, and opens it with the PIN again', async () => {
    const visitor = await aVisitor(town, { script: false, viewport: phone })
    await visitor.go(addresses.myData, {})
    await logInCitizen(visitor, rana)
    await visitor.shot('rights-data')
    await visitor.fill(copy('ask-pin'), rana.pin)
    await visitor.press(copy('ask-send'))
    await seen(visitor.page.getByText(copy('making-hint')))
    await visitor.shot('rights-making')
    await town.settle()
    await visitor.go(addresses.myData, {})
    await visitor.page.locator('#copies a').first().click()
    await seen(visitor.page.getByText(copy('open-what')))
    await visitor.shot('rights-locked')
    await visitor.fill(copy('ask-pin'), rana.pin)
    await visitor.press(copy('open-send'))
    await seen(visitor.page.getByText(copy('careful')))
    await visitor.shot('rights-open')
    const [download] = await Promise.all([
      visitor.page.waitForEvent('download'),
      visitor.page.getByRole('button', { name: copy('kind-pdf') }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/\.pdf$/)
    if (process.env.SHUBBAK_SHOTS) await download.saveAs('/tmp/rights/copy.pdf')
  })

  chapter('says what is wrong, and the clerk who decides it changes the record', async () => {
    const visitor = await aVisitor(town)
    await visitor.go(addresses.myCorrect, {})
    await logInCitizen(visitor, rana)
    await visitor.page.getByLabel(correction('fact-address')).check()
    await visitor.fill(correction('wrong'), 'حارة الزيتون')
    await visitor.fill(correction('right'), 'حي النصر')
    await visitor.shot('rights-correct')
    await visitor.press(correction('send'))
    await seen(visitor.page.getByText('حي النصر').first())
    await visitor.shot('rights-correction')
    const clerk = await aVisitor(town)
    await clerk.go(addresses.corrections, {})
    await logInStaff(clerk, town, 'clerk')
    await clerk.go(addresses.corrections, {})
    await clerk.shot('rights-list')
    await clerk.page.getByRole('link', { name: rana.displayName }).first().click()
    await seen(clerk.page.getByText(correction('accept-note')))
    await clerk.shot('rights-decide')
    await clerk.fill(correction('box-quarter'), 'حي النصر')
    await clerk.press(correction('accept'))
    await seen(clerk.page.getByText(correction('accept-done')))
    await clerk.go(addresses.counterData, { person: rana.id })
    await clerk.shot('rights-counter')
    await visitor.go(addresses.myData, {})
    await seen(visitor.page.getByText(correction('state-accepted')))
    await visitor.shot('rights-after')
    expect([...visitor.troubles, ...clerk.troubles]).toEqual([])
  })
})
