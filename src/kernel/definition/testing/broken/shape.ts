import { small, wide } from './broken.ts'

/** Texts that do not read as a service, and what its parts are called. */
export const brokenShapes = [
  small('unknown-key', 'a key nobody knows', [['group: tests', 'group: tests\ncolour: red']], { below: 1 }),
  small('unknown-key', 'a key nobody knows deep inside', [['          min: 1', '          minimum: 1']]),
  small('wrong-type', 'a text where a number stands', [['hours: 2', 'hours: two']]),
  small('wrong-type', 'a list where a text stands', [['group: tests', 'group: [tests]']]),
  small('not-allowed', 'a rule of dues there is not', [['rule: hold', 'rule: stop']]),
  small('not-allowed', 'a kind of field there is not', [['kind: decimal', 'kind: fraction']]),
  small('empty-text', 'an empty name', [
    ['name: { ar: خدمة, en: Service }', "name: { ar: '', en: Service }"],
  ]),
  wide('empty-text', 'an empty ground', [['ar: المكان لا يصلح', "ar: ' '"]]),
  small('bad-form', 'a code of another form', [['code: TST-01', 'code: tests']]),
  small('bad-form', 'a name with a hyphen where rules name it', [['- id: rooms', '- id: the-rooms']]),
  small('missing-key', 'a summary in one language', [
    ['summary: { ar: وصف, en: Summary }', 'summary: { ar: وصف }'],
  ]),
  small('missing-key', 'a step without an office', [['    office: planning\n', '']], { below: -3 }),
  wide('missing-key', 'an opinion without an office', [['        office: health\n', '']], { below: -2 }),
  small('out-of-bounds', 'more hours than a life has', [['hours: 2', 'hours: 90000']]),
  wide('out-of-bounds', 'an effect tried too often', [['tries: 2', 'tries: 99']]),
  small('format-unknown', 'a format from the future', [['format: 1', 'format: 2']]),
  small('format-unknown', 'a format that is a word', [['format: 1', 'format: new']]),

  small('duplicate-id', 'two fields of one name', [['- id: rooms', '- id: kind']], {
    also: ['rule-type', 'reads-unknown'],
  }),
  small('duplicate-id', 'two pages of one name', [['- id: second', '- id: first']]),
  small('duplicate-id', 'an option said twice', [['{ id: large, label', '{ id: small, label']], {
    also: ['rule-unknown-option', 'condition-never', 'condition-always'],
  }),
  wide('duplicate-id', 'two opinions of one name', [
    ['- id: planning\n        name: { ar: رأي', '- id: works\n        name: { ar: رأي'],
  ]),
  wide(
    'duplicate-id',
    'two facts to confirm of one name',
    [['toConfirm:\n', 'toConfirm:\n  - { id: days-of-defence, what: { ar: مدة, en: Days } }\n']],
    { below: 2 },
  ),
  small('reserved-id', 'a field named like a rule word', [
    ['- id: rooms', '- id: today'],
    ['reads: [rooms]', 'reads: [today]'],
  ]),
  small('reserved-id', 'a field named like a part of every object', [
    ['- id: rooms', '- id: constructor'],
    ['reads: [rooms]', 'reads: [constructor]'],
  ]),
  small(
    'option-missing',
    'a choice with one option',
    [['            - { id: large, label: { ar: كبير, en: Large } }\n', '']],
    {
      below: -5,
      also: ['rule-unknown-option', 'condition-never', 'condition-always'],
    },
  ),
  wide(
    'option-missing',
    'a choice with none',
    [
      ['kind: yes-no, label: { ar: سليم, en: Sound }', 'kind: choice, label: { ar: سليم, en: Sound }'],
      ['when: sound = false', 'when: sound != null'],
    ],
    { also: ['condition-never'] },
  ),
  small('option-unexpected', 'options of a number', [
    [
      '          min: 1',
      '          options: [{ id: one, label: { ar: واحد, en: One } }, { id: two, label: { ar: اثنان, en: Two } }]',
    ],
  ]),
  wide('option-unexpected', 'options of a date', [
    [
      '{ id: begins, kind: date,',
      '{ id: begins, kind: date, options: [{ id: now, label: { ar: الآن, en: Now } }],',
    ],
  ]),
  small('field-setting', 'a range of a number', [['          min: 1', '          range: past']]),
  wide('field-setting', 'a least date', [['{ id: begins, kind: date,', '{ id: begins, kind: date, min: 5,']]),
  wide('field-setting', 'prefill of a kind that has none', [
    ['{ id: begins, kind: date,', '{ id: begins, kind: file, prefill: last-answer,'],
  ]),
  small('field-setting-missing', 'money in no currency', [['kind: decimal', 'kind: money']], {
    below: -1,
    also: ['rule-type'],
  }),
  small(
    'field-setting-missing',
    'a list of nothing',
    [
      [
        '          fields:\n            - { id: size, kind: whole-number, label: { ar: السعة, en: Size } }\n',
        '',
      ],
    ],
    { below: -3 },
  ),
  wide('prefill-unlike', 'a telephone offered as an address', [['prefill: address', 'prefill: phone']]),
  wide('prefill-unlike', 'an address offered as a telephone', [['prefill: phone', 'prefill: address']]),
  wide(
    'step-file',
    'a photo among the fields of a step',
    [['{ id: zone, kind: text,', '{ id: zone, kind: file,']],
    {
      also: ['field-setting'],
    },
  ),
  small(
    'step-file',
    'a scan among the fields of a step',
    [['{ id: measured, kind: yes-no,', '{ id: measured, kind: file,']],
    { also: ['rule-type'] },
  ),
  wide('prefill-officer', 'something offered to an officer', [
    ['label: { ar: المنطقة, en: Zone }', 'prefill: last-answer, label: { ar: المنطقة, en: Zone }'],
  ]),
  small('prefill-officer', 'something offered to a clerk', [
    ['{ id: measured, kind: yes-no,', '{ id: measured, prefill: last-answer, kind: yes-no,'],
  ]),
  small('bounds-crossed', 'bounds the wrong way round', [['min: 1', 'min: 1000']], {
    also: ['condition-never', 'condition-always'],
  }),
  wide('bounds-crossed', 'bounds of an officer’s field', [['min: 1, max: 500', 'min: 501, max: 500']]),
  small('group-nested', 'a file inside a list', [['id: size, kind: whole-number', 'id: size, kind: file']]),
  small('group-nested', 'a list inside a list', [
    [
      '{ id: size, kind: whole-number,',
      '{ id: size, kind: group, fields: [{ id: a, kind: text, label: { ar: أ, en: A } }],',
    ],
  ]),
  small('group-condition', 'a condition inside a list', [
    ['{ id: size, kind', '{ id: size, when: kind = "large", kind'],
  ]),
  small(
    'group-condition',
    'a condition on a second question of a list',
    [
      [
        'label: { ar: السعة, en: Size } }',
        'label: { ar: السعة, en: Size } }\n            - { id: b, kind: text, when: capacity = "tenant", label: { ar: ب, en: B } }',
      ],
    ],
    { below: 1 },
  ),
]
