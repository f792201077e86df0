import { small, wide } from './broken.ts'

const known = 'known: []'
const lasting = '{ key: base, from: 2026-07-01, amount: 12, currency: ILS, confirmed: false }'

/** Papers, tariffs, documents, messages, words, cases, and fields nobody uses. */
export const brokenContents = [
  small('field-unused', 'a list nobody reads', [
    ['- id: rooms', '- id: rooms'],
    ['reads: [rooms]', 'reads: [area]'],
  ]),
  wide('field-unused', 'a finding nobody reads', [
    [
      '{ id: zone, kind: text,',
      '{ id: colour, kind: text, label: { ar: اللون, en: Colour } }\n          - { id: zone, kind: text,',
    ],
  ]),
  small('field-unused', 'a text nobody reads', [
    [
      '        - id: area\n',
      '        - { id: colour, kind: text, label: { ar: اللون, en: Colour } }\n        - id: area\n',
    ],
  ]),
  small('reads-unknown', 'a field there is not', [['reads: [rooms]', 'reads: [rooms, doors]']]),
  wide('reads-unknown', 'an opinion that reads what there is not', [
    ['reads: [place]', 'reads: [place, site]'],
  ]),

  wide('paper-twice', 'one plan for two cases that meet', [['when: use = "shop"', 'when: food = true']], {
    below: 1,
  }),
  small(
    'paper-twice',
    'a plan and a plan',
    [
      [
        'papers:\n',
        'papers:\n  - { id: drawing, name: { ar: رسم, en: Drawing }, kind: plan, accept: [pdf] }\n',
      ],
    ],
    { below: 5 },
  ),
  wide(
    'paper-known',
    'a paper asked though it is known',
    [
      ['{ id: dues-statement,', '{ id: plan,'],
      ['- id: plan\n', '- id: drawing\n'],
    ],
    {
      below: -8,
      also: ['paper-known', 'example-unknown'],
    },
  ),
  small(
    'paper-known',
    'a plan the town has',
    [
      ['    kind: plan', '    kind: plan'],
      [
        known,
        'known:\n  - { id: plan, name: { ar: مخطط, en: Plan }, source: { ar: من الأرشيف, en: From the archive } }',
      ],
    ],
    { also: ['duplicate-id'] },
  ),
  small('paper-town-knows', 'a clearance of dues', [['kind: plan', 'kind: dues-clearance']]),
  wide('paper-town-knows', 'a building licence', [['kind: plan', 'kind: building-licence']]),
  small(
    'paper-wrong-party',
    'a lease of an owner',
    [['    when: area > 100\n    kind: plan', '    kind: lease']],
    { below: 0 },
  ),
  small('paper-wrong-party', 'a power of attorney of a tenant', [
    ['    when: area > 100\n    kind: plan', '    when: capacity = "tenant"\n    kind: power-of-attorney'],
  ]),
  wide('paper-wrong-party', 'a certificate of inheritance of everybody', [
    ['    when: use = "plant"\n    kind: plan', '    kind: inheritance-certificate'],
  ]),
  wide('paper-party-unproven', 'a guardian nobody asks', [
    ['applicants: [principal, agent]', 'applicants: [principal, agent, guardian]'],
  ]),
  small('paper-party-unproven', 'an agent nobody asks', [
    ['applicants: [principal, tenant]', 'applicants: [principal, agent]'],
  ]),

  small(
    'papers-none',
    'papers asked for where there are none',
    [
      ['    acts: [approve, ask-papers]', '    acts: [approve, ask-papers]'],
      [
        'papers:\n  - id: plan\n    name: { ar: مخطط, en: Plan }\n    when: area > 100\n    kind: plan\n    accept: [pdf]\n',
        'papers: []\n',
      ],
    ],
    { below: -5, also: ['message-never'] },
  ),
  small(
    'papers-none',
    'a survey that asks for papers there are not',
    [
      ['    reads: [rooms]\n    acts: [approve]', '    reads: [rooms]\n    acts: [approve, ask-papers]'],
      [
        'papers:\n  - id: plan\n    name: { ar: مخطط, en: Plan }\n    when: area > 100\n    kind: plan\n    accept: [pdf]\n',
        'papers: []\n',
      ],
    ],
    { below: -4, also: ['message-never'] },
  ),
  small('tariff-gap', 'a spring without a fee', [
    ['{ key: base, from: 2026-01-01, amount', '{ key: base, from: 2026-01-01, until: 2026-03-31, amount'],
  ]),
  wide('tariff-gap', 'a day without a fee', [['until: 2026-06-30', 'until: 2026-06-29']]),
  small('tariff-late', 'a fee that begins later than the others', [
    ['key: perMetre, from: 2026-01-01', 'key: perMetre, from: 2026-02-01'],
  ]),
  wide(
    'tariff-late',
    'a fee that begins after the service',
    [['key: licence, from: 2026-01-01', 'key: licence, from: 2026-03-01']],
    {
      around: { today: '2026-02-01' },
    },
  ),
  small('tariff-ends', 'a fee for one year', [
    [lasting, lasting.replace('2026-07-01', '2026-07-01, until: 2026-12-31')],
  ]),
  wide('tariff-ends', 'a licence fee for one year', [
    ['{ key: licence, from: 2026-01-01', '{ key: licence, from: 2026-01-01, until: 2026-12-31'],
  ]),
  small('tariff-turned', 'an amount that ends before it begins', [
    [lasting, lasting.replace('2026-07-01', '2026-07-01, until: 2026-02-01')],
  ]),
  wide('tariff-turned', 'another', [
    ['{ key: licence, from: 2026-01-01', '{ key: licence, from: 2026-01-01, until: 2025-01-01'],
  ]),
  small(
    'tariff-unused',
    'an amount no fee takes',
    [
      [
        'tariffs:\n',
        'tariffs:\n  - { key: old, from: 2026-01-01, amount: 5, currency: ILS, confirmed: true }\n',
      ],
    ],
    { below: 1 },
  ),
  wide('tariff-unused', 'another no fee takes', [['amount: tariff.study', 'amount: money(5, "ILS")']], {
    below: 10,
  }),
  small('tariff-duplicate', 'two values from one day', [['from: 2026-07-01', 'from: 2026-01-01']]),
  wide('tariff-duplicate', 'two licence fees from one day', [
    ['dues: {', '  - { key: licence, from: 2026-01-01, amount: 4, currency: ILS, confirmed: true }\ndues: {'],
  ]),
  small(
    'tariff-currency',
    'a tariff that changes its currency',
    [['amount: 12, currency: ILS', 'amount: 12, currency: JOD']],
    {
      also: ['rule-not-money'],
    },
  ),
  wide(
    'tariff-currency',
    'a study paid in dollars later',
    [['amount: 25, currency: ILS', 'amount: 25, currency: USD']],
    {
      also: ['rule-not-money'],
    },
  ),
  small('tariff-amount', 'more places than a shekel has', [
    ['amount: 12, currency', "amount: '12.555', currency"],
  ]),
  wide('tariff-amount', 'a tenth of an agora', [['amount: 3, currency', "amount: '0.001', currency"]]),

  wide('output-name-unknown', 'a licence that names nobody knows what', [
    ['{decision.council}.', '{colour}.'],
  ]),
  wide('output-name-unknown', 'a row that is no answer', [
    ['rows: [use, metres, begins]', 'rows: [use, metres, begins, colour]'],
  ]),
  wide('output-name-unknown', 'a decision of no committee', [['{session.council} لـ', '{session.visit} لـ']]),
  wide('output-syntax', 'a brace left open', [['{decision.council}.', '{decision.council.']]),
  wide('output-syntax', 'a brace too many', [
    ['committee decided for {name}:', 'committee decided for {name}}:'],
  ]),
  wide(
    'output-languages-differ',
    'a name in one language only',
    [['في جلستها {session.council} لـ{name}', 'في جلستها لـ{name}']],
    {
      below: -1,
    },
  ),
  wide('output-languages-differ', 'a day in one language only', [['قررت اللجنة', '{day}: قررت اللجنة']], {
    below: -1,
  }),

  small(
    'message-missing',
    'silence at the end',
    [["  completed: { ar: 'أنجزنا {number}', en: 'Finished {number}' }\n", '']],
    { below: -5 },
  ),
  wide(
    'message-missing',
    'a visit nobody is told of',
    [["  appointment: { ar: 'الكشف {date} {hour}', en: 'The visit is on {date} at {hour}' }\n", '']],
    { below: -4 },
  ),
  wide(
    'message-missing',
    'a letter nobody is told of',
    [["  sent-outside: { ar: 'أرسلنا طلبك إلى {body}', en: 'Your request went to {body}' }\n", '']],
    { below: -6 },
  ),
  small('message-syntax', 'braces that do not match', [['Finished {number}', 'Finished {number']]),
  wide('message-syntax', 'an empty brace', [['Finished {number}', 'Finished {number} {}']]),
  small('message-variable', 'what the occasion does not know', [['Finished {number}', 'Finished {papers}']]),
  wide('message-variable', 'what there is not', [['Finished {number}', 'Finished {colour}']]),
  wide('message-private', 'another’s telephone', [['Finished {number}', 'Finished {phone}']]),
  wide('message-private', 'an address', [['أنجزنا {number}', 'أنجزنا {place}']]),
  wide('message-early', 'on filing what the study finds', [
    ['استلمنا طلبك {number}', 'استلمنا طلبك {metres}'],
  ]),
  wide('message-early', 'with the appointment what the visit finds', [
    ['The visit is on {date} at {hour}', 'The visit {letter}'],
  ]),
  small('message-too-long', 'four parts', [
    ["ar: 'أنجزنا {number}'", `ar: 'أنجزنا {number} ${'كلمة '.repeat(45)}'`],
  ]),
  wide('message-too-long', 'four parts with the value they name', [
    [
      "approved: { ar: 'قررت اللجنة في {use}'",
      `approved: { ar: 'قررت اللجنة في {use} ${'كلمة '.repeat(38)}'`,
    ],
    [
      '{ id: plant, label: { ar: مصنع, en: Plant } }',
      `{ id: plant, label: { ar: ${'مصنع'.repeat(6)}, en: Plant } }`,
    ],
  ]),
  small('message-variables-differ', 'a number in one language only', [['Finished {number}', 'Finished']]),
  wide('message-variables-differ', 'an hour in one language only', [
    ['The visit is on {date} at {hour}', 'The visit is on {date}'],
  ]),
  small(
    'message-never',
    'a visit that never is',
    [['messages:\n', "messages:\n  appointment: { ar: 'الكشف {date}', en: 'The visit is on {date}' }\n"]],
    { below: 1 },
  ),
  small(
    'message-never',
    'a question that is never asked',
    [['messages:\n', "messages:\n  lapsed: { ar: 'لا جواب', en: 'No answer' }\n"]],
    {
      below: 1,
    },
  ),

  small('words-not-arabic', 'a label left in English', [
    ['label: { ar: المساحة, en: Area }', 'label: { ar: Area, en: Area }'],
  ]),
  wide('words-not-arabic', 'a body left in English', [
    ['{ ar: الدفاع المدني, en: Civil Defence }', '{ ar: Civil Defence, en: Civil Defence }'],
  ]),
  small('words-not-english', 'a label left in Arabic', [
    ['label: { ar: المساحة, en: Area }', 'label: { ar: المساحة, en: المساحة }'],
  ]),
  wide('words-not-english', 'a ground left in Arabic', [['en: The place is unfit', 'en: المكان لا يصلح']]),

  wide('example-unknown', 'a case of a step there is not', [['way: [intake]', 'way: [intake, dance]']]),
  wide('example-unknown', 'a case with an answer nobody asks for', [
    ['answers: { use: home }', 'answers: { use: home, colour: red }'],
  ]),
  wide('example-unknown', 'a case refused on no ground', [['ground: unfit', 'ground: whim']]),
  wide('example-unknown', 'a case with a field of another step', [
    ['fields: { metres: 20 }', 'fields: { letter: a }'],
  ]),
]
