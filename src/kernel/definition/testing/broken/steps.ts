import { small, wide } from './broken.ts'

/** The way through the steps: where they lead, what they allow, what they name. */
export const brokenSteps = [
  small('step-unknown', 'a branch to nowhere', [['to: decision', 'to: nowhere']]),
  wide('step-unknown', 'a way back to nowhere', [['to: visit', 'to: nowhere']]),
  small(
    'step-unreachable',
    'a step nothing leads to',
    [['{ when: kind = "small", to: decision }', '{ to: decision }']],
    { below: 3 },
  ),
  wide(
    'step-unreachable',
    'a question nobody comes to',
    [
      [
        '{ id: sound, kind: yes-no, label: { ar: سليم, en: Sound } }\n',
        '{ id: sound, kind: yes-no, label: { ar: سليم, en: Sound } }\n    next: [{ to: defence }]\n',
      ],
    ],
    { below: 2, also: ['rule-fields-later', 'loop-endless'] },
  ),
  small(
    'step-dead-end',
    'steps that turn in a circle',
    [['acts: [hand-over]', 'acts: [hand-over]\n    next: [{ to: handover }]']],
    {
      below: -6,
      also: ['loop-endless', 'step-dead-end'],
    },
  ),
  wide(
    'step-dead-end',
    'a licence that never comes to an end',
    [['acts: [sign]', 'acts: [sign]\n    next: [{ to: entry }]']],
    {
      below: -7,
      also: ['loop-endless', 'step-dead-end', 'step-unreachable'],
    },
  ),
  small(
    'loop-endless',
    'a way back that reads what was asked on filing',
    [
      [
        'acts: [approve, reject]',
        'acts: [approve, reject]\n    next: [{ when: kind = "large", to: survey }]',
      ],
    ],
    { below: 1 },
  ),
  wide(
    'loop-endless',
    'a way back that reads what was found before it',
    [['acts: [sign]', 'acts: [sign]\n    next: [{ when: metres > 100, to: council }]']],
    { below: 1 },
  ),
  small('act-missing', 'a decision that cannot refuse', [['acts: [approve, reject]', 'acts: [approve]']]),
  wide('act-missing', 'a visit nobody can appoint', [
    ['acts: [approve, appoint, missed, return]', 'acts: [approve]'],
  ]),
  wide('act-missing', 'a committee that cannot refuse', [['acts: [approve, reject]', 'acts: [approve]']]),
  small('act-unfit', 'refusing when all is done', [['acts: [hand-over]', 'acts: [hand-over, reject]']]),
  small('act-unfit', 'paying at a review', [
    ['acts: [approve, ask-papers]', 'acts: [approve, pay, ask-papers]'],
  ]),
  wide('act-unfit', 'signing at a committee', [['acts: [approve, reject]', 'acts: [approve, reject, sign]']]),
  small(
    'bulk-unfit',
    'approving unseen what decides',
    [['acts: [approve, reject]', 'acts: [approve, reject]\n    bulk: true']],
    {
      below: 1,
    },
  ),
  small(
    'bulk-unfit',
    'approving unseen what asks for a field',
    [['acts: [approve, ask-papers]', 'acts: [approve, ask-papers]\n    bulk: true']],
    { below: 1 },
  ),
  small(
    'step-setting',
    'a fee at a review',
    [['reads: [rooms]', 'reads: [rooms]\n    feePoint: after-decision']],
    { below: 1 },
  ),
  wide('step-setting', 'days of a visit', [
    ['acts: [approve, appoint, missed, return]', 'days: 5\n    acts: [approve, appoint, missed, return]'],
  ]),
  wide(
    'step-setting',
    'what gatherers of opinions are never asked',
    [
      [
        '    join: { atLeast: 2 }',
        '    join: { atLeast: 2 }\n    proofs: [{ id: photo, name: { ar: صورة, en: Photo }, accept: [jpeg] }]',
      ],
    ],
    { below: 1 },
  ),
  small('fee-point-missing', 'a payment without its fee', [['    feePoint: after-decision\n', '']], {
    below: -7,
    also: ['fee-never-paid', 'rule-fields-later'],
  }),
  wide('fee-point-missing', 'another payment without its fee', [['    feePoint: before-study\n', '']], {
    below: -7,
    also: ['fee-never-paid'],
  }),
  small(
    'fee-point-empty',
    'a payment of a fee there is not',
    [['feePoint: after-decision', 'feePoint: before-execution']],
    {
      also: ['fee-never-paid', 'rule-fields-later'],
    },
  ),
  wide(
    'fee-point-empty',
    'a payment before a handover that costs nothing',
    [['feePoint: before-study', 'feePoint: before-handover']],
    {
      also: ['fee-never-paid'],
    },
  ),
  small('fee-never-paid', 'a fee nobody collects', [['at: after-decision', 'at: before-execution']], {
    also: ['fee-point-empty', 'rule-fields-later'],
  }),
  wide('fee-never-paid', 'a study nobody pays for', [['at: before-study', 'at: before-handover']], {
    also: ['fee-point-empty'],
  }),
  small('effect-missing', 'an execution without effect', [['    effect: planning.record\n', '']], {
    below: -7,
  }),
  wide('effect-missing', 'an entry without effect', [['    effect: planning.record\n', '']], { below: -7 }),
  small('effect-unknown', 'an effect no office has', [['effect: planning.record', 'effect: planning.dance']]),
  wide('effect-unknown', 'an effect of no office', [['effect: planning.record', 'effect: moon.record']]),
  small('output-missing', 'a signature of nothing', [['    output: letter\n', '']], {
    below: -7,
    also: ['output-never-signed'],
  }),
  wide('output-missing', 'a licence that is not named', [['    output: licence\n', '']], {
    below: -8,
    also: ['output-never-signed'],
  }),
  small('output-unknown', 'a signature of what there is not', [['output: letter', 'output: poem']], {
    also: ['output-never-signed'],
  }),
  wide('output-unknown', 'a licence by another name', [['output: licence', 'output: permit']], {
    also: ['output-never-signed'],
  }),
  small(
    'output-never-signed',
    'a letter nobody signs',
    [
      [
        'outputs:\n',
        'outputs:\n  - { id: second, kind: letter, name: { ar: كتاب, en: Letter }, template: letter, signer: mayor }\n',
      ],
    ],
    { below: 1 },
  ),
  wide(
    'output-never-signed',
    'a certificate nobody signs',
    [
      [
        'outputs:\n',
        'outputs:\n  - { id: second, kind: certificate, name: { ar: شهادة, en: Paper }, signer: head }\n',
      ],
    ],
    { below: 1 },
  ),
]
