import type { Localized } from '../model.ts'

/** Parts of a service under which its differences are told, in the order in which they are read. */
export const parts = [
  'sheet',
  'form',
  'papers',
  'fees',
  'dues',
  'steps',
  'outputs',
  'grounds',
  'messages',
  'examples',
] as const
export type DifferencePart = (typeof parts)[number]

const t = (ar: string, en: string): Localized => ({ ar, en })

/** Which part a key of a definition belongs to; what is not named is of the sheet. */
export const partOf: Readonly<Record<string, DifferencePart>> = {
  form: 'form',
  papers: 'papers',
  known: 'papers',
  fees: 'fees',
  tariffs: 'fees',
  dues: 'dues',
  steps: 'steps',
  ladder: 'steps',
  outputs: 'outputs',
  grounds: 'grounds',
  messages: 'messages',
  examples: 'examples',
}

type Item = { one: Localized; added: Localized; removed: Localized; moved: Localized }

/** A kind of item: masculine and feminine words agree in Arabic. */
const item = (one: Localized, gender: 'm' | 'f'): Item => {
  const a = gender === 'f' ? 'ة' : ''
  return {
    one,
    added: t(`${one.ar} جديد${a}`, `New ${one.en}`),
    removed: t(`${one.ar} محذوف${a}`, `Removed ${one.en}`),
    moved: t(`${one.ar} في غير موضع${gender === 'f' ? 'ها' : 'ه'}`, `Moved ${one.en}`),
  }
}

/** What the items of a list are, by the key it stands under. */
export const items: Readonly<Record<string, Item>> = {
  pages: item(t('صفحة', 'page'), 'f'),
  fields: item(t('سؤال', 'question'), 'm'),
  options: item(t('خيار', 'choice'), 'm'),
  papers: item(t('وثيقة', 'paper'), 'f'),
  known: item(t('معلومة تعرفها البلدية', 'thing the town knows'), 'f'),
  fees: item(t('رسم', 'fee'), 'm'),
  tariffs: item(t('قيمة', 'amount'), 'f'),
  steps: item(t('خطوة', 'step'), 'f'),
  opinions: item(t('رأي', 'opinion'), 'm'),
  parts: item(t('خدمة مضمومة', 'part'), 'f'),
  proofs: item(t('إثبات', 'proof'), 'm'),
  outputs: item(t('وثيقة صادرة', 'document'), 'f'),
  grounds: item(t('سبب رفض', 'ground of refusal'), 'm'),
  messages: item(t('رسالة', 'message'), 'f'),
  toConfirm: item(t('أمر ينتظر التأكيد', 'fact to confirm'), 'm'),
  examples: item(t('مثال', 'example'), 'm'),
  keywords: item(t('كلمة بحث', 'search word'), 'f'),
  channels: item(t('طريق تقديم', 'way to file'), 'm'),
  applicants: item(t('صفة مقدم', 'capacity'), 'f'),
  acts: item(t('إجراء', 'act'), 'm'),
  accept: item(t('نوع ملف', 'kind of file'), 'm'),
  reads: item(t('جواب يُقرأ', 'answer read'), 'm'),
  rows: item(t('سطر', 'row'), 'm'),
  kinds: item(t('نوع ذمة', 'kind of due'), 'm'),
  above: item(t('حد', 'limit'), 'm'),
}

/** What a key says of the thing it stands in. */
export const keys: Readonly<Record<string, Localized>> = {
  code: t('الرمز', 'Code'),
  version: t('رقم الإصدار', 'Version'),
  group: t('المجموعة', 'Group'),
  name: t('الاسم', 'Name'),
  summary: t('الوصف', 'Summary'),
  office: t('الدائرة', 'Office'),
  time: t('الوقت اللازم', 'Time needed'),
  legalBasis: t('السند القانوني', 'Legal basis'),
  procedure: t('إجراءات التنفيذ', 'Procedure'),
  title: t('العنوان', 'Title'),
  intro: t('المقدمة', 'Introduction'),
  label: t('النص', 'Wording'),
  hint: t('الشرح', 'Hint'),
  words: t('النص', 'Wording'),
  what: t('النص', 'Wording'),
  source: t('المصدر', 'Source'),
  when: t('الشرط', 'Condition'),
  optional: t('اختياري', 'Optional'),
  sensitive: t('محجوب عن الموظفين', 'Masked from staff'),
  kind: t('النوع', 'Kind'),
  min: t('الحد الأدنى', 'Least'),
  max: t('الحد الأعلى', 'Most'),
  range: t('المدى', 'Range'),
  prefill: t('ما يُعرض مسبقًا', 'What is offered'),
  currency: t('العملة', 'Currency'),
  accountKind: t('نوع الحساب', 'Kind of account'),
  billing: t('طريقة الدفع', 'Billing'),
  validDays: t('مدة الصلاحية', 'Validity'),
  original: t('يُطلب الأصل', 'Original shown'),
  at: t('موعد الاستيفاء', 'When it is due'),
  amount: t('المبلغ', 'Amount'),
  dueKind: t('نوع الذمة', 'Kind of due'),
  refundable: t('يُرد', 'Returned later'),
  from: t('من يوم', 'From'),
  until: t('حتى يوم', 'Until'),
  confirmed: t('مؤكد', 'Confirmed'),
  note: t('ملاحظة', 'Note'),
  neverHeld: t('لا توقفها الذمم أبدًا', 'Never held for dues'),
  rule: t('قاعدة الذمم', 'Rule of dues'),
  minor: t('الحد', 'Limit'),
  officeWhen: t('الدائرة بحسب الحال', 'Office by the case'),
  role: t('الصفة الوظيفية', 'Role'),
  hours: t('المهلة', 'Time allowed'),
  next: t('الطريق بعدها', 'The way on'),
  bulk: t('الموافقة على كثير معًا', 'Many at once'),
  deferral: t('الموعد عند التأجيل', 'The promise while put off'),
  feePoint: t('الرسم الذي يُدفع', 'Fee paid'),
  effect: t('الأثر', 'Effect'),
  lapseDays: t('مدة انتظار الجواب', 'Days an answer is awaited'),
  output: t('ما يُوقَّع', 'What is signed'),
  join: t('متى يكفي', 'When it is enough'),
  body: t('النص', 'Text'),
  days: t('أيام انتظار الرد', 'Days awaited'),
  presence: t('حضور صاحب الطلب', 'Presence'),
  service: t('الخدمة', 'Service'),
  answers: t('الأجوبة', 'Answers'),
  auto: t('يجري وحده', 'By itself'),
  tries: t('عدد المحاولات', 'Tries'),
  ladder: t('سلم التصعيد', 'Ladder'),
  afterHours: t('بعد', 'After'),
  template: t('القالب', 'Template'),
  signer: t('الموقّع', 'Signer'),
  form: t('طريقة التوقيع', 'Way of signing'),
  inWords: t('بكلمات الموظف', 'In the officer’s words'),
}
