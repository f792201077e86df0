import { beforeAll, describe, expect, test } from 'vitest'
import { addresses } from '../../src/lib/addresses.ts'
import { beginNextVersion, readDraft } from '../../src/offices/designer/index.ts'
import { totpCode } from '../../src/offices/people/index.ts'
import { checkAccess, settle } from '../browser.ts'
import type { BuiltStaff } from '../builders/people.ts'
import { aWorker } from '../builders/requests.ts'
import { aHand, type Hand, screens } from './designer.ts'
import { aPhoto, attach, readNumber, startFrom, writePlace } from './filing.ts'
import { approve, aStory, chapters } from './story.ts'
import { aJourneyTown, type JourneyTown } from './town.ts'
import { aVisitor, codeOf, desk, leaving, logInCitizen, phone, seen, type Visitor } from './visitor.ts'
import { words } from './words.ts'

let town: JourneyTown

beforeAll(async () => {
  town = await aJourneyTown()
})

async function arrived(worker: BuiltStaff): Promise<Visitor> {
  const visitor = await aVisitor(town)
  await visitor.go(addresses.staffLogIn, {})
  await visitor.fill(words.people.login, worker.login)
  await visitor.fill(words.people.password, worker.password)
  town.db.clock.advance(30_000)
  await visitor.fill(words.people.code, totpCode(worker.totpSecret, town.db.clock.now()))
  await visitor.press(words.people['log-in'])
  return visitor
}

/** What keeps somebody out of a page, or runs over its side. */
const barriers: string[] = []

/** Both widths of a page, kept where pictures are asked for. */
async function pictured(visitor: Visitor, name: string): Promise<void> {
  for (const [size, viewport] of Object.entries({ phone, desk })) {
    await visitor.page.setViewportSize(viewport)
    await settle(visitor.page)
    await visitor.page.evaluate('scrollTo(0, 0)')
    for (const barrier of await checkAccess(visitor.page))
      barriers.push(`${name} ${size}: ${JSON.stringify(barrier)}`)
    const width = Number(await visitor.page.evaluate('document.documentElement.scrollWidth'))
    if (width > viewport.width) barriers.push(`${name} ${size}: runs over by ${width - viewport.width}`)
    await visitor.shot(`designer-${name}-${size}`)
  }
}

describe('a licence to keep a stall on feast days', () => {
  const chapter = chapters()
  let hand: Hand
  let designer: Visitor
  let draft = ''

  chapter('is begun from nothing', async () => {
    designer = await arrived(await aWorker(town.bench, 'designer', 'service-centre'))
    hand = aHand(designer)
    const { page } = designer
    await designer.go(addresses.designer, {})
    await hand.go(page.getByRole('link', { name: 'خدمة جديدة' }))
    const form = page.getByRole('form', { name: 'من الصفر' })
    await hand.type(form.locator('[name=ar]'), 'رخصة بسطة في أيام الأعياد')
    await hand.type(form.locator('[name=en]'), 'Licence to keep a stall on feast days')
    await hand.type(form.locator('[name=code]'), 'LIC-91')
    await hand.choose(form.locator('[name=group]'), 'الحرف والأسواق')
    await hand.go(form.getByRole('button', { name: 'ابدأ' }))
    draft = /drafts\/([^/]+)/.exec(page.url())?.[1] ?? ''
    expect(draft).not.toBe('')
    const { box, save } = screens(hand)
    await hand.type(box('keywords'), 'بسطة، سوق، عيد')
    await hand.type(box('summary.ar'), 'بسطة في السوق أيام العيد، من الطلب إلى الرخصة.')
    await hand.type(
      box('summary.en'),
      'A stall in the market on feast days, from the request to the licence.',
    )
    await save()
    await pictured(designer, 'a-sheet')
  })

  chapter('gets four pages of questions, one of them a group that repeats', async () => {
    const s = screens(hand)
    await s.tab('النموذج')
    await s.add('#page-request', { ar: 'أي عيد؟', en: 'Feast', kind: 'اختيار واحد' })
    await hand.type(s.box('options.0.ar'), 'عيد الفطر')
    await hand.type(s.box('options.0.en'), 'Eid al-Fitr')
    await hand.type(s.box('options.1.ar'), 'عيد الأضحى')
    await hand.type(s.box('options.1.en'), 'Eid al-Adha')
    await s.save()
    await s.add('#new-field', { ar: 'كم يومًا؟', en: 'Days', kind: 'عدد صحيح' })
    await s.open('#all-form-pages-request-fields', 'اكتب طلبك')
    await hand.go(s.edit.getByRole('button', { name: 'احذف' }))
    await s.add('#new-page', { ar: 'بسطاتك', en: 'Stalls page' })
    await s.add('#list-fields', { ar: 'البسطات', en: 'Stalls', kind: 'مجموعة تتكرر' })
    await s.open('#list-fields', 'الاسم')
    await s.words('label', 'ماذا تبيع؟', 'What you sell')
    await s.save()
    await s.add('#new-field', { ar: 'مساحتها بالمتر المربع', en: 'Area', kind: 'عدد بكسور' })
    await pictured(designer, 'b-group')
    await s.add('#new-page', { ar: 'من يبيع', en: 'Seller' })
    await s.add('#list-fields', { ar: 'هل الجهة جمعية خيرية؟', en: 'Charity', kind: 'نعم أو لا' })
    await s.add('#new-field', { ar: 'رقم تسجيل الجمعية', en: 'Registration' })
    await s.condition('when', 'هل الجهة جمعية خيرية؟', 'نعم')
    await s.save()
    await pictured(designer, 'b-question')
    await s.add('#new-field', { ar: 'هل تبيع طعامًا؟', en: 'Food', kind: 'نعم أو لا' })
    await s.add('#new-page', { ar: 'المكان', en: 'Place page' })
    await s.add('#list-fields', { ar: 'مكان البسطة', en: 'Place', kind: 'عنوان' })
    await s.tab('النموذج')
    await pictured(designer, 'b-form')
  })

  chapter('asks for three papers, one of them of who sells food', async () => {
    const s = screens(hand)
    await s.tab('الوثائق')
    await s.add('#new-paper', { ar: 'صورة المكان', en: 'Photo of the place', kind: 'صورة فوتوغرافية' })
    await s.add('#new-paper', { ar: 'شهادة صحية', en: 'Health certificate', kind: 'شهادة صحية' })
    await s.condition('when', 'هل تبيع طعامًا؟', 'نعم')
    await s.save()
    await pictured(designer, 'c-papers')
  })

  chapter('costs by the square metre and the day, and nothing for a charity', async () => {
    const s = screens(hand)
    await s.tab('الرسوم')
    await s.add('#new-fee', { ar: 'رسم البسطة', en: 'Stall fee', kind: 'بعد القرار' })
    await hand.type(s.box('amount.o.p0.amount'), '3')
    const times = s.edit.getByRole('group', { name: 'مضروبًا في' })
    await hand.click(times.getByRole('checkbox', { name: 'كم يومًا؟' }))
    await hand.click(times.getByRole('checkbox', { name: /^مجموع/ }))
    await hand.click(s.edit.getByRole('button', { name: 'إعفاء' }))
    await s.box('amount.free.0.0.subject').waitFor()
    await hand.choose(s.box('amount.free.0.0.subject'), 'هل الجهة جمعية خيرية؟')
    await s.box('amount.free.0.0.value').waitFor()
    await hand.choose(s.box('amount.free.0.0.value'), 'نعم')
    await s.pick('dueKind', 'أجور الأسواق')
    await s.save()
    await pictured(designer, 'd-fee')
  })

  chapter('ends in a licence', async () => {
    const s = screens(hand)
    await s.tab('الشهادة')
    await s.add('#new-output', { ar: 'رخصة بسطة', en: 'Stall licence', kind: 'رخصة' })
    await hand.type(
      s.box('body.ar'),
      'ترخّص البلدية لـ{اسم صاحب الطلب}، هوية {رقم هويته}، بسطة في {أي عيد؟} لمدة {كم يومًا؟} أيام.\n\nحُررت بتاريخ {اليوم}.',
    )
    await hand.type(
      s.box('body.en'),
      'The town licenses {name}, identity {idNumber}, to keep a stall on {feast} for {days} days.\n\nIssued on {day}.',
    )
    await s.tick('أجوبة تظهر في جدول', 'البسطات', 'رقم تسجيل الجمعية', 'مكان البسطة')
    await s.save()
    await pictured(designer, 'e-output')
  })

  chapter('goes through six steps, two offices asked side by side', async () => {
    const s = screens(hand)
    await s.tab('المسار')
    await s.open('#all-steps', 'تدقيق الطلب')
    await s.add('#new-steps', { ar: 'رأي الدوائر', en: 'Opinions', kind: 'آراء معًا' })
    await s.open('#list-opinions', 'الرأي الأول')
    await s.words('name', 'رأي التخطيط', 'Planning')
    await s.pick('office', 'دائرة التخطيط والتطوير')
    await s.save()
    await hand.go(s.edit.getByRole('link', { name: 'أغلق' }))
    await s.open('#list-opinions', 'الرأي الثاني')
    await s.words('name', 'رأي الأشغال', 'Works')
    await s.save()
    await s.open('#all-steps', 'القرار')
    await s.pick('office', 'مكتب رئيس البلدية')
    await s.pick('role', 'مدير المركز')
    await s.save()
    await s.add('#new-steps', { ar: 'دفع الرسم', en: 'Payment', kind: 'دفع' })
    await s.add('#new-steps', { ar: 'توقيع الرخصة', en: 'Signature', kind: 'توقيع' })
    await s.open('#all-steps', 'إبلاغ مقدم الطلب')
    await s.words('name', 'تسليم الرخصة', 'Handing over')
    await s.pick('kind', 'تسليم وإغلاق')
    await s.save()
    await pictured(designer, 'f-path')
  })

  chapter('says five things on the way', async () => {
    const s = screens(hand)
    await s.tab('الرسائل')
    await s.open('#all-messages', 'عند استحقاق رسم')
    await hand.type(s.box('text.ar'), 'لمتابعة طلبك {رقم الطلب} ادفع {المبلغ} من البوابة أو المركز.')
    await hand.type(s.box('text.en'), 'To go on with {number} pay {amount} on the portal or at the centre.')
    await s.save()
    await pictured(designer, 'g-messages')
    await s.tab('الفحص')
    await pictured(designer, 'h-check')
  })

  chapter('has two examples, recorded by filling it in and doing its steps', async () => {
    const s = screens(hand)
    const { page } = designer
    const does = (name: string) => hand.go(page.getByRole('button', { name: new RegExp(`^${name}`) }).first())
    const record = async (charity: boolean, name: { ar: string; en: string }) => {
      await s.tab('الأمثلة')
      await hand.go(page.getByRole('link', { name: 'سجّل مثالًا' }).first())
      await hand.click(page.getByRole('group', { name: 'أي عيد؟' }).getByRole('radio', { name: 'عيد الفطر' }))
      await hand.type(page.getByLabel('كم يومًا؟'), '3')
      await does('التالي')
      await hand.type(
        page.locator('[name="stalls.0.name"]').or(page.locator('[name^="stalls.0."]').first()).first(),
        'ألعاب أطفال',
      )
      await hand.type(page.locator('[name="stalls.0.area"]'), '6')
      await does('التالي')
      const yesNo = (question: string, answer: boolean) =>
        hand.click(
          page.getByRole('group', { name: question }).getByRole('radio', { name: answer ? 'نعم' : 'لا' }),
        )
      await yesNo('هل الجهة جمعية خيرية؟', charity)
      await yesNo('هل تبيع طعامًا؟', !charity)
      await does('التالي')
      if (charity) {
        await hand.type(page.getByLabel('رقم تسجيل الجمعية'), 'RA-1182')
        await does('التالي')
      }
      await hand.type(page.locator('[name="place.block"]'), '3')
      await hand.type(page.locator('[name="place.parcel"]'), '118')
      await does('قدّم الطلب')
      await does('وافق')
      await does('أبدِ الرأي')
      await does('أبدِ الرأي')
      await does('وافق')
      if (!charity) await does('دُفع')
      await does('وقّع')
      await does('سلّم')
      await hand.type(page.locator('[name="name.ar"]'), name.ar)
      await hand.type(page.locator('[name="name.en"]'), name.en)
      await pictured(designer, `i-recorded-${name.en.split(' ')[0]}`)
      await does('احفظه مثالًا')
    }
    await record(true, { ar: 'جمعية خيرية معفاة', en: 'Charity exempt' })
    await record(false, { ar: 'بائع طعام يدفع', en: 'Trader pays' })
    await pictured(designer, 'j-examples')
    await seen(page.getByText('نجح 2 من 2').first())
  })

  chapter('is reviewed by a second person and published', async () => {
    const { page } = designer
    await hand.go(page.getByRole('link', { name: 'راجع وانشر' }))
    await pictured(designer, 'k-review')
    await hand.type(
      page.getByLabel('ما الذي غيّرته').or(page.locator('textarea[name=note]')).first(),
      'خدمة جديدة لأيام الأعياد',
    )
    await hand.go(page.getByRole('button', { name: 'اطلب الاعتماد' }))
    const reviewer = await arrived(town.staff.manager)
    await reviewer.go(addresses.designerDraft, { draft })
    await pictured(reviewer, 'l-reviewer')
    await leaving(reviewer.page, () => reviewer.page.getByRole('button', { name: /^اعتمد/ }).click())
    await designer.go(addresses.designerDraft, { draft })
    await hand.go(page.getByRole('button', { name: 'انشر' }))
    await pictured(designer, 'm-published')
    // What writing a whole service takes: a page that asks for more presses shows itself here.
    expect(hand.clicks).toBeLessThanOrEqual(150)
    expect(hand.keys).toBeLessThanOrEqual(1_300)
    expect(designer.troubles).toEqual([])
    expect(barriers).toEqual([])
  })

  chapter('is filed by a citizen, and goes through every office to the licence', async () => {
    const story = await aStory(town, { first: 'سعاد' })
    const { citizen: applicant } = story
    await startFrom(applicant, 'LIC-91')
    await logInCitizen(applicant, story.applicant)
    await applicant.press(words.citizen.start)
    await applicant.choose('أي عيد؟', 'عيد الأضحى')
    await applicant.fill('كم يومًا؟', '٤')
    await applicant.press(words.citizen['save-next'])
    await applicant.page.locator('[name^="stalls.0."]').first().fill('حلويات')
    await applicant.page.locator('[name="stalls.0.area"]').fill('5')
    await applicant.press(words.citizen['save-next'])
    await applicant.choose('هل الجهة جمعية خيرية؟', 'لا')
    await applicant.choose('هل تبيع طعامًا؟', 'نعم')
    await applicant.press(words.citizen['save-next'])
    await writePlace(town, applicant, 'مكان البسطة')
    await applicant.press(words.citizen['save-next'])
    for (const paper of ['صورة عن الهوية الشخصية', 'صورة المكان', 'شهادة صحية'])
      await attach(applicant, paper, await aPhoto(paper))
    await applicant.press(words.citizen['save-review'])
    await applicant.press(words.citizen.confirm)
    expect(await readNumber(applicant)).toMatch(/^\d+\/2026$/)

    await story.at('clerk', 'officeRequest', approve)
    const opine = async (visitor: Visitor) => {
      await visitor.page.getByRole('textbox', { name: /^رأيك/ }).fill('لا مانع في هذا المكان')
      await visitor.pressBeginning('أبدِ الرأي')
    }
    await story.at('planner', 'officeRequest', opine)
    await story.at('roads', 'officeRequest', opine)
    await story.at('manager', 'officeRequest', approve)
    await story.at('collector', 'counterCollect', async collector => {
      // Three shekels for each of five square metres on each of four days.
      await seen(collector.page.getByText('60.00').first())
      await collector.press(words.counter.collect)
    })
    await story.at('mayor', 'officeRequest', async mayor => {
      await mayor.fill(words.act.password, town.staff.mayor.password)
      await mayor.fill(words.act.code, codeOf(town, 'mayor'))
      await mayor.press(words.act['act-sign'])
    })
    await story.at('clerk', 'officeRequest', clerk => clerk.press(words.act['act-hand-over']))
    await story.visits('myRequest', async () => {
      await seen(applicant.page.getByText(words.ui['state-done']).first())
      await applicant.shot('designer-n-done')
    })
    expect(story.troubles()).toEqual([])
  })
})

describe('the pages of the designer', () => {
  test('take a step by dragging, an undo by its key, a name at the cursor, and say what is wrong while it is typed', async () => {
    const worker = await aWorker(town.bench, 'designer', 'service-centre')
    const designer = await arrived(worker)
    const { page } = designer
    const draft = await town.write(tx => beginNextVersion(tx, 'ELE-01', { kind: 'staff', id: worker.id }))
    const content = async () => (await town.read(tx => readDraft(tx, draft, worker.id))).content
    const steps = async () => (await content()).steps?.map(step => step.id) ?? []
    await designer.go(addresses.designerPart, { draft, part: 'path' })
    const before = await steps()
    const items = page.locator('#all-steps [data-drag]')
    await leaving(page, () => items.nth(2).dragTo(items.nth(0)))
    expect((await steps())[0]).toBe(before[2])
    await leaving(page, () => page.keyboard.press('Control+z'))
    expect(await steps()).toEqual(before)

    await designer.go(addresses.designerPart, { draft, part: 'messages' }, { open: 'messages/received' })
    await page.locator('[name="text.ar"]').fill('وصل طلبك ')
    await page.getByRole('button', { name: '{رقم الطلب}' }).click()
    await seen(page.getByText('وصل طلبك 12345/2026'))
    await seen(page.getByText('رسالة واحدة').first())
    await page
      .locator('[name="text.ar"]')
      .fill('نص أطول مما تحمله رسالة واحدة من سبعين حرفًا، فيصير جزأين ويكلف البلدية ضعفها')
    await seen(page.locator('[data-sms-shown]').getByText('جزآن'))

    const paper = (await content()).papers?.[0]?.id ?? ''
    await designer.go(addresses.designerPart, { draft, part: 'papers' }, { open: `papers/${paper}` })
    await page.locator('#f-when details.formula summary').click()
    await page.locator('[name="when.formula"]').pressSequentially('nobody = 3')
    await seen(page.locator('#f-when').getByText('«nobody»'))
    await leaving(page, () => page.keyboard.press('F9'))
    expect(page.url()).toContain('/parts/examples')
    expect(designer.troubles).toEqual([])
  })
})
