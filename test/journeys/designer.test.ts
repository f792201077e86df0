import { beforeAll, describe, expect } from 'vitest'
import { addresses } from '../../src/lib/addresses.ts'
import { totpCode } from '../../src/offices/people/index.ts'
import { settle } from '../browser.ts'
import type { BuiltStaff } from '../builders/people.ts'
import { aWorker } from '../builders/requests.ts'
import { aHand, type Hand, screens } from './designer.ts'
import { chapters } from './story.ts'
import { aJourneyTown, type JourneyTown } from './town.ts'
import { aVisitor, desk, leaving, phone, seen, type Visitor } from './visitor.ts'
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

/** Both widths of a page, kept where pictures are asked for. */
async function pictured(visitor: Visitor, name: string): Promise<void> {
  for (const [size, viewport] of Object.entries({ phone, desk })) {
    await visitor.page.setViewportSize(viewport)
    await settle(visitor.page)
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
    await hand.go(s.edit.getByRole('link', { name: 'أغلق' }))
    await s.add('#list-fields', { ar: 'مساحتها بالمتر المربع', en: 'Area', kind: 'عدد بكسور' })
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
  void [leaving, seen]
})
