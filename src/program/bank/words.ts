/** The words of the pretended bank's pages; it belongs to the demo, and speaks Arabic alone. */
export const words = {
  name: 'بنك التجربة',
  title: 'صفحة الدفع',
  demo: 'هذا بنك للتجربة: لا يأخذ مالًا ولا يسأل عن بطاقة. اختر ما يجيب به.',
  amount: 'المبلغ',
  for: 'عن',
  number: 'رقم العملية',
  over: 'انتهت هذه العملية',
  back: 'عد إلى البلدية',
  wrong: 'لا نعرف هذه العملية، أو تغيّر شيء في عنوانها. عد إلى صفحة البلدية وابدأ منها.',
  expired: 'انتهى وقت هذه العملية. عد إلى صفحة البلدية وابدأ من جديد.',
  choices: {
    pay: ['ادفع', 'يُقبل الدفع ويُبلَّغ الخبر فورًا'],
    delayed: ['ادفع، والخبر يتأخر', 'يصل البلدية خبر الدفع بعد دقيقة'],
    doubled: ['ادفع، والخبر يتكرر', 'يصل البلدية الخبر نفسه ثلاث مرات'],
    lost: ['ادفع، والخبر يضيع', 'لا يصل خبر، فتسأل البلدية البنك بعد دقائق'],
    wrong: ['ادفع مبلغًا آخر', 'يأخذ البنك أقل من المطلوب'],
    poor: ['رصيد غير كافٍ', 'يرفض البنك العملية'],
    refuse: ['ارفض', 'يرفض البنك العملية'],
    cancel: ['ألغِ وعد', 'لا يؤخذ شيء'],
  },
  outcomes: { pending: 'تنتظر', paid: 'دُفعت', refused: 'رُفضت', cancelled: 'أُلغيت' },
  currencies: { ILS: 'شيكل', JOD: 'دينار', USD: 'دولار' } as Record<string, string>,
} as const

export type Choice = keyof typeof words.choices
export const isChoice = (text: string): text is Choice => Object.hasOwn(words.choices, text)
