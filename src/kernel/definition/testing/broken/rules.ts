import { small, wide } from './broken.ts'

/** Rules that cannot be read, do not hold together, or decide nothing. */
export const brokenRules = [
  small('rule-syntax', 'a bracket left open', [['when: area > 100', 'when: area > (100']]),
  small('rule-syntax', 'a sign too many', [['amount: tariff.base', 'amount: tariff.base *']], {
    also: ['tariff-unused'],
  }),
  small('rule-unknown-name', 'a name nobody gave', [['when: area > 100', 'when: surface > 100']]),
  small(
    'rule-unknown-name',
    'a question that looks ahead',
    [['when: kind = "large"', 'when: count(rooms) > 1']],
    { also: ['condition-never'] },
  ),
  small('rule-unknown-name', 'a paper that looks at what officers fill in', [
    ['when: area > 100', 'when: measured'],
  ]),
  small('rule-unknown-name', 'a tariff nobody wrote', [['amount: tariff.base', 'amount: tariff.basis']], {
    also: ['tariff-unused'],
  }),
  small('rule-not-boolean', 'a condition that is a number', [['when: area > 100', 'when: area * 2']]),
  small('rule-not-boolean', 'a branch that is a text', [['when: kind = "small"', 'when: kind']]),
  small('rule-not-money', 'an amount that is a number', [['amount: tariff.base', 'amount: 5 + 5']], {
    also: ['tariff-unused'],
  }),
  small(
    'rule-not-money',
    'an amount in another currency',
    [['amount: tariff.base', 'amount: tariff.perMetre']],
    {
      also: ['tariff-unused'],
    },
  ),
  small('rule-currencies', 'a sum of two currencies', [
    ['amount: tariff.base', 'amount: tariff.base + tariff.perMetre'],
  ]),
  small(
    'rule-currencies',
    'two currencies compared',
    [['when: measured = true', 'when: tariff.base > tariff.perMetre']],
    { also: ['field-unused'] },
  ),
  wide('rule-currencies', 'one of two currencies', [
    ['tariff.licence * metres', 'if use = "shop" then tariff.licence * metres else money(5, "JOD")'],
  ]),
  small('rule-type', 'a number beside a text', [['when: area > 100', 'when: area > "x"']]),
  wide('rule-type', 'a date beside a number', [['when: food = true', 'when: begins > 5']], {
    also: ['field-unused'],
  }),
  small('rule-unknown-option', 'a choice nobody has', [['when: kind = "large"', 'when: kind = "huge"']], {
    also: ['condition-never', 'condition-always'],
  }),
  wide(
    'rule-unknown-option',
    'a capacity nobody applies in',
    [['when: capacity = "agent"', 'when: capacity = "heir"']],
    {
      also: ['condition-never', 'paper-party-unproven'],
    },
  ),
  small(
    'rule-fields-later',
    'a step that reads what comes after it',
    [
      ['    acts: [approve, ask-papers]', '    acts: [approve, ask-papers]\n    when: depth > 3'],
      [
        'reads: [rooms]',
        'reads: [rooms]\n    fields: [{ id: depth, kind: decimal, label: { ar: العمق, en: Depth } }]',
      ],
    ],
    { below: 1 },
  ),
  wide('rule-fields-later', 'a fee before the study of what the study finds', [
    ['amount: tariff.study', 'amount: tariff.study * metres'],
  ]),
  wide('rule-fields-later', 'a step that says it reads what comes later', [
    ['reads: [phone]', 'reads: [phone, letter]'],
  ]),
  small('condition-never', 'more than there can be', [['when: area > 100', 'when: area > 900']]),
  small('condition-never', 'what is asked only otherwise', [
    ['when: area > 100', 'when: area > 100 and kind = "small"'],
  ]),
  wide('condition-never', 'two answers at once', [
    ['when: use = "shop"', 'when: use = "shop" and use = "home"'],
  ]),
  wide('condition-never', 'fewer than the fewest', [['and workers > 50', 'and workers < 1']], {}),
  small(
    'condition-never',
    'on a page that is not shown then',
    [['          kind: group\n', '          kind: group\n          when: kind = "small"\n']],
    { below: 1 },
  ),
  wide(
    'condition-never',
    'a year before every day',
    [['when: use = "plant"\n          min', 'when: year(today) < 1000\n          min']],
    {
      also: ['condition-never', 'condition-always'],
    },
  ),
  small('condition-always', 'either of the only two', [
    ['when: area > 100', 'when: kind = "small" or kind = "large"'],
  ]),
  small(
    'condition-always',
    'what its page asks for already',
    [['          kind: group\n', '          kind: group\n          when: kind = "large"\n']],
    { below: 1 },
  ),
  wide(
    'condition-always',
    'each of those who may apply',
    [['when: use = "shop"', 'when: capacity in ("principal", "agent")']],
    { also: ['paper-twice'] },
  ),
  wide('condition-always', 'at least the least', [['and workers > 50', 'or workers >= 1 or use != "plant"']]),
  small(
    'branch-never',
    'a branch after one without condition',
    [
      [
        '      - { when: kind = "small", to: decision }',
        '      - { to: survey }\n      - { when: kind = "small", to: decision }',
      ],
    ],
    { below: 1 },
  ),
  wide(
    'branch-never',
    'two ways without condition',
    [['      - { when: mended = true, to: visit }', '      - { to: defence }\n      - { to: council }']],
    { below: 1, also: ['field-unused'] },
  ),
  small(
    'branch-shadowed',
    'a branch the one before it takes',
    [
      [
        '      - { when: kind = "small", to: decision }',
        '      - { when: kind = "small", to: decision }\n      - { when: kind = "small" and capacity = "tenant", to: signature }',
      ],
    ],
    { below: 1 },
  ),
  wide(
    'branch-shadowed',
    'an office that is never chosen',
    [
      [
        '    hours: 14\n',
        '    hours: 14\n    officeWhen:\n      - { when: use != "home", office: works }\n      - { when: use = "shop", office: health }\n',
      ],
    ],
    { below: 3 },
  ),
]
