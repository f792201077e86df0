import jsqr from 'jsqr'
import sharp from 'sharp'
import { beforeAll, describe, expect } from 'vitest'
import { addresses, fillAddress } from '../../src/lib/addresses.ts'
import { drawPictures } from '../../src/offices/archive/index.ts'
import { answerSubscription, aPhoto, aScan, attach, readNumber, startFrom } from './filing.ts'
import { approve, aStory, chapters, report, type Story } from './story.ts'
import { aJourneyTown, type JourneyTown } from './town.ts'
import { codeOf, logInCitizen, phone, seen } from './visitor.ts'
import { type ServiceWords, words, wordsOf } from './words.ts'

const { act, certificates, citizen, counter, ui } = words

let town: JourneyTown
let ele01: ServiceWords
let ele04: ServiceWords

beforeAll(async () => {
  town = await aJourneyTown()
  ele01 = await wordsOf('ELE-01')
  ele04 = await wordsOf('ELE-04')
})

describe('a family gets electricity', () => {
  const chapter = chapters()
  let story: Story
  let number = ''
  let subscription = ''

  chapter(
    'from a telephone without script to the contract in hand, and back with a paper that was missing',
    async () => {
      story = await aStory(town, { first: 'سميرة' })
      const { applicant, samira } = { applicant: story.citizen, samira: story.applicant }

      await startFrom(applicant, 'ELE-01')
      await logInCitizen(applicant, samira)
      await applicant.press(citizen.start)
      await answerSubscription(town, applicant, ele01)
      await attach(applicant, ele01.paper('id-copy'), await aPhoto('id'))
      await attach(applicant, ele01.paper('property-tax-clearance'), aScan('clearance-of-another-year'))
      await attach(applicant, ele01.paper('undertaking'), await aPhoto('undertaking'))
      await applicant.shot('a-papers-chosen')
      await applicant.press(citizen['save-review'])
      await applicant.press(citizen.confirm)
      number = await readNumber(applicant)
      expect(number).toMatch(/^\d+\/2026$/)
      await story.hears(ele01, 'fee-due')

      await story.at('collector', 'counterCollect', async collector => {
        await collector.press(counter.collect)
        await collector.shot('a-receipt')
      })
      await story.hears(ele01, 'paid', 'received')

      await story.at('clerk', 'officeRequest', async clerk => {
        await clerk.shot('a-clerk')
        await approve(clerk)
      })

      await story.at('planner', 'officeRequest', async planner => {
        await planner.follow(act['act-ask-papers'])
        const paper = ele01.paper('property-tax-clearance')
        await planner.page.getByRole('checkbox', { name: paper }).check()
        await planner.fill(act['what-is-missing'].replace('{paper}', paper), 'براءة هذه السنة، لا التي قبلها')
        await planner.shot('a-planner-asks')
        await planner.press(act['send-ask-papers'])
      })
      expect(await story.hears(ele01, 'papers-missing')).toContain(ele01.paper('property-tax-clearance'))

      await story.visits('myRequest', async () => {
        await applicant.shot('a-missing')
        await seen(applicant.page.getByText('براءة هذه السنة، لا التي قبلها'))
        await attach(applicant, ele01.paper('property-tax-clearance'), await aPhoto('clearance'))
        await applicant.press(citizen['missing-send'])
        await seen(applicant.page.getByText(citizen['papers-arrived']))
      })
      await story.hears(ele01, 'papers-arrived')
      // The same officer goes on: the task is in their own box, not in the office's.
      expect(await story.assignee('planning-review')).toBe(town.staff.planner.id)

      await story.at('planner', 'officeRequest', async planner => {
        await planner.choose(ele01.field('planningState'), ele01.option('planningState', 'licensed'))
        await approve(planner)
      })

      await story.at('engineer', 'officeRequest', async engineer => {
        await engineer.follow(act['act-refer'])
        await engineer.page.getByLabel(act['refer-to']).selectOption('planning')
        await engineer.fill(act['your-question'], 'هل يمر خط الشارع أمام البيت؟')
        await engineer.press(act['send-refer'])
      })
      await story.at('planner', 'officeRequest', async planner => {
        await seen(planner.page.getByText('هل يمر خط الشارع أمام البيت؟').first())
        await planner.fill(act['your-opinion'], 'نعم، على بعد اثني عشر مترًا')
        await planner.press(act['act-refer-back'])
      })
      await story.at('engineer', 'officeRequest', async engineer => {
        await seen(engineer.page.getByText('نعم، على بعد اثني عشر مترًا').first())
        await engineer.fill(ele01.field('amperes'), '40')
        await engineer.fill(ele01.field('poleDistance'), '١٢٫٥')
        await engineer.shot('a-engineer')
        await report(engineer)
      })

      await story.at('head', 'officeRequest', async head => {
        await approve(head)
      })
      await story.hears(ele01, 'approved')

      await story.at(
        'mayor',
        'officeRequest',
        async mayor => {
          await mayor.shot('a-mayor')
          await mayor.fill(act.password, 'not the password')
          await mayor.fill(act.code, codeOf(town, 'mayor'))
          await mayor.press(act['act-sign'])
          await seen(mayor.page.getByText(ui['fault-confirm-wrong']).first())
          await mayor.fill(act.password, town.staff.mayor.password)
          await mayor.fill(act.code, codeOf(town, 'mayor'))
          await mayor.press(act['act-sign'])
        },
        phone,
      )
      await story.hears(ele01, 'fee-due')
    },
  )

  chapter(
    'has a contract whose square and whose file prove themselves, and whose copy with one letter changed does not',
    async () => {
      const { citizen: applicant } = story
      await town.settle()
      await story.visits('myRequest', async () => applicant.shot('a-contract'))
      const contract = await story.contract()
      const opened = await applicant.context.request.get(fillAddress(addresses.document, { id: contract }))
      const file = await opened.body()
      const { preview } = await drawPictures({ type: 'application/pdf', pages: 1 }, file)
      const square = await readSquare(preview)
      expect(square).toMatch(new RegExp(`^${town.base}/~${town.town.slug}/verify/`))

      // Whoever is shown the paper has a telephone, and no log-in.
      const stranger = await story.stranger()
      await stranger.page.goto(square)
      await seen(stranger.page.getByRole('heading', { name: certificates['verdict-valid'] }))
      await stranger.shot('a-verified')
      expect(await stranger.page.getByRole('main').textContent()).not.toContain(story.applicant.idNumber)

      const verify = async (buffer: Buffer) => {
        await stranger.go(addresses.verify, {})
        const upload = { name: 'contract.pdf', mimeType: 'application/pdf', buffer }
        await stranger.page.locator('input[type=file]').setInputFiles(upload)
        await stranger.press(certificates['verify-file-button'])
      }
      await verify(file)
      await seen(stranger.page.getByText(certificates['verdict-file-same']))
      const changed = Buffer.from(file)
      const at = changed.length - 100
      changed[at] = (changed[at] ?? 0) ^ 1
      await verify(changed)
      await seen(stranger.page.getByRole('heading', { name: certificates['verdict-file-unknown'] }))
      await stranger.shot('a-changed')
      expect(stranger.troubles).toEqual([])
    },
  )

  chapter(
    'is paid in shekels at the rate of the day, connected, and handed over against the original',
    async () => {
      await story.at('collector', 'counterCollect', async collector => {
        // 170 dinars at 5.1 are 867 shekels.
        await seen(collector.page.getByText('867.00').first())
        await collector.fill(ui['gate-received'], '1000')
        await seen(collector.page.getByText('133.00'))
        await collector.shot('a-dinars')
        await collector.press(counter.collect)
        await collector.shot('a-receipt-dinars')
      })
      await story.hears(ele01, 'paid')

      await story.at('engineer', 'officeRequest', async engineer => {
        await engineer.fill(ele01.field('meterNumber'), 'M-778120')
        await engineer.fill(ele01.field('initialReading'), '0')
        await attach(engineer, 'صورة العداد بعد العمل', await aPhoto('meter'))
        await engineer.pressBeginning(act['act-run-effect'])
      })
      expect(await story.hears(ele01, 'ready')).toContain('أصل')

      await story.at('clerk', 'officeRequest', async clerk => {
        await clerk.press(act['act-hand-over'])
        await seen(clerk.page.getByText(ui['fault-original-unseen']).first())
        await clerk.page.getByRole('checkbox').check()
        await clerk.press(act['act-hand-over'])
      })
      await story.hears(ele01, 'completed')

      await story.visits('myRequest', async () => {
        await seen(story.citizen.page.getByText(ui['state-done']).first())
        await story.citizen.shot('a-done')
      })
      subscription = await story.subscription('M-778120')
      expect(story.heard).toEqual([
        'fee-due',
        'paid',
        'received',
        'papers-missing',
        'papers-arrived',
        'approved',
        'fee-due',
        'paid',
        'ready',
        'completed',
      ])
      expect(story.troubles()).toEqual([])
    },
  )

  chapter('changes the new subscription from card to bill', async () => {
    const { citizen: applicant } = story
    await story.visits('my', async () => {})
    await startFrom(applicant, 'ELE-04')
    await applicant.press(citizen.start)
    const accounts = applicant.page.getByRole('group', { name: ele04.field('subscription') })
    await seen(accounts.getByText(subscription))
    await applicant.shot('a-card-to-bill')
    await accounts.getByRole('radio').first().check()
    await applicant.choose(ele04.field('billDelivery'), ele04.option('billDelivery', 'sms'))
    await applicant.press(citizen['save-next'])
    await applicant.choose(ele04.field('arrearsWish'), ele04.option('arrearsWish', 'pay'))
    await applicant.press(citizen['save-next'])
    // The identity card came with the first request: the town has it.
    await applicant.shot('a-offered')
    await applicant.page.getByRole('checkbox', { name: ele04.paper('id-copy') }).check()
    await applicant.press(citizen['save-review'])
    await applicant.press(citizen.confirm)
    const second = await story.next(await readNumber(applicant))
    await second.hears(ele04, 'received')

    await second.at('clerk', 'officeRequest', clerk => approve(clerk))
    await second.at('accountant', 'officeRequest', async accountant => {
      await accountant.choose(ele04.field('arrearsState'), ele04.option('arrearsState', 'none'))
      await approve(accountant)
    })
    await second.at('engineer', 'officeRequest', async engineer => {
      await engineer.fill(ele04.field('measuredLoad'), '32')
      await engineer.choose(ele04.field('sealsIntact'), ui.yes)
      await report(engineer)
    })
    await second.at('mayor', 'officeRequest', mayor => approve(mayor), phone)
    await second.hears(ele04, 'approved', 'fee-due')
    await second.at('collector', 'counterCollect', collector => collector.press(counter.collect))
    await second.hears(ele04, 'paid')
    await second.at('engineer', 'officeRequest', async engineer => {
      await engineer.fill(ele04.field('lastReading'), '812.4')
      await engineer.fill(ele04.field('creditLeft'), '27.50')
      await engineer.fill(ele04.field('meterNumber'), 'B-90113')
      await engineer.fill(ele04.field('initialReading'), '0')
      await attach(engineer, 'صورة العداد بعد العمل', await aPhoto('meter'))
      await engineer.pressBeginning(act['act-run-effect'])
    })
    await second.hears(ele04, 'ready')
    await second.at('clerk', 'officeRequest', clerk => clerk.press(act['act-hand-over']))
    await second.hears(ele04, 'completed')
    expect(await second.subscription('B-90113')).toBe(subscription)
    expect(second.troubles()).toEqual([])
  })
})

/** The address in the square of a drawn page. */
async function readSquare(picture: Buffer | undefined): Promise<string> {
  const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const scan = jsqr as unknown as typeof jsqr.default
  return scan(new Uint8ClampedArray(data), info.width, info.height)?.data ?? ''
}
