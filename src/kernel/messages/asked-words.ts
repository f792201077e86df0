import { wordsOf } from '../../lib/arabic.ts'
import type { MessageKind } from './kinds.ts'

/** Words as people text them, folded once: أ إ آ ا are one, ة is ه, ى is ي. Each is known with and without its article. */
const folded = (text: string): ReadonlySet<string> => {
  const words = wordsOf(text)
  return new Set([...words, ...words.filter(word => !word.startsWith('ال')).map(word => `ال${word}`)])
}

export const stopWords = folded('إيقاف ايقاف أوقف أوقفوا وقف وقفوا بطل stop unsubscribe off')
export const startWords = folded('تشغيل شغل شغلوا تفعيل فعل فعلوا عودة استئناف start subscribe on resume')
export const helpWords = folded('مساعدة ساعدني ساعدوني تعليمات أوامر help info commands')
export const yesWords = folded(
  'نعم اه آه أيوه ايوا أجل تم تمام انصلح انصلحت تصلح تصلحت أصلح أصلحت yes ok fixed',
)
export const noWords = folded('لا لأ لسا لسه كلا مش ما لم no not')

/** What is asked by «رصيد»; each alone is enough. */
export const balanceWords = folded(
  'رصيد رصيدي حسابي حساب ذمة ذمتي ذمم مستحق مستحقات مستحقاتي دين ديون ديوني فاتورة فاتورتي فواتير فواتيري balance dues owe bill account',
)
/** «كم علي»، «شو عليّ»: two words that together ask the same. */
export const owedWords = folded('علي عليا عليي مطلوب مطلوبات مني')
export const muchWords = folded('كم قديش اديش شو ما كام قد much how')

/** What stands around the number of a request and says nothing more. */
export const requestWords = folded(
  `طلب طلبي بطلبي بطلب لطلبي طلبية معاملة معاملتي شكوى شكواي شكوتي بلاغ بلاغي رقم رقمه رقمها رقمي نمرة لسنة سنة عام لعام حالة وضع
   متابعة استعلام استفسار وين أين وصل وصلت صار صارت متى إيش شو ما هو هي عن في على بخصوص مرحبا سلام عليكم من فضلك لو سمحت
   request number no nr status of my where is what year`,
)

/** Around «رصيد» and an account. */
export const accountWords = folded(
  `رقم حساب الحساب اشتراك اشتراكي عداد كهرباء مياه ماء مي الكهربا رسوم من في على عن لو سمحت عندي عندكم لي electricity water
   subscription number no my the is of what do i`,
)

/** What a count is of: «4 أيام وأنا أنتظر» rates nothing. */
export const countedThings = folded(
  'يوم يوما يومين أيام ساعة ساعات دقيقة دقائق أسبوع أسابيع شهر شهور أشهر سنة سنوات سنين مرة مرات شيكل دينار دولار متر أمتار بيوت أشخاص days hours weeks months times',
)

export const starWords = folded('نجمة نجوم نجمات علامة درجة stars star')

/** Figures written as words, for an answer that is nothing else. */
export const figures: ReadonlyMap<string, 1 | 2 | 3 | 4 | 5> = new Map(
  (
    [
      ['واحد واحدة one', 1],
      ['اثنان اثنين اثنتين تنين ثنين two', 2],
      ['ثلاثة ثلاث تلاتة تلات three', 3],
      ['أربعة أربع four', 4],
      ['خمسة خمس five', 5],
    ] as const
  ).flatMap(([words, figure]) => wordsOf(words).map(word => [word, figure] as const)),
)

/** Which messages «إيقاف …» names. */
export const kindWords: ReadonlyMap<string, readonly MessageKind[]> = new Map(
  (
    [
      ['توعية توعوية إعلان إعلانات نصائح awareness', ['awareness']],
      ['فاتورة فواتير bills bill', ['bill']],
      ['تذكير تذكيرات تقسيط أقساط قسط reminder reminders', ['reminder']],
      ['تقييم تقييمات استطلاع استطلاعات رأي survey surveys', ['survey']],
      ['طلب طلبات طلبي طلباتي معاملات معاملاتي خطوات steps requests', ['step', 'thread']],
    ] as const
  ).flatMap(([words, kinds]) => [...folded(words)].map(word => [word, kinds] as const)),
)
export const everythingWords = folded('كل كلها كلو جميع جميعها كافة all everything')
/** «إيقاف الرسائل»، «أوقفوا رسائلكم عني». */
export const messageWords = folded(
  'رسالة رسائل رسايل رسائلكم مسجات sms messages message عني لي من فضلك لو سمحت اشتراك خدمة please',
)
