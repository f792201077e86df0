import { checkWords } from './checks/words.ts'
import type { Localized } from './model.ts'

/** What is wrong with a definition, and the words for whoever edits it. `{…}` are filled from the fault's values. */
export const words = {
  'too-large': { ar: 'الملف أكبر من ميغابايت واحد', en: 'The file is over one megabyte' },
  'too-many-aliases': {
    ar: 'في الملف إحالات متكررة أكثر من المسموح',
    en: 'The file repeats too much by alias',
  },
  'too-deep': { ar: 'الملف متداخل أكثر من المسموح', en: 'The file is nested too deeply' },
  'yaml-syntax': { ar: 'لا يُقرأ السطر: {reason}', en: 'The line cannot be read: {reason}' },
  'not-a-service': { ar: 'الملف لا يصف خدمة', en: 'The file does not describe a service' },
  'format-missing': { ar: 'ينقص السطر «format: 1» في أول الملف', en: 'The line “format: 1” is missing' },
  'format-unknown': {
    ar: 'الملف مكتوب بصيغة {format}، وهذا الإصدار يقرأ {known}',
    en: 'The file is written in format {format}; this version reads {known}',
  },
  'needs-newer': {
    ar: 'الملف مكتوب لإصدار أحدث من البرنامج (needs: {needs}، وهذا الإصدار يعرف {known}). حدّث البرنامج أولًا',
    en: 'The file is written for a newer version of the program (needs: {needs}; this one knows {known}). Update first',
  },
  'missing-key': { ar: 'ينقص «{key}»', en: '“{key}” is missing' },
  'unknown-key': { ar: 'لا معنى لـ«{key}» هنا', en: '“{key}” means nothing here' },
  'wrong-type': { ar: 'المنتظر هنا {expected}', en: 'Expected {expected} here' },
  'not-allowed': { ar: 'القيم المسموحة: {allowed}', en: 'Allowed values: {allowed}' },
  'out-of-bounds': { ar: 'القيمة خارج حدودها', en: 'The value is out of its bounds' },
  'bad-form': { ar: 'لا تُكتب هذه القيمة هكذا', en: 'This value is not written so' },
  'empty-text': { ar: 'النص فارغ', en: 'The text is empty' },

  'not-a-common': { ar: 'الملف ليس ملف أجزاء مشتركة', en: 'The file does not hold common parts' },
  'common-name': {
    ar: 'ينقص السطر «common: {name}»، واسم الملف مثله',
    en: 'The line “common: {name}” is missing; the file is named the same',
  },
  'common-faulty': { ar: 'الملف المشترك لا يُقرأ', en: 'The common file cannot be read' },
  'part-unknown': { ar: 'لا جزء مشتركًا باسم «{part}»', en: 'There is no common part “{part}”' },
  'part-circle': { ar: 'الجزء يعود إلى نفسه: {way}', en: 'The part comes back to itself: {way}' },
  'part-depth': {
    ar: 'الجزء «{part}» داخل أكثر من {most} أجزاء',
    en: 'The part “{part}” lies inside more than {most} parts',
  },
  'part-size': {
    ar: 'الخدمة مع أجزائها المشتركة أطول من المسموح ({most} عنصر)',
    en: 'The service with its common parts is longer than allowed ({most} nodes)',
  },
  'part-keys': {
    ar: '«{key}» لا يُكتب فوق الجزء «{part}»: ليس فيه مفاتيح',
    en: '“{key}” cannot be laid over the part “{part}”: it has no keys',
  },
  'part-parameter': {
    ar: 'الجزء «{part}» ينتظر «{name}»، فاكتبه تحت with',
    en: 'The part “{part}” waits for “{name}”: write it under with',
  },
  'part-parameter-unknown': {
    ar: 'الجزء «{part}» لا ينتظر «{name}»',
    en: 'The part “{part}” does not wait for “{name}”',
  },
  'part-parameter-form': {
    ar: 'تحت with اسم وقيمة لكل ما ينتظره الجزء «{part}»',
    en: 'Under with stand a name and a value for what the part “{part}” waits for',
  },

  'duplicate-id': { ar: 'الاسم «{id}» مستعمل من قبل', en: '“{id}” is already used' },
  'reserved-id': { ar: 'الاسم «{id}» محجوز للقواعد', en: '“{id}” is reserved for rules' },
  'option-missing': { ar: 'ينقص السؤال خياران على الأقل', en: 'The question needs two options or more' },
  'option-unexpected': { ar: 'لا خيارات لهذا النوع من الأسئلة', en: 'This kind of question has no options' },
  'field-setting': {
    ar: '«{key}» لا يصلح لسؤال من نوع {kind}',
    en: '“{key}” is not for a question of kind {kind}',
  },
  'field-setting-missing': {
    ar: 'سؤال من نوع {kind} ينقصه «{key}»',
    en: 'A question of kind {kind} needs “{key}”',
  },
  'bounds-crossed': { ar: 'الحد الأدنى أكبر من الأعلى', en: 'The lower bound is over the upper one' },
  'group-nested': { ar: 'لا تُوضع قائمة داخل قائمة، ولا ملف', en: 'A list holds neither lists nor files' },
  'group-condition': { ar: 'لا شرط على سؤال داخل قائمة', en: 'A question inside a list takes no condition' },

  'rule-syntax': { ar: 'لا تُقرأ القاعدة', en: 'The rule cannot be read' },
  'rule-unknown-name': { ar: 'القاعدة تسمي ما لا يُعرف هنا', en: 'The rule names what is unknown here' },
  'rule-unknown-option': {
    ar: '«{option}» ليس من خيارات «{name}»',
    en: '“{option}” is not among the choices of “{name}”',
  },
  'rule-type': { ar: 'القاعدة لا تستقيم', en: 'The rule does not hold together' },
  'rule-not-boolean': { ar: 'الشرط يجب أن يكون نعم أو لا', en: 'A condition must be yes or no' },
  'rule-not-money': {
    ar: 'المبلغ يجب أن يكون مالًا بعملة {currency}',
    en: 'The amount must be money in {currency}',
  },

  'no-channel': { ar: 'لا طريق لتقديم الطلب', en: 'There is no way to file' },
  'no-applicant': { ar: 'لا صفة يُقدَّم بها الطلب', en: 'Nobody may apply' },
  'office-unknown': { ar: 'لا دائرة باسم «{office}»', en: 'There is no office “{office}”' },
  'role-unknown': { ar: 'لا صفة وظيفية باسم «{role}»', en: 'There is no role “{role}”' },

  'step-unknown': { ar: 'لا خطوة باسم «{step}»', en: 'There is no step “{step}”' },
  'step-unreachable': { ar: 'لا يصل شيء إلى الخطوة «{step}»', en: 'Nothing leads to the step “{step}”' },
  'step-dead-end': {
    ar: 'لا طريق من الخطوة «{step}» إلى النهاية',
    en: 'No way leads from “{step}” to the end',
  },
  'branch-never': {
    ar: 'هذا الفرع بعد فرع بلا شرط، فلا يُبلغ',
    en: 'This branch stands after one without condition',
  },
  'act-missing': {
    ar: 'خطوة من نوع {kind} ينقصها الفعل «{act}»',
    en: 'A step of kind {kind} needs the act “{act}”',
  },
  'act-unfit': {
    ar: 'الفعل «{act}» لا يصلح لخطوة من نوع {kind}',
    en: 'The act “{act}” is not for a step of kind {kind}',
  },
  'bulk-unfit': {
    ar: '«bulk» لخطوة تدقيق لا تلزم فيها خانة',
    en: '“bulk” is only for a review that requires no field',
  },
  'step-setting': {
    ar: '«{key}» لا يصلح لخطوة من نوع {kind}',
    en: '“{key}” is not for a step of kind {kind}',
  },
  'lapse-missing': {
    ar: 'خطوة تسأل مقدم الطلب ولا تقول كم تنتظر جوابه',
    en: 'The step asks the applicant and does not say how long it waits',
  },
  'question-missing': {
    ar: 'خطوة تسأل مقدم الطلب ولا سؤال فيها',
    en: 'The step asks the applicant nothing',
  },
  'fee-point-missing': { ar: 'خطوة الدفع لا تقول أي رسم', en: 'The payment step names no fee point' },
  'fee-point-empty': { ar: 'لا رسم عند «{point}»', en: 'There is no fee at “{point}”' },
  'fee-never-paid': { ar: 'لا خطوة يُدفع فيها رسم «{point}»', en: 'No step collects the fee at “{point}”' },
  'effect-missing': { ar: 'خطوة التنفيذ لا تسمي أثرها', en: 'The step names no effect' },
  'effect-unknown': { ar: 'لا أثر مسجلًا باسم «{effect}»', en: 'No effect “{effect}” is registered' },
  'output-missing': { ar: 'خطوة التوقيع لا تسمي ما يُوقَّع', en: 'The step names nothing to sign' },
  'output-unknown': { ar: 'لا وثيقة باسم «{output}»', en: 'There is no output “{output}”' },
  'output-never-signed': { ar: 'لا خطوة تُوقَّع فيها «{output}»', en: 'No step signs “{output}”' },
  'signer-mismatch': {
    ar: 'موقّع الوثيقة {signer} غير صفة الخطوة',
    en: 'The signer {signer} is not the role of the step',
  },

  'tariff-duplicate': { ar: 'لـ«{key}» قيمتان من اليوم نفسه', en: '“{key}” has two values from one day' },
  'tariff-amount': { ar: 'لا يُقرأ المبلغ «{amount}»', en: 'The amount “{amount}” cannot be read' },
  'tariff-currency': { ar: 'عملة «{key}» تغيّرت', en: 'The currency of “{key}” changes' },
  'dues-never-held': { ar: 'خدمة لا تُوقف لا تأخذ قاعدة «hold»', en: 'A service never held cannot hold' },
  'dues-currency-twice': { ar: 'للعملة {currency} حدّان', en: 'There are two limits in {currency}' },

  'message-missing': { ar: 'تنقص رسالة «{event}»', en: 'The message “{event}” is missing' },
  'message-syntax': { ar: 'أقواس الرسالة لا تتقابل', en: 'The braces of the message do not match' },
  'message-variable': {
    ar: '«{name}» لا يُعرف في رسالة «{event}»',
    en: '“{name}” is not known in the message “{event}”',
  },
  'message-too-long': {
    ar: 'الرسالة {parts} أجزاء، والأقصى 3',
    en: 'The message takes {parts} parts; the most is 3',
  },
  'message-variables-differ': {
    ar: 'الرسالتان لا تذكران الشيء نفسه',
    en: 'The two languages do not say the same',
  },
  ...checkWords,

  'examples-missing': { ar: 'لا أمثلة للخدمة', en: 'The service has no examples' },
  'example-differs': {
    ar: 'المثال «{example}» انتهى إلى {came}، والمكتوب {expected}',
    en: 'The example “{example}” came to {came}, not {expected}',
  },
  'example-refused': {
    ar: 'المثال «{example}» لا يسير: {reason}',
    en: 'The example “{example}” does not go on: {reason}',
  },
  'branch-untaken': { ar: 'لا مثال يأخذ هذا الفرع', en: 'No example takes this branch' },
} as const satisfies Record<string, Localized>

export type DefinitionFaultCode = keyof typeof words

/** Where something stands in a service's text; `part` names the common part that brought it there. */
export type Spot = { line: number; part?: string }

/** One thing wrong with a definition. `line` starts at 1; it is 0 where there was no text (the designer). */
export type DefinitionFault = Spot & {
  /** `form.pages[0].fields[2].id`; '' is the whole. */
  path: string
  code: DefinitionFaultCode
  /** A warning is for whoever writes the service to think about; a fault keeps it from being published. */
  severity: 'fault' | 'warning'
  message: Localized
}

/** What keeps a definition from being published, of everything that was found. */
export const stopsPublishing = (found: readonly DefinitionFault[]): DefinitionFault[] =>
  found.filter(({ severity }) => severity === 'fault')

export type Path = readonly (string | number)[]
export type FaultValues = Record<string, string | number>

/** A fault before its line is known. */
export type Finding = {
  path: Path
  code: DefinitionFaultCode
  values?: FaultValues
  /** Shown at the key rather than at its value. */
  onKey?: boolean
  /** A fault unless said. */
  severity?: 'warning'
  /** Words of its own, from the rule language. */
  message?: Localized
}

function writePath(path: Path): string {
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`))
    .join('')
}

/** Words with their values. */
export const fillWords = (text: string, values: FaultValues = {}): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))

/** Words a finding; one inside a common part says so, since it shows at the line that uses it. */
export function toFault(finding: Finding, spot: Spot | number = 0): DefinitionFault {
  const { path, code, values } = finding
  const severity: DefinitionFault['severity'] = finding.severity ?? 'fault'
  const { line, part } = typeof spot === 'number' ? { line: spot } : spot
  const message = finding.message ?? {
    ar: fillWords(words[code].ar, values),
    en: fillWords(words[code].en, values),
  }
  const found = { line, path: writePath(path), code, severity }
  if (part === undefined) return { ...found, message }
  return {
    ...found,
    part,
    message: { ar: `${message.ar} (في الجزء «${part}»)`, en: `${message.en} (in the part “${part}”)` },
  }
}
