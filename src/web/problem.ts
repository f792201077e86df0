import { type DomainError, InvalidInput } from '../lib/errors.ts'

/** Arabic titles of the problems the API answers with, by stable code; the status's own title where a code has none. */
const titles: Record<string, string> = {
  'invalid-input': 'في المدخلات أخطاء، انظر faults',
  'api-key-missing': 'أرسل مفتاح الواجهة في ترويسة Authorization',
  'scope-missing': 'لا يسمح مفتاحك بهذا',
  'idempotency-key-reused': 'استُعمل مفتاح التكرار هذا مع محتوى آخر',
  'bad-idempotency-key': 'مفتاح التكرار من 8 إلى 128 حرفًا لاتينيًا أو رقمًا',
  'no-such-page': 'لا شيء بهذا العنوان',
  'body-too-large': 'المحتوى أكبر من المسموح',
}

const byStatus: Record<number, string> = {
  400: 'لم نفهم ما وصلنا',
  401: 'الدخول مطلوب',
  403: 'غير مسموح',
  404: 'غير موجود',
  409: 'تغيّرت الحال قبل وصول الطلب',
  503: 'جزء من النظام لا يجيب الآن',
}

/** An error as problem+json (RFC 9457) with a stable `code` and an Arabic `title`. */
export function problem(error: DomainError | undefined, reference: string): Response {
  const status = error?.status ?? 500
  const code = error?.code ?? 'internal'
  const body = {
    type: 'about:blank',
    status,
    code,
    title: titles[code] ?? byStatus[status] ?? 'توقف الطلب عندنا، ولم يُحفظ شيء',
    ...(error instanceof InvalidInput ? { faults: error.faults } : {}),
    ...(error ? {} : { reference }),
  }
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', 'content-language': 'ar' },
  })
}
