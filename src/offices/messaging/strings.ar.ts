export const ar = {
  'phones-title': 'هواتف البلدة التجريبية',
  'phones-lead': 'هذه رسائل البلدة كما تصل إلى هواتف الناس. لا يخرج منها شيء من هذا الجهاز.',
  'phones-empty-title': 'لم تُرسل رسالة بعد',
  'phones-empty': 'قدّم طلبًا أو أنجز خطوة، وتظهر الرسالة هنا.',
  'phone-title': 'هاتف {name}',
  'phone-back': 'كل الهواتف',
  'phone-last': 'آخر الرسائل',
  'phone-count':
    '{count, plural, zero {لا رسائل} one {رسالة واحدة} two {رسالتان} few {# رسائل} many {# رسالة} other {# رسالة}}',
} as const
