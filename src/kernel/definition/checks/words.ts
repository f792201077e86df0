/** Words for what the checks of a whole service find; beside those of its shape in `faults.ts`. */
export const checkWords = {
  'rule-currencies': { ar: 'عملتان في حساب واحد', en: 'Two currencies in one sum' },
  'rule-fields-later': {
    ar: '«{name}» يُملأ بعد هذا الموضع، فلا يُعرف هنا',
    en: '“{name}” is filled in after this place and is not known here',
  },
  'condition-never': { ar: 'هذا الشرط لا يصح أبدًا', en: 'This condition can never hold' },
  'condition-always': { ar: 'هذا الشرط يصح دائمًا، فلا حاجة إليه', en: 'This condition always holds' },
  'branch-shadowed': {
    ar: 'ما قبل هذا الفرع يأخذ كل حال يصح فيها',
    en: 'The branches before this one take every case in which it holds',
  },
  'field-unused': {
    ar: 'لا تستعمل «{field}» قاعدة ولا خطوة ولا وثيقة ولا رسالة',
    en: 'No rule, step, document or message uses “{field}”',
  },
  'reads-unknown': { ar: 'لا خانة باسم «{name}»', en: 'There is no field “{name}”' },
  'prefill-officer': {
    ar: 'يُعرض ما تعرفه البلدية على مقدم الطلب، لا على الموظف',
    en: 'What the town knows is offered to the applicant, not to an officer',
  },
  'step-file': {
    ar: 'لا ملف بين خانات الخطوة: ما يُرفق بها يُكتب تحت proofs',
    en: 'A step has no field of a file: what is attached to it stands under proofs',
  },
  'prefill-unlike': {
    ar: '«{prefill}» لا يصلح لسؤال من نوع {kind}',
    en: '“{prefill}” does not fit a question of kind {kind}',
  },

  'paper-twice': {
    ar: 'الوثيقة نفسها («{kind}») مطلوبة في «{other}» في الحال نفسها',
    en: 'The same paper (“{kind}”) is asked as “{other}” in the same case',
  },
  'paper-known': {
    ar: '«{kind}» مطلوبة هنا، ومكتوبة بين ما تعرفه البلدية',
    en: '“{kind}” is asked here and listed among what the town knows',
  },
  'paper-town-knows': {
    ar: 'البلدية تصدر «{kind}» أو تعرفها، فلا تُطلب: اكتبها تحت known',
    en: 'The town issues or knows “{kind}”: it stands under known',
  },
  'paper-wrong-party': {
    ar: '«{kind}» لا تُطلب من «{capacity}»',
    en: '“{kind}” is not to be asked of “{capacity}”',
  },
  'paper-party-unproven': {
    ar: 'يتقدم «{capacity}» ولا يُطلب ما يثبت صفته',
    en: '“{capacity}” may apply and nothing proves it',
  },

  'papers-none': {
    ar: 'الخطوة تطلب وثائق ناقصة، وليس في الخدمة وثائق',
    en: 'The step asks for missing papers, and the service has none',
  },

  'tariff-gap': {
    ar: 'لا قيمة لـ«{key}» من {from} إلى {to}',
    en: '“{key}” has no amount from {from} to {to}',
  },
  'tariff-late': {
    ar: 'لا قيمة لـ«{key}» قبل {from}',
    en: '“{key}” has no amount before {from}',
  },
  'tariff-ends': { ar: 'لا قيمة لـ«{key}» بعد {until}', en: '“{key}” has no amount after {until}' },
  'tariff-turned': { ar: 'ينتهي قبل أن يبدأ', en: 'It ends before it begins' },
  'tariff-unused': { ar: 'لا قاعدة تستعمل «{key}»', en: 'No rule uses “{key}”' },
  'tariff-differs': {
    ar: '«{key}» له قيمة أخرى في {other}',
    en: '“{key}” has another amount in {other}',
  },

  'loop-endless': {
    ar: 'رجوع إلى «{step}» لا يقرأ شيئًا يُملأ من جديد، فلا مخرج منه',
    en: 'The way back to “{step}” reads nothing that is filled in anew: no way out',
  },
  'join-impossible': {
    ar: 'يُنتظر {wanted}، ولا يجتمع أكثر من {most}',
    en: '{wanted} are waited for, and there are never more than {most}',
  },
  'join-weak': {
    ar: 'يُنتظر {wanted}، وقد لا يُسأل إلا {sure}: يكفي حينها من سُئل',
    en: '{wanted} are waited for, and only {sure} may be asked: those asked are then enough',
  },
  'opinions-missing': { ar: 'خطوة آراء بلا آراء', en: 'A step of opinions asks for none' },
  'parts-missing': { ar: 'خطوة خدمات بلا خدمات', en: 'A step of services names none' },
  'part-service-unknown': { ar: 'لا خدمة باسم {service}', en: 'There is no service {service}' },
  'part-itself': { ar: 'الخدمة جزء من نفسها', en: 'The service is a part of itself' },
  'part-answer-unknown': {
    ar: 'لا سؤال باسم «{name}» في الخدمة {service}',
    en: 'The service {service} has no question “{name}”',
  },
  'part-answer-missing': {
    ar: 'السؤال «{name}» في الخدمة {service} لا يأتيه جواب',
    en: 'Nothing answers the question “{name}” of {service}',
  },
  'body-missing': { ar: 'لا تقول الخطوة من يقرر أو يصادق: body', en: 'The step does not say who: body' },
  'days-missing': {
    ar: 'لا تقول الخطوة في كم يوم يُنتظر الجواب: days',
    en: 'The step does not say in how many days: days',
  },
  'auto-unfit': { ar: '«{key}» لأثر يجري وحده فقط', en: '“{key}” is only for an effect run by itself' },
  'auto-asks': {
    ar: 'أثر يجري وحده، وخانة «{field}» تنتظر من يملؤها',
    en: 'The effect runs by itself, and “{field}” waits for somebody',
  },
  'ladder-order': { ar: 'الدرجة قبل التي قبلها', en: 'The rung comes before the one before it' },

  'deadline-impossible': {
    ar: 'أقصر طريق {hours} ساعة عمل، والموعد {promised}',
    en: 'The shortest way takes {hours} working hours; {promised} are promised',
  },
  'deadline-tight': {
    ar: 'أطول طريق {hours} ساعة عمل، والموعد {promised}',
    en: 'The longest way takes {hours} working hours; {promised} are promised',
  },
  'deadline-season': {
    ar: 'من {from} إلى {to} يقصر الدوام: أقصر طريق {hours} ساعة، والموعد {promised}',
    en: 'From {from} to {to} the town opens for less: the shortest way takes {hours} hours, {promised} are promised',
  },

  'signer-unfit': { ar: 'صفة «{role}» لا توقّع وثائق', en: 'The role “{role}” signs no documents' },
  'signer-nobody': {
    ar: 'لا أحد في «{office}» بصفة «{role}» ليوقّع',
    en: 'Nobody at “{office}” is “{role}” to sign',
  },
  'post-empty': {
    ar: 'لا أحد في «{office}» بصفة «{role}»',
    en: 'Nobody at “{office}” is “{role}”',
  },
  'output-name-unknown': { ar: 'لا يُعرف «{name}» في الوثيقة', en: '“{name}” is not known in the document' },
  'output-syntax': { ar: 'أقواس الوثيقة لا تتقابل', en: 'The braces of the document do not match' },
  'output-languages-differ': {
    ar: 'النصان لا يذكران الشيء نفسه',
    en: 'The two languages do not name the same',
  },

  'message-private': {
    ar: '«{name}» لا يُكتب في رسالة: قد يكون لغير من تصله، أو أطول منها',
    en: '“{name}” is not for a message: it may be another’s, or too long',
  },
  'message-early': {
    ar: '«{name}» لا يُعرف بعد حين تُرسل «{event}»',
    en: '“{name}” is not known yet when “{event}” is sent',
  },
  'message-never': {
    ar: 'لا شيء في الخدمة يرسل «{event}»',
    en: 'Nothing in the service sends “{event}”',
  },
  'words-not-arabic': { ar: 'النص العربي ليس بالعربية', en: 'The Arabic text is not in Arabic' },
  'words-not-english': { ar: 'النص الإنكليزي فيه عربية', en: 'The English text has Arabic in it' },

  'example-unknown': { ar: '«{name}» في المثال لا يُعرف', en: '“{name}” of the example is not known' },
  'code-twice': { ar: 'الرمز {code} لخدمتين', en: 'Two services have the code {code}' },
  'parts-circle': {
    ar: 'الخدمات {codes} أجزاء بعضها من بعض',
    en: 'The services {codes} are parts of each other',
  },
} as const
