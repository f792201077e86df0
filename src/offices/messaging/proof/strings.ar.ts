export const ar = {
  tabs: 'مكتب الرسائل',
  'tab-list': 'الرسائل',
  'tab-trouble': 'تحتاج نظرًا',
  'tab-post': 'البريد',
  'tab-templates': 'القوالب',
  'tab-providers': 'المزودون',
  'tab-figures': 'الأرقام الشهرية',
} as const
