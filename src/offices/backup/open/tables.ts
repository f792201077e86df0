/** What opens a sealed column: the purpose it was sealed for (src/platform/crypto). */
export type Sealed = Readonly<Record<string, string>>

/** A table people read: a statement over one town ($1), its columns in the order of the statement, those that are sealed. */
export type OpenTable = { name: string; sql: string; columns: readonly string[]; sealed: Sealed }

/** An amount in units of its currency, exact: 2 decimals, 3 for dinars. */
const amount = (minor: string, currency: string) =>
  `case ${currency} when 'JOD' then round(${minor} / 1000.0, 3)::text else round(${minor} / 100.0, 2)::text end`
const at = (column: string) => `to_char(${column} at time zone m.time_zone, 'YYYY-MM-DD HH24:MI:SS')`
const number = (of: string) => `${of}.number || '/' || ${of}.year`

function table(name: string, columns: Record<string, string>, from: string, sealed: Sealed = {}): OpenTable {
  const list = Object.entries(columns).map(([column, value]) =>
    column in sealed ? `encode(${value}, 'hex') as ${column}` : `(${value})::text as ${column}`,
  )
  const sql = `select ${list.join(', ')} from public.municipality m join ${from}`
  return { name, sql, columns: Object.keys(columns), sealed }
}

const of = (name: string, short: string) =>
  `public.${name} ${short} on ${short}.municipality_id = m.municipality_id and m.municipality_id = $1`
const beside = (name: string, short: string, key: string, its: string) =>
  `left join public.${name} ${short} on ${short}.municipality_id = m.municipality_id and ${short}.${key} = ${its}`

/** What an exported town is read by without a program: people, their affairs, what they owe and paid, what was said and issued. */
export const openTables: readonly OpenTable[] = [
  table(
    'people',
    {
      person: 'p.person_id',
      kind: 'p.kind',
      name: 'p.display_name',
      first_name: 'p.first_name',
      father_name: 'p.father_name',
      grandfather_name: 'p.grandfather_name',
      family_name: 'p.family_name',
      mother_name: 'p.mother_name',
      birth_date: 'p.birth_date',
      sex: 'p.sex',
      id_kind: 'p.id_kind',
      id_number: 'p.id_sealed',
      particulars: 'p.particulars_sealed',
      address: 'p.address',
      registered_at: at('p.registered_at'),
      source: 'p.source',
      same_as: 'p.survivor_id',
    },
    `${of('person', 'p')} order by p.person_id`,
    { id_number: 'id', particulars: 'particulars' },
  ),
  table(
    'telephones',
    {
      person: 'p.person_id',
      telephone: 'p.phone_sealed',
      label: 'p.label',
      main: 'p.is_primary',
      shared: 'p.is_shared',
      proven_at: at('p.verified_at'),
      ended_at: at('p.ended_at'),
    },
    `${of('person_phone', 'p')} order by p.person_id, p.added_at`,
    { telephone: 'phone' },
  ),
  table(
    'emails',
    {
      person: 'p.person_id',
      email: 'p.email_sealed',
      proven_at: at('p.verified_at'),
      ended_at: at('p.ended_at'),
    },
    `${of('person_email', 'p')} order by p.person_id, p.added_at`,
    { email: 'email' },
  ),
  table(
    'requests',
    {
      request: 'r.request_id',
      number: number('r'),
      service: 'r.service_code',
      service_version: 'r.service_version',
      channel: 'r.channel',
      capacity: 'r.capacity',
      applicant: 'r.applicant_id',
      applicant_name: 'p.display_name',
      state: 'r.state',
      step: 'r.step',
      filed_at: at('r.filed_at'),
      due_at: at('r.due_at'),
      closed_at: at('r.closed_at'),
      answers: 'r.answers',
      as_read: "r.frozen -> 'ar'",
    },
    `${of('request', 'r')} ${beside('person', 'p', 'person_id', 'r.applicant_id')} order by r.year, r.number`,
  ),
  table(
    'acts',
    {
      request: 'a.request_id',
      place: 'a.seq',
      act: 'a.name',
      at: at('a.at'),
      by_kind: 'a.actor_kind',
      by: 'coalesce(s.name_ar, a.actor_id)',
      office: 'a.actor_office',
      note: 'a.note',
      details: 'a.data',
    },
    `${of('request_action', 'a')} ${beside('staff', 's', 'staff_id::text', 'a.actor_id')} order by a.request_id, a.seq`,
  ),
  table(
    'dues',
    {
      due: 'c.charge_id',
      account: 'o.number',
      debtor: 'c.debtor_id',
      debtor_name: 'p.display_name',
      kind: 'c.due_kind',
      label: 'c.label_ar',
      currency: 'c.currency',
      amount: amount('c.amount_minor', 'c.currency'),
      settled: amount('c.settled_minor', 'c.currency'),
      raised_at: at('c.raised_at'),
      due_on: 'c.due_on',
      cancelled_at: at('c.cancelled_at'),
      request: 'c.request_id',
    },
    `${of('charge', 'c')} ${beside('account', 'o', 'account_id', 'c.account_id')} ${beside('person', 'p', 'person_id', 'c.debtor_id')}
      order by c.charge_id`,
  ),
  table(
    'receipts',
    {
      receipt: 'r.receipt_id',
      number: "r.book || '-' || r.serial || '/' || r.year",
      line: 'l.line',
      payer: 'r.payer_id',
      payer_name: 'r.payer_name',
      received_at: at('r.received_at'),
      collector: 's.name_ar',
      due: 'l.charge_id',
      currency: 'l.currency',
      amount: amount('l.amount_minor', 'l.currency'),
      paid_currency: 'l.paid_currency',
      paid: amount('l.paid_minor', 'l.paid_currency'),
      rate: 'l.rate',
      request: 'r.request_id',
      reversed_by: 'r.reversed_by',
    },
    `${of('receipt', 'r')} ${beside('receipt_line', 'l', 'receipt_id', 'r.receipt_id')} ${beside('staff', 's', 'staff_id', 'r.collector_id')}
      order by r.book, r.year, r.serial, l.line`,
  ),
  table(
    'documents',
    {
      document: 'd.document_id',
      title: 'd.title',
      kind: 'd.kind',
      owner: 'd.owner_id',
      file: "'files/' || d.municipality_id || '/' || encode(d.sha256, 'hex')",
      name: 'd.file_name',
      type: 'd.type',
      bytes: 'd.size',
      pages: 'd.pages',
      issued_on: 'd.issued_on',
      valid_until: 'd.valid_until',
      source: 'd.source',
      added_at: at('d.added_at'),
    },
    `${of('document', 'd')} order by d.document_id`,
  ),
  table(
    'certificates',
    {
      certificate: 'c.certificate_id',
      number: number('c'),
      kind: 'c.kind',
      code: 'c.code',
      request: 'c.request_id',
      person: 'c.person_id',
      state: 'c.state',
      signed_at: at('c.signed_at'),
      signed_by: 's.name_ar',
      valid_until: 'c.valid_until',
      document: 'c.document_id',
      content: 'c.data',
    },
    `${of('certificate', 'c')} ${beside('staff', 's', 'staff_id', 'c.signed_by')} order by c.year, c.number`,
  ),
  table(
    'messages',
    {
      message: 'g.message_id',
      person: 'g.person_id',
      request: 'g.request_id',
      event: 'g.event',
      channel: 'g.channel',
      telephone: "case when g.channel = 'sms' then g.to_sealed end",
      email: "case when g.channel = 'email' then g.to_sealed end",
      text: 'g.body',
      state: 'g.state',
      planned_at: at('g.planned_at'),
      sent_at: at('g.sent_at'),
      delivered_at: at('g.delivered_at'),
    },
    `${of('message', 'g')} order by g.message_id`,
    { telephone: 'phone', email: 'email' },
  ),
]
