/** Services for tests that take every kind of step: a licence that asks all round and files a connection as its part. */

import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Write } from '../../../platform/database/transaction.ts'

const words = '{ ar: نص, en: Text }'

const head = (code: string) => `format: 1
code: ${code}
version: 1
group: tests
name: { ar: رخصة تجربة, en: Trial licence }
summary: ${words}
keywords: [تجربة]
guide:
  office: service-centre
  time: { value: 10, unit: workingDays, confirmed: true }
  legalBasis: ${words}
  procedure: [${words}]
channels: [web, counter]
applicants: [principal, agent]
`

/** The licence: opinions side by side, the ministry, a visit, the council, the connection, and a register that keeps itself. */
const licenceService = `${head('TST-90')}form:
  pages:
    - id: place
      title: ${words}
      fields:
        - { id: area, kind: whole-number, label: { ar: المساحة, en: Area } }
        - { id: use, kind: text, label: { ar: الاستعمال, en: Use } }
papers:
  - { id: deed, name: { ar: سند الملكية, en: Deed }, kind: title-deed, accept: [pdf] }
known: []
fees: []
tariffs: []
dues: { neverHeld: false, rule: show, kinds: [], above: [] }
ladder:
  - { afterHours: 0, role: head }
  - { afterHours: 7, role: manager, office: service-centre }
steps:
  - { id: intake, name: { ar: الاستقبال, en: Intake }, kind: review, office: service-centre, role: clerk, hours: 2, acts: [approve, reject] }
  - id: opinions
    name: { ar: آراء الدوائر, en: Opinions }
    kind: opinions
    office: service-centre
    role: clerk
    hours: 21
    acts: [opine, return, ask-papers, reject]
    reads: [use]
    opinions:
      - id: planning
        name: { ar: رأي التخطيط, en: Planning }
        office: planning
        role: officer
        hours: 14
        reads: [area]
        fields:
          - { id: floors, kind: whole-number, label: { ar: عدد الطوابق, en: Floors } }
        proofs:
          - { id: drawing, name: { ar: مخطط الموقع, en: Drawing }, accept: [pdf, jpeg, png], optional: true }
      - { id: health, name: { ar: رأي الصحة, en: Health }, office: health, role: officer, hours: 14 }
      - { id: power, name: { ar: رأي الكهرباء, en: Power }, office: electricity, role: officer, hours: 14, when: area > 500 }
  - id: ministry
    name: { ar: مصادقة الحكم المحلي, en: The ministry }
    kind: outside
    office: service-centre
    role: clerk
    hours: 7
    body: { ar: وزارة الحكم المحلي, en: the Ministry of Local Government }
    days: 15
    acts: [record, ask-papers, reject]
    fields:
      - { id: letterNumber, kind: text, label: { ar: رقم كتابهم, en: Their letter } }
  - id: visit
    name: { ar: الكشف, en: The visit }
    kind: site-visit
    office: planning
    role: officer
    hours: 14
    acts: [appoint, missed, approve, return]
    fields:
      - { id: metres, kind: whole-number, label: { ar: الأمتار, en: Metres } }
  - id: council
    name: { ar: قرار المجلس, en: The council }
    kind: committee
    office: mayor-office
    role: mayor
    hours: 35
    body: { ar: المجلس البلدي, en: the council }
    acts: [approve, reject]
  - id: connection
    name: { ar: الاشتراكات, en: Connections }
    kind: parts
    office: service-centre
    role: clerk
    hours: 70
    acts: [parts-ended, return, reject]
    parts:
      - { id: water, service: TST-91, answers: { size: if area > 100 then "large" else "small" } }
      - { id: sewage, service: TST-91, answers: { size: '"small"' } }
  - { id: register, name: { ar: السجل, en: Register }, kind: effect, office: planning, role: officer, hours: 7, acts: [run-effect], effect: trial.register, auto: true, tries: 2 }
outputs: []
messages:
  received: { ar: 'استلمنا {number}', en: 'Received {number}' }
  papers-missing: { ar: 'ينقص {papers}', en: 'Missing {papers}' }
  papers-arrived: { ar: 'وصلت', en: 'Arrived' }
  sent-outside: { ar: 'طلبك {number} لدى {body}، ننتظر الجواب حتى {date}', en: '{number} with {body} until {date}' }
  appointment: { ar: 'نزوركم يوم {date} بين {hour}', en: 'We come on {date}, {hour}' }
  visit-missed: { ar: 'لم نجد أحدًا يوم {date}', en: 'Nobody there on {date}' }
  approved: { ar: 'وافق المجلس على {use}، {floors} طوابق', en: 'The council granted {use}, {floors} floors' }
  deadline-moved: { ar: 'صار الموعد {date}: {reason}', en: 'Now {date}: {reason}' }
  rejected: { ar: 'لم نقبل {number}', en: 'Rejected {number}' }
  completed: { ar: 'أنجزنا {number}', en: 'Finished {number}' }
`

/** An application that files the connection without knowing all it asks. */
const careless = `${head('TST-92')}form:
  pages:
    - id: place
      title: ${words}
      fields:
        - { id: area, kind: whole-number, label: { ar: المساحة, en: Area } }
papers: []
known: []
fees: []
tariffs: []
dues: { neverHeld: false, rule: show, kinds: [], above: [] }
steps:
  - { id: intake, name: ${words}, kind: review, office: service-centre, role: clerk, hours: 2, acts: [approve] }
  - { id: connection, name: ${words}, kind: parts, office: service-centre, role: clerk, hours: 7, acts: [parts-ended], parts: [{ id: water, service: TST-91 }] }
outputs: []
messages:
  received: { ar: 'استلمنا {number}', en: 'Received {number}' }
  rejected: { ar: 'لم نقبل {number}', en: 'Rejected {number}' }
  completed: { ar: 'أنجزنا {number}', en: 'Finished {number}' }
`

/** The connection it files: the same use and the same deed, and a size of its own. */
const connectionService = `${head('TST-91')}form:
  pages:
    - id: place
      title: ${words}
      fields:
        - id: size
          kind: choice
          label: { ar: الحجم, en: Size }
          options: [{ id: small, label: ${words} }, { id: large, label: ${words} }]
        - { id: use, kind: text, label: { ar: الاستعمال, en: Use } }
papers:
  - { id: title, name: { ar: سند, en: Deed }, kind: title-deed, accept: [pdf] }
  - { id: sketch, name: { ar: كروكي, en: Sketch }, kind: sketch, accept: [pdf] }
known: []
fees: []
tariffs: []
dues: { neverHeld: false, rule: show, kinds: [], above: [] }
steps:
  - { id: look, name: { ar: تدقيق, en: Look }, kind: review, office: water, role: officer, hours: 7, acts: [approve, reject, ask-papers] }
outputs: []
messages:
  received: { ar: 'استلمنا {number}', en: 'Received {number}' }
  papers-missing: { ar: 'ينقص {papers}', en: 'Missing {papers}' }
  rejected: { ar: 'لم نقبل {number}', en: 'Rejected {number}' }
  completed: { ar: 'أنجزنا {number}', en: 'Finished {number}' }
`

/** Puts a service on the town's shelf as it is: what is tried here is its life, not what the checks say of it. */
export async function publishSource(tx: Write, code: string, source: string): Promise<void> {
  const hash = createHash('sha256').update(source).digest('hex')
  await sql`insert into service_version (municipality_id, service_code, version, hash, source, published_at)
            values (${tx.town}, ${code}, 1, ${hash}, ${source}, ${tx.now})`.execute(tx.q)
}

/** The licence with the connection that is its part, and one that does not know what its part asks. */
export async function publishTrial(tx: Write): Promise<void> {
  await publishSource(tx, 'TST-91', connectionService)
  await publishSource(tx, 'TST-90', licenceService)
  await publishSource(tx, 'TST-92', careless)
}
