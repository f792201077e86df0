export const ar = {
  'sms-paid': 'وصلنا {amount} بالدفع الإلكتروني. سند القبض {receipt} في «ذممي».',
  'sms-late-account':
    'وصلنا {amount} بعد أن سُدّد المبلغ بغيرها. بقي لك في حسابك {rest}، يُحسم مما عليك لاحقًا. السند {receipt}.',
  'sms-late-refund':
    'وصلنا {amount} بعد أن سُدّد المبلغ بغيرها. سنعيد إليك {rest} بالطريقة التي دفعت بها. السند {receipt}.',
  'sms-mismatch': 'وصلنا من البنك مبلغ غير المطلوب ({amount}). لم نسدّد به شيئًا، والمحاسب ينظر فيه ونخبرك.',
  'sms-refunded': 'أعدنا إليك {amount} بالطريقة التي دفعت بها. قد تظهر في حسابك بعد أيام.',
  'sms-plan':
    'وافقنا على تقسيط {total} على {count, plural, two {قسطين} few {# أقساط} other {# قسطًا}} بقرار {decision}. القسط الأول {amount} يوم {date}.',
  'sms-instalment': 'تذكير: قسطك {amount} يستحق يوم {date}. ادفعه من البوابة أو المركز ليبقى التقسيط ساريًا.',
  'late-reason': 'وصل المبلغ بعد السداد',
  'refund-voucher': 'إعادة دفعة إلكترونية: {reason}',
} as const
