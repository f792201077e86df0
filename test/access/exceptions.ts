import type { AccessName } from '../../src/kernel/access/index.ts'
import type { Localized } from '../../src/lib/localized.ts'
import type { Kind } from './marks.ts'

type Because = { because: Localized }
const say = (ar: string, en: string): Localized => ({ ar, en })

const linked = say(
  'الرابط الذي وصل صاحب الطلب يدل على مكان طلبه، بلا اسم',
  'the link a person was sent leads to where their request stands, and to no name',
)
const bothSides = say(
  'التوكيل يراه طرفاه، وكل منهما باسم الآخر',
  'a mandate is shown to both sides, by the name of the other',
)
const takesPlace = say(
  'من له توكيل يأخذ مكان موكله، ويُقال له باسم من يعمل',
  'whoever has a mandate takes the place of who gave it, and is told in whose name they act',
)
const causeAsWritten = say(
  'يقرأ المدقق سبب كل عمل كما كتبه صاحبه، ولا يفتح ملفًا',
  'the auditor reads the cause of each act as whoever did it wrote it, and opens no file',
)
const oneAccount = say(
  'ما على المرء حساب واحد: يدل كل بند على طلبه، ولا يفتحه إلا من له ذلك',
  'what somebody owes is one account: each line leads to its request, which opens to who may',
)

/** Routes where something in the address opens more than who asks does, to what kinds of value, and why. */
export const opened: Record<string, { kinds: readonly Kind[] } & Because> = {
  '/verify/:code': {
    kinds: ['name', 'certificate', 'id', 'number'],
    because: say(
      'رمز الوثيقة يُظهر لمن يحملها لمن هي وهل هي صحيحة',
      'the code that stands on a paper shows whoever holds it whose it is and whether it holds',
    ),
  },
  '/track/:token': { kinds: ['number', 'id'], because: linked },
  '/s/:code': { kinds: ['number', 'id'], because: linked },
}

const besideRequest = {
  names: ['dues.read'],
  because: say(
    'من له قراءة الذمم يراها بجانب الطلب',
    'whoever may read the dues of the applicant sees them beside the request',
  ),
} as const

/** Panes of a page that ask for a name of their own before they are drawn, beside those of the route. */
export const panes: Record<string, { names: readonly AccessName[] } & Because> = {
  '/office/requests/:id': besideRequest,
  // The same page, shown again with what was typed.
  '/office/requests/:id/acts/:act': besideRequest,
  '/office/requests/:id/letters': besideRequest,
  '/office/requests/:id/notes': besideRequest,
}

/** Values of another family that a page shows by its purpose to whoever it lets read the row itself. */
export const carried: Record<string, { kinds: readonly Kind[] } & Because> = {
  '/counter/people/:person/looks': {
    kinds: ['reason', 'original', 'plan'],
    because: say(
      'يطبع الشباك لصاحب الملف الواقف عنده من اطّلع ولماذا',
      'the counter prints who looked and why for the person who stands there',
    ),
  },
  '/office/audit': { kinds: ['original', 'plan', 'exemption', 'charge'], because: causeAsWritten },
  '/office/audit/:entry': { kinds: ['original', 'plan', 'exemption', 'charge'], because: causeAsWritten },
  '/counter/people/:person/statement': { kinds: ['id'], because: oneAccount },
  '/counter/people/:person/dues': { kinds: ['id'], because: oneAccount },
}

/** What a program may ask of the person whose request it filed, while that is open or for a day after a look-up that the person was told of. */
export const toPartners: Record<string, { kinds: readonly Kind[] } & Because> = {
  '/api/v1/people/:person/dues': {
    kinds: ['amount', 'charge', 'id'],
    because: say(
      'برنامج قدّم طلبًا عن صاحبه يسأل عن ذمته ما دام الطلب مفتوحًا',
      'a program asks what somebody owes while a request it filed for them is open',
    ),
  },
  '/api/v1/people/:person/usages': {
    kinds: ['reason', 'original', 'plan', 'number'],
    because: say(
      'بوابة تُظهر لصاحب البيانات كل من استعملها، بمفتاح لهذا الغرض وحده',
      'a portal shows people every use of their data, by a key with that scope, while a request it filed for them is open',
    ),
  },
}

/** Pages where whoever acts for somebody sees for whom, before taking their place. */
export const toAgents: Record<string, { kinds: readonly Kind[] } & Because> = {
  '/my/mandates': { kinds: ['name', 'id'], because: bothSides },
  '/my/mandates/:mandate': { kinds: ['name', 'id'], because: bothSides },
  '/my/in-place': { kinds: ['name', 'id'], because: takesPlace },
}

/** Tables an act may write in of whoever acts, though it was refused: what was typed waits for a log-in, and tries are counted. */
export const keptAside: readonly string[] = ['parked_form', 'session', 'api_key']

/** Acts that a word in the address or in the form opens, to whoever has it. */
export const openActs: Record<string, Because> = {
  '/turn/:visit/leave': {
    because: say('من بيده قسيمة الدور يردّه', 'whoever has the slip of a turn may give it back'),
  },
}

const queue = say('كم ينتظر في القاعة، والكل يراه', 'how many wait in the hall, for everybody to see')

/** Pages whose figures are of the whole town on purpose and say how many, never whose; and one that is new each time. */
export const ofWholeTown: Record<string, Because> = {
  '/office/security/app': {
    because: say('سر جديد في كل مرة، وصورته', 'a secret made anew each time, and its picture'),
  },
  '/turn': { because: queue },
  '/hall': { because: queue },
  '/hall/turn': { because: queue },
  '/open/status': {
    because: say('كم رسالة تنتظر، والكل يقرؤه', 'how many messages wait, for everybody to read'),
  },
}

const left = {
  upload: say(
    'رفع ملف قطعة قطعة، تفحصه اختبارات الرفع',
    'an upload sent in pieces; its own tests hold it to its sender',
  ),
  provider: say(
    'كلمة السر في العنوان لمزوّد الرسائل، ولا جواب فيه لأحد',
    'the secret in the address is a provider’s, and nothing is answered',
  ),
  two: say(
    'قرار ينتظر شخصًا ثانيًا، ولا قرار ينتظر في البرهان',
    'a decision that waits for a second person; none waits in the proof',
  ),
  rights: say(
    'لا قاعدة حفظ ولا غرض موافقة ينتظر قرارًا، ولا ورقة أُرفقت بتصحيح',
    'no rule of keeping and no purpose of consent waits, and no paper came with a correction',
  ),
  form: say('نموذج تركه موظف غادر أو دخول انتهى', 'a form left behind by a log-in that ended'),
  cheque: say('لا شيك في بلدتي البرهان', 'no cheque lies in the towns of the proof'),
  bulletin: say('لا تعميم في بلدتي البرهان', 'nothing was told to many in the towns of the proof'),
} as const

/** Routes that nothing in the towns of the proof fills, and why. */
export const unfilled: Record<string, Because> = Object.fromEntries(
  (
    [
      ['upload', ['/uploads', '/uploads/:id']],
      ['provider', ['/hooks/messages/:token/report', '/hooks/messages/:token/incoming']],
      [
        'two',
        [
          '/manage/staff/proposals/:proposal',
          '/manage/staff/proposals/:proposal/half',
          '/office/releases/:release',
          '/manage/treasury/reversals/:proposal',
        ],
      ],
      ['form', ['/manage/staff/:staff/forms/:form', '/office/handed/:form', '/continue/:token']],
      [
        'rights',
        [
          '/manage/consents/:purpose/end',
          '/manage/holds/:hold/end',
          '/manage/retention/:rule/review',
          '/office/corrections/:correction/papers/:document',
        ],
      ],
      ['cheque', ['/manage/treasury/cheques/:cheque']],
      [
        'bulletin',
        [
          '/office/bulletins/:bulletin',
          '/office/bulletins/:bulletin/edit',
          '/office/bulletins/:bulletin/column',
          '/office/bulletins/:bulletin/review',
        ],
      ],
    ] as const
  ).flatMap(([why, patterns]) => patterns.map(pattern => [pattern, { because: left[why] }])),
)
