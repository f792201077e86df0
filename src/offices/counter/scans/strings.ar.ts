/** نصوص مجلد الماسح. */
export const ar = {
  'take-last': 'خذ آخر مسح: {name}، {at}',
  'take-last-pages':
    'خذ آخر مسح: {name}، {count, plural, one {صفحة واحدة} two {صفحتان} few {# صفحات} other {# صفحة}}',
  waiting: 'عند الماسح {count, plural, two {ملفان} few {# ملفات} other {# ملفًا}} لم تُرفق.',
  refused: 'لم يُقبل «{name}» من الماسح.',
  'scan-taken': 'أُرفق هذا المسح من قبل. خذ الذي بعده.',
} as const
