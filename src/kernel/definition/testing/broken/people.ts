import { small, wide } from './broken.ts'

const calendar = {
  timeZone: 'Asia/Hebron',
  week: [0, 1, 2, 3, 4, 5, 6].map(day => (day >= 5 ? null : { from: '08:00', to: '15:00' })),
  closures: [],
}
const posts = [
  { role: 'clerk', office: 'service-centre' },
  { role: 'head', office: 'planning' },
  { role: 'mayor', office: 'mayor-office' },
]

/** Who does what: offices, roles, signers, deadlines, dues. */
export const brokenOffices = [
  small('no-channel', 'no way to file', [['channels: [web, counter]', 'channels: []']]),
  wide('no-channel', 'no way to file the wide one', [['channels: [web, counter]', 'channels: []']]),
  small('no-applicant', 'nobody who may apply', [['applicants: [principal, tenant]', 'applicants: []']], {
    also: ['condition-never', 'condition-always'],
  }),
  wide(
    'no-applicant',
    'nobody who may apply for the wide one',
    [['applicants: [principal, agent]', 'applicants: []']],
    {
      also: ['rule-unknown-option', 'condition-never', 'condition-always'],
    },
  ),
  small('office-unknown', 'an office the town does not have', [['office: planning', 'office: astronomy']]),
  wide('office-unknown', 'an opinion of an office the town does not have', [
    ['office: health', 'office: astronomy'],
  ]),
  wide('office-unknown', 'a ladder to an office the town does not have', [
    ['role: manager, office: service-centre', 'role: manager, office: astronomy'],
  ]),
  small('role-unknown', 'a role nobody has', [['role: officer', 'role: wizard']]),
  wide('role-unknown', 'a ladder to a role nobody has', [
    ['{ afterHours: 7, role: head }', '{ afterHours: 7, role: wizard }'],
  ]),
  wide('role-unknown', 'a document signed by a role nobody has', [['signer: mayor', 'signer: wizard']], {
    also: ['signer-mismatch'],
  }),
  small(
    'post-empty',
    'a step nobody is appointed to',
    [['office: planning\n    role: officer', 'office: works\n    role: officer']],
    {
      below: 1,
      around: { posts },
    },
  ),
  small('post-empty', 'a step at an office without people', [['role: clerk', 'role: manager']], {
    around: { posts },
  }),
  small('signer-unfit', 'a certificate signed by a clerk', [['signer: mayor', 'signer: clerk']], {
    also: ['signer-mismatch'],
  }),
  wide('signer-unfit', 'a licence signed by a collector', [['signer: mayor', 'signer: collector']], {
    also: ['signer-mismatch'],
  }),
  small('signer-nobody', 'a town without mayor', [['signer: mayor', 'signer: mayor']], {
    around: { posts: posts.filter(({ role }) => role !== 'mayor') },
  }),
  small(
    'signer-nobody',
    'a signature at an office without mayor',
    [
      ['signer: mayor', 'signer: mayor'],
      ['office: mayor-office', 'office: planning'],
    ],
    { around: { posts } },
  ),
  small('signer-mismatch', 'a signer who is not the signer', [['    role: mayor', '    role: head']]),
  wide('signer-mismatch', 'a step of another than signs', [
    ['    role: mayor\n    hours: 4', '    role: manager\n    hours: 4'],
  ]),
  small('deadline-impossible', 'a day for what takes two', [['value: 3', 'value: 1']]),
  small('deadline-impossible', 'minutes for what takes days', [
    ['value: 3, unit: workingDays', 'value: 90, unit: minutes'],
  ]),
  small('deadline-impossible', 'days of five hours', [['value: 3', 'value: 3']], {
    around: {
      calendar: {
        ...calendar,
        week: calendar.week.map(day => (day ? { from: '08:00', to: '12:00' } : null)),
      },
    },
  }),
  wide('deadline-tight', 'days for the short way only', [['value: 12', 'value: 5']]),
  small('deadline-tight', 'hours for the short way only', [
    ['value: 3, unit: workingDays', 'value: 16, unit: hours'],
  ]),
  small('deadline-season', 'the hours of Ramadan', [['value: 3', 'value: 3']], {
    around: { calendar: ramadan('2026-02-18', '10:00', '14:00') },
  }),
  wide('deadline-season', 'a summer of half days', [['value: 12', 'value: 8']], {
    around: { calendar: ramadan('2026-07-01', '09:00', '11:00') },
  }),
  small('ladder-order', 'rungs the wrong way round', [
    ['dues: {', 'ladder: [{ afterHours: 9, role: head }, { afterHours: 2, role: manager }]\ndues: {'],
  ]),
  wide('ladder-order', 'two rungs at once', [['afterHours: 21', 'afterHours: 7']]),
  small('dues-never-held', 'a service never held that holds', [['neverHeld: false', 'neverHeld: true']]),
  wide('dues-never-held', 'another that holds', [
    ['neverHeld: false, rule: warn', 'neverHeld: true, rule: hold'],
  ]),
  small('dues-currency-twice', 'two limits in one currency', [
    ['above: []', 'above: [{ currency: ILS, minor: 100 }, { currency: ILS, minor: 200 }]'],
  ]),
  wide('dues-currency-twice', 'two limits in dinars', [
    [
      'above: []',
      'above: [{ currency: JOD, minor: 0 }, { currency: ILS, minor: 0 }, { currency: JOD, minor: 9 }]',
    ],
  ]),
]

function ramadan(first: string, opens: string, closes: string) {
  const week = calendar.week.map(day => (day ? { from: opens, to: closes } : null))
  return { ...calendar, special: [{ from: first, to: '2026-12-31', week }] }
}
