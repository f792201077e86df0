import { type DomainError, type Fault, InvalidInput } from '../lib/errors.ts'

/** Arabic titles of the problems the API answers with, by stable code; the status's own title where a code has none. */
const titles: Record<string, string> = {
  'invalid-input': 'في المدخلات أخطاء، انظر faults',
  'api-key-missing': 'أرسل مفتاح الواجهة في ترويسة Authorization',
  'scope-missing': 'لا يسمح مفتاحك بهذا',
  'idempotency-key-reused': 'استُعمل مفتاح التكرار هذا مع محتوى آخر',
  'bad-idempotency-key': 'مفتاح التكرار من 8 إلى 128 حرفًا لاتينيًا أو رقمًا',
  'no-such-page': 'لا شيء بهذا العنوان',
  'body-too-large': 'المحتوى أكبر من المسموح',
  'field-too-long': 'في إحدى الخانات نص أطول من المسموح',
  'too-many-requests': 'طلبات كثيرة في وقت قصير. أعد المحاولة بعد المدة المذكورة',
  'idempotency-key-missing': 'هذا الفعل يحتاج ترويسة Idempotency-Key',
  'json-expected': 'أرسل المحتوى بصيغة JSON',
  'bad-json': 'المحتوى ليس JSON سليمًا',
  'bad-address': 'في العنوان رقم غير سليم',
  'bad-cursor': 'المؤشر ليس من صفحة سابقة',
  'service-retired': 'لم تعد هذه الخدمة تُقدَّم',
  'channel-closed': 'لا تُقدَّم هذه الخدمة عبر الواجهة البرمجية',
  'capacity-not-accepted': 'لا تُقدَّم هذه الخدمة بهذه الصفة',
  'dues-hold': 'على مقدّم الطلب ذمم توقف هذه الخدمة',
  'no-such-service': 'لا خدمة بهذا الرمز',
  'no-such-request': 'لا طلب بهذا الرقم بين ما قدّمته',
  'no-such-receipt': 'لا سند قبض بهذا الرقم بين ما يخصك',
  'no-such-person': 'لا شخص بهذا الرقم بين من سألت عنهم',
  'no-such-charge': 'لا ذمة بهذا الرقم بين ما يخصك',
  'not-available': 'لا يُقبل هذا الفعل والطلب على حاله هذه',
  'not-yours': 'هذا الفعل ليس لك',
  'cause-missing': 'لا يُفتح ملف شخص بلا مهمة أو زيارة أو سبب',
  'papers-required': 'سمِّ الوثائق التي ترسلها',
  'unknown-paper': 'لم تُطلب هذه الوثيقة',
  'charge-overpaid': 'المبلغ أكبر من الباقي',
  'charge-cancelled': 'أُلغيت هذه الذمة',
  'file-empty': 'الملف فارغ',
  'file-too-large': 'الملف أكبر من 25 ميغابايت',
  'file-type-refused': 'لا نقبل هذا النوع من الملفات',
  'file-missing': 'لم يصل ملف',
  'pdf-active-content': 'في الملف برامج، ولا نقبلها',
  'pdf-unreadable': 'ملف PDF معطوب أو مقفل',
  'image-unreadable': 'الصورة معطوبة',
  'file-infected': 'في الملف فيروس',
  'document-waits-for-scan': 'الملف بانتظار فحص الفيروسات، أعد المحاولة بعد دقائق',
  'document-infected': 'في الملف فيروس، ولا يُفتح',
  'no-room': 'امتلأ مكان الحفظ، ولم يُحفظ شيء. أعد الطلب بالمفتاح نفسه بعد المدة المذكورة',
  busy: 'الازدحام شديد. أعد الطلب بالمفتاح نفسه بعد المدة المذكورة',
  away: 'قاعدة البيانات لا تجيب الآن. أعد الطلب بالمفتاح نفسه بعد المدة المذكورة',
  'image-too-large': 'الصورة أكبر مما يُقبل',
}

const byStatus: Record<number, string> = {
  400: 'لم نفهم ما وصلنا',
  401: 'الدخول مطلوب',
  403: 'غير مسموح',
  404: 'غير موجود',
  409: 'تغيّرت الحال قبل وصول الطلب',
  503: 'جزء من النظام لا يجيب الآن',
}

/** Refusals whose facts help a program to go on; those of others may name what is not theirs to know. */
const telling = new Set(['dues-hold', 'charge-overpaid', 'scope-missing', 'capacity-not-accepted'])

/** An error as problem+json (RFC 9457) with a stable `code` and an Arabic `title`. */
export function problem(error: DomainError | undefined, reference: string): Response {
  const status = error?.code === 'body-too-large' ? 413 : (error?.status ?? 500)
  const code = error?.code ?? 'internal'
  return respond(status, {
    type: 'about:blank',
    status,
    code,
    title: titleOf(code, status),
    ...(error instanceof InvalidInput ? { faults: error.faults.map(toFault) } : {}),
    ...(error && telling.has(code) ? { details: error.details } : {}),
    ...(error ? {} : { reference }),
  })
}

/** The answer to who asks more often than agreed. */
export const tooManyRequests = (): Response =>
  respond(429, {
    type: 'about:blank',
    status: 429,
    code: 'too-many-requests',
    title: titleOf('too-many-requests', 429),
  })

const titleOf = (code: string, status: number): string =>
  titles[code] ?? byStatus[status] ?? 'توقف الطلب عندنا، ولم يُحفظ شيء'

/** Where it is wrong, as a JSON pointer into the body; a form's own name of a field is made one. */
function toFault({ field, ...rest }: Fault) {
  const place = /^[#?]/.test(field) ? field : `#/${field.split('.').join('/')}`
  return { pointer: place, ...rest }
}

function respond(status: number, body: Record<string, unknown>): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': 'ar',
      ...(status === 401 && { 'www-authenticate': 'Bearer' }),
    },
  })
}
