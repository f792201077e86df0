export const ar = {
  title: 'اليوم',
  'sign-call':
    '{count, plural, one {ورقة واحدة تنتظر توقيعك} two {ورقتان تنتظران توقيعك} few {# أوراق تنتظر توقيعك} many {# ورقة تنتظر توقيعك} other {# ورقة تنتظر توقيعك}}',
  'sign-oldest': 'أقدمها منذ',
  'sign-start': 'اقرأ ووقّع',
  'sign-none': 'لا شيء ينتظر توقيعك',
  'late-title': 'أي دائرة متأخرة',
  'late-none': 'لا دائرة متأخرة اليوم.',
  'late-count':
    '{count, plural, one {طلب واحد متأخر} two {طلبان متأخران} few {# طلبات متأخرة} many {# طلبًا متأخرًا} other {# طلب متأخر}}',
  'yesterday-title': 'أمس',
  'fig-received': 'وردت',
  'fig-done': 'أُنجزت',
  'fig-open': 'مفتوحة الآن',
  'fig-late': 'متأخرة الآن',
  'fig-rating': 'تقييم الناس',
  'fig-rating-value': '{average} من 5',
  'fig-median': 'وسيط الإنجاز',
  'fig-days': '{count, plural, one {يوم} two {يومان} few {# أيام} many {# يومًا} other {# يوم}}',
  none: 'لا شيء بعد',
  'complaints-call':
    '{count, plural, one {شكوى على مدير تنتظر قراءتك} two {شكويان على مدير تنتظران قراءتك} few {# شكاوى على مدير تنتظر قراءتك} many {# شكوى على مدير تنتظر قراءتك} other {# شكوى على مدير تنتظر قراءتك}}',
  'complaints-open': 'اقرأها',
  'more-outgoing': 'سجل الصادر',
  'more-feedback': 'تقييم الناس',
  'more-inbox': 'مهامي',
} as const
