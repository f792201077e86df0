import { small, wide } from './broken.ts'

/** What each kind of step must say, and who is asked side by side. */
export const brokenKinds = [
  wide('lapse-missing', 'a question that waits for ever', [['    lapseDays: 10\n', '']], { below: -8 }),
  small(
    'lapse-missing',
    'a review made a question',
    [['    kind: review\n    office: planning', '    kind: confirmation\n    office: planning']],
    {
      below: -2,
      also: ['question-missing', 'act-missing', 'act-unfit', 'message-missing', 'message-missing'],
    },
  ),
  wide(
    'question-missing',
    'a question that asks nothing',
    [
      [
        '    fields:\n      - { id: mended, kind: yes-no, label: { ar: أصلحت, en: Mended } }\n    next:\n      - { when: mended = true, to: visit }\n',
        '',
      ],
    ],
    { below: -9 },
  ),
  small(
    'question-missing',
    'a decision made a question',
    [['    kind: decision\n', '    kind: confirmation\n    lapseDays: 3\n']],
    { below: -2, also: ['act-missing', 'act-unfit', 'act-unfit', 'message-missing', 'message-missing'] },
  ),
  wide('opinions-missing', 'opinions of nobody', [['kind: site-visit', 'kind: opinions']], {
    below: -2,
    also: [
      'act-missing',
      'act-unfit',
      'act-unfit',
      'act-unfit',
      'step-setting',
      'message-never',
      'message-never',
    ],
  }),
  small(
    'opinions-missing',
    'a review made opinions',
    [
      ['    kind: review\n    office: planning', '    kind: opinions\n    office: planning'],
      ['acts: [approve]', 'acts: [opine]'],
    ],
    { below: -2 },
  ),
  wide(
    'parts-missing',
    'services that are not named',
    [['    parts:\n      - { id: water, service: TST-01, answers: { kind: \'"small"\' } }\n', '']],
    { below: -9, also: ['field-unused'] },
  ),
  small(
    'parts-missing',
    'a review made services',
    [
      ['    kind: review\n    office: planning', '    kind: parts\n    office: planning'],
      ['acts: [approve]', 'acts: [parts-ended]'],
    ],
    { below: -2 },
  ),
  wide('part-service-unknown', 'a part the town does not offer', [['service: TST-01', 'service: TST-99']]),
  wide(
    'part-service-unknown',
    'a part in a town that offers nothing else',
    [['service: TST-01', 'service: TST-01']],
    {
      around: { services: ['TST-02'] },
    },
  ),
  wide('part-itself', 'a service that is a part of itself', [['service: TST-01', 'service: TST-02']]),
  small(
    'part-itself',
    'another that is',
    [
      [
        '    kind: review\n    office: planning',
        '    kind: parts\n    parts: [{ id: own, service: TST-01 }]\n    office: planning',
      ],
      ['acts: [approve]', 'acts: [parts-ended]'],
    ],
    { below: 1 },
  ),
  wide('join-impossible', 'more opinions than there are', [['atLeast: 2', 'atLeast: 4']]),
  wide('join-impossible', 'opinions that are never asked together', [
    ['atLeast: 2', 'atLeast: 3'],
    [
      '        role: officer\n        hours: 6',
      '        role: officer\n        when: food = false\n        hours: 6',
    ],
  ]),
  wide('join-weak', 'more than are always asked', [['atLeast: 2', 'atLeast: 3']]),
  wide('join-weak', 'a part that may not be filed', [
    ['join: all', 'join: { atLeast: 1 }'],
    ['{ id: water, service: TST-01,', '{ id: water, service: TST-01, when: food = true,'],
  ]),
  wide(
    'body-missing',
    'attestation by nobody',
    [['    body: { ar: الدفاع المدني, en: Civil Defence }\n', '']],
    { below: -8 },
  ),
  wide(
    'body-missing',
    'a committee without its body',
    [['    body: { ar: اللجنة المحلية, en: Local committee }\n', '']],
    { below: -8 },
  ),
  wide('days-missing', 'attestation without days', [['    days: 5\n', '']], { below: -9 }),
  small(
    'days-missing',
    'a review made attestation',
    [
      [
        '    kind: review\n    office: planning',
        '    kind: outside\n    body: { ar: الوزارة, en: The ministry }\n    office: planning',
      ],
      ['acts: [approve]', 'acts: [record]'],
    ],
    { below: -2, also: ['message-missing'] },
  ),
  wide('auto-unfit', 'tries of what people do', [['    auto: true\n', '']]),
  small(
    'auto-unfit',
    'more tries of what people do',
    [['effect: planning.record', 'effect: planning.record\n    tries: 3']],
    { below: 1 },
  ),
  wide(
    'auto-asks',
    'a field nobody will fill in',
    [
      [
        '    tries: 2\n',
        '    tries: 2\n    fields: [{ id: page, kind: text, label: { ar: الصفحة, en: Page } }]\n',
      ],
    ],
    { below: 1 },
  ),
  small(
    'auto-asks',
    'a photo nobody will attach',
    [
      [
        'effect: planning.record',
        'effect: planning.record\n    auto: true\n    proofs: [{ id: photo, name: { ar: صورة, en: Photo }, accept: [jpeg] }]',
      ],
    ],
    { below: 2 },
  ),
]
