/** The privacy policy of the demo town, as its council adopted it. */
export const policy = {
  decision: '31/2026',
  ar: `تحفظ البلدية من بياناتك ما يلزم معاملاتك وحدها: اسمك ورقم هويتك وهاتفك وعنوانك، وطلباتك ومرفقاتها، وذممك ودفعاتك.

لا يفتح موظف ملفك إلا لمهمة عند دائرته، أو وأنت على شباكه، أو لكشف عندك، أو لسبب يكتبه فتقرؤه. كل اطلاع تجده في صفحة بياناتي، وتسأل عنه فيجيبك المراقب خلال عشرة أيام عمل.

لا نعطي بياناتك لأحد خارج البلدية إلا جهة شريكة سمّيتها في طلبك أو بأمر القانون. تطلب نسخة عنها وتصحيحها متى شئت.`,
  en: `The municipality keeps of your data what your affairs need and no more: your name, identity number, telephone and address, your requests with their papers, your dues and payments.

Nobody of the staff opens your file but for a task at their office, while you stand at their window, for an inspection at your place, or for a reason they write and you read. You find every look on your page, and the supervisor answers your question within ten working days.

Nobody outside the municipality gets your data but a partner you named in your request, or by order of the law. You may ask for a copy and have it corrected at any time.`,
}
