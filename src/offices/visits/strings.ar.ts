export const ar = {
  // messages
  'sms-soon':
    'دورك {turn} بعد نحو {minutes, plural, few {# دقائق} other {# دقيقة}}. إن تأخرت عن النداء يبقى لك {grace, plural, one {دقيقة} two {دقيقتان} few {# دقائق} other {# دقيقة}}.',
  'sms-soon-unmeasured':
    'اقترب دورك {turn}: قبلك {ahead}. إن تأخرت عن النداء يبقى لك {grace, plural, one {دقيقة} two {دقيقتان} few {# دقائق} other {# دقيقة}}.',
  'sms-turn':
    'دورك {turn}، قبلك {ahead}، بعد نحو {minutes, plural, few {# دقائق} other {# دقيقة}}. لتركه أرسل: الغاء',
  'sms-turn-unmeasured': 'دورك {turn}، وقبلك {ahead}. نخبرك حين يقترب. لتركه أرسل: الغاء',
  'sms-which': 'أرسل: دور ثم رقم ما تريده: {list}',
  'sms-closed': 'الأدوار في ساعات الدوام: {hours}',
  'sms-too-many': 'لا نستطيع أن نعطيك دورًا آخر اليوم. تعال إلى مركز الخدمات.',
  'sms-none': 'ليس لهذا الهاتف دور ينتظر. لأخذ دور أرسل: دور',
  'sms-cancelled': 'تركت دورك {turn}.',
  'sms-hint': 'لأخذ دور أرسل: دور',
} as const
