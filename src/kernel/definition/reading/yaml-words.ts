import type { Localized } from '../model.ts'

/** What the reader of YAML finds wrong, by the beginning of its words. */
const reasons: readonly [RegExp, string][] = [
  [/duplicated mapping key/, 'المفتاح مكتوب مرتين'],
  [/bad indentation/, 'المسافات في أول السطر لا تستقيم، أو في النص «:» بلا علامتي اقتباس'],
  [/deficient indentation/, 'المسافات في أول السطر أقل من اللازم'],
  [/missed comma/, 'تنقص فاصلة، أو في النص «:» أو فاصلة بلا علامتي اقتباس'],
  [/end of the stream within a flow|node content/, 'قوس لم يُغلق أو فاصلة زائدة'],
  [/quoted scalar/, 'علامة اقتباس لم تُغلق'],
  [/tab characters/, 'مسافة جدولة (Tab) في أول السطر'],
  [/single document|end of the stream or a document/, 'بعد نهاية المكتوب شيء لا مكان له'],
  [/multiline key|explicit|after a mapping key|key-value separator/, 'المفتاح لا يُكتب هكذا، أو تنقص «:»'],
  [/complex keys/, 'المفتاح يكون كلمة، لا قائمة'],
  [/alias|anchor/, 'إحالة «*» إلى ما لا يُعرف'],
  [/tag/, 'وسم «!» لا معنى له هنا'],
  [/escape|hexadecimal|JSON character/, 'علامة «\\» داخل الاقتباس لا تُكتب هكذا'],
  [/null byte|non-printable/, 'في النص علامات لا تُقرأ'],
]

/** A reason in both languages. */
export function wordReason(reason: string): Localized {
  const known = reasons.find(([pattern]) => pattern.test(reason))
  return { ar: known?.[1] ?? 'لا تُفهم كتابته', en: reason }
}
