import { beforeAll, describe, expect } from 'vitest'
import { addresses } from '../../src/lib/addresses.ts'
import { trackingToken } from '../../src/offices/requests/index.ts'
import { aPhoto, attach, readNumber, startFrom } from './filing.ts'
import { approve, aStory, chapters, type Story } from './story.ts'
import { aJourneyTown, type JourneyTown } from './town.ts'
import { leaving, logInCitizen, seen } from './visitor.ts'
import { type ServiceWords, words, wordsOf } from './words.ts'

const { citizen, ui } = words

let town: JourneyTown
let adm05: ServiceWords

beforeAll(async () => {
  town = await aJourneyTown()
  adm05 = await wordsOf('ADM-05')
})

describe('a pit in the road', () => {
  const chapter = chapters()
  let story: Story

  /** The road crew writes what it did and shows it; the centre looks at it and lets the reporter be asked. */
  async function mended(done: string): Promise<void> {
    await story.at('roads', 'officeRequest', async roads => {
      await roads.fill(adm05.field('doneWords'), done)
      await attach(roads, 'صورة بعد العمل', await aPhoto('after'))
      await roads.shot('complaint-roads')
      await leaving(roads.page, () =>
        roads.page.getByRole('button', { name: new RegExp(`^\\s*${words.act['act-work-done']}`) }).click(),
      )
    })
    await story.at('clerk', 'officeRequest', async clerk => {
      await clerk.shot('complaint-clerk-checks')
      await approve(clerk)
    })
    await story.hears(adm05, 'answer-asked')
  }

  chapter('is reported from a telephone without script, with a photo', async () => {
    story = await aStory(town, { first: 'وفاء' })
    const { citizen: wafa } = story
    await startFrom(wafa, 'ADM-05')
    await logInCitizen(wafa, story.applicant)
    await wafa.press(citizen.start)
    await wafa.choose(adm05.field('kind'), adm05.option('kind', 'pit'))
    await wafa.fill(adm05.field('words'), 'حفرة عميقة أمام المدرسة')
    await wafa.choose(adm05.field('danger'), ui.no)
    await wafa.shot('complaint-problem')
    await wafa.press(citizen['save-next'])
    await wafa.fill(adm05.field('where'), 'حي السوق، شارع المدرسة')
    await wafa.fill(adm05.field('landmark'), 'مدرسة البنات')
    await wafa.shot('complaint-place')
    await wafa.press(citizen['save-next'])
    await attach(wafa, adm05.paper('photo'), await aPhoto('pit'))
    await wafa.press(citizen['save-review'])
    await wafa.shot('complaint-summary')
    await wafa.press(citizen.confirm)
    expect(await readNumber(wafa)).toMatch(/^\d+\/2026$/)
    await story.hears(adm05, 'received')
  })

  chapter('is worked on, is not fixed, and goes back with words and a photo', async () => {
    await story.at('clerk', 'officeRequest', async clerk => {
      await clerk.shot('complaint-intake')
      await approve(clerk)
    })
    await mended('رُدمت الحفرة بالتراب')
    await story.visits('myRequest', async () => {
      const { citizen: wafa } = story
      await seen(wafa.page.getByText('رُدمت الحفرة بالتراب'))
      await wafa.shot('complaint-question')
      await wafa.follow(citizen['answer-no'])
      await wafa.fill(adm05.field('stillWrong'), 'انفتحت من جديد بعد المطر')
      await attach(wafa, 'صورة كما هي الآن', await aPhoto('again'))
      await wafa.shot('complaint-not-fixed')
      await wafa.press(citizen['answer-send-back'])
      await seen(wafa.page.getByText(citizen['answer-went-back']))
    })
    await story.hears(adm05, 'reopened')
  })

  chapter('is mended, and its reporter says so', async () => {
    await story.at('roads', 'officeRequest', async roads => {
      await seen(roads.page.getByText('أُعيدت مرة واحدة').first())
      await seen(roads.page.getByText('انفتحت من جديد بعد المطر').first())
      await roads.shot('complaint-roads-again')
    })
    await mended('عُبّد الشارع بالإسفلت')
    await story.visits('myRequest', async () => {
      const { citizen: wafa } = story
      await seen(wafa.page.getByText('أُعيدت إلى الدائرة مرة واحدة.'))
      await wafa.press(citizen['answer-yes'])
      await seen(wafa.page.getByText(citizen['answer-thanks']))
      await wafa.shot('complaint-done')
    })
    await story.hears(adm05, 'completed')
    expect(story.heard).toEqual(['received', 'answer-asked', 'reopened', 'answer-asked', 'completed'])
  })

  chapter('and the page that anybody may see by its link says nothing of who or what', async () => {
    const { rows } = await town.read(tx =>
      tx.q
        .selectFrom('request')
        .select('request_id')
        .where('applicant_id', '=', story.applicant.id)
        .execute()
        .then(rows => ({ rows })),
    )
    const stranger = await story.stranger()
    await stranger.go(addresses.trackLink, { token: trackingToken(town.bench, rows[0]?.request_id ?? '') })
    const text = (await stranger.page.locator('body').textContent()) ?? ''
    expect(text).toContain('شكوى عامة')
    for (const secret of [story.applicant.displayName, 'حفرة عميقة', 'مدرسة البنات', 'عُبّد الشارع', 'انفتحت'])
      expect(text).not.toContain(secret)
    await stranger.shot('complaint-tracked')
    expect([...story.troubles(), ...stranger.troubles]).toEqual([])
  })
})
