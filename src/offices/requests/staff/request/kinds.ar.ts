/** ما يُعمل في خطوات الآراء والجهات الخارجية والكشف واللجان والطلبات الفرعية. */
export const ar = {
  'done-opine': 'أُبدي الرأي',
  'done-record': 'سُجّل جواب الجهة',
  'done-appoint': 'حُدّد موعد الكشف',
  'done-missed': 'لم يوجد أحد في موعد الكشف',
  'done-parts-ended': 'انتهت الطلبات الفرعية',
  'done-effect-failed': 'تعذّر التنفيذ الآلي',
  'done-escalate': 'رُفع إلى من فوقه لتأخره',
  'done-move-deadline': 'تغيّر الموعد لإغلاق أُعلن',
  'did-opine': 'سُجّل رأيك في {number}.',
  'did-record': 'سُجّل الجواب في {number}.',
  'did-appoint': 'حُدّد موعد الكشف في {number}، ووصل إلى صاحبه.',
  'did-missed': 'سُجّل في {number} أنه لم يوجد أحد، وأُخبر صاحبه.',
  'did-parts-ended': 'مضى {number}.',
  'did-effect-failed': 'عاد {number} إلى الموظفين.',
  'did-escalate': 'رُفع {number}.',
  'did-move-deadline': 'تغيّر موعد {number}.',
} as const
