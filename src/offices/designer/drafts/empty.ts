import type { Localized } from '../../../lib/localized.ts'
import { writeFlow } from './text/write.ts'

/** A service with the least a service has: it reads, and the check says what it still lacks. */
export function emptyService({
  code,
  name,
  group,
}: {
  code: string
  name: Localized
  group: string
}): string {
  const called = writeFlow(name)
  return `format: 1
code: ${code}
version: 1
group: ${group}
name: ${called}
summary: ${called}
keywords: []

guide:
  office: service-centre
  time: { value: 5, unit: workingDays, confirmed: false }
  legalBasis: { use: guide.local-authorities }
  procedure:
    - { use: guide.file }
    - { use: guide.intake }
    - { use: guide.told }

channels: [web, counter, api]
applicants: [principal]

form:
  pages:
    - id: request
      title: { ar: ما تطلبه, en: What you ask for }
      fields:
        - id: notes
          kind: long-text
          label: { ar: اكتب طلبك, en: Describe your request }
          max: 1000

papers:
  - { use: papers.id-copy }
known: []
fees: []
tariffs: []
dues: { use: dues.warn }

steps:
  - id: desk-review
    name: { ar: تدقيق الطلب, en: Check of the request }
    kind: review
    office: service-centre
    role: clerk
    hours: 4
    acts: [approve, ask-papers, refer, reject]
    reads: [notes]
  - id: decision
    name: { ar: القرار, en: Decision }
    kind: decision
    office: town-manager
    role: manager
    hours: 7
    acts: [approve, return, ask-papers, refer, defer, reject]
  - id: close
    name: { ar: إبلاغ مقدم الطلب, en: Telling the applicant }
    kind: review
    office: service-centre
    role: clerk
    hours: 2
    acts: [approve, return]

outputs: []

messages:
  received:
    ar: 'استلمنا طلبك {number}: {service}. ننجزه قبل {date}.'
    en: 'We received your request {number}: {service}. We finish it before {date}.'
  papers-missing:
    ar: 'طلبك {number} ينقصه: {papers}. صوّره وأرسله من {link} أو أحضره إلى المركز.'
    en: 'Your request {number} lacks: {papers}. Send a photo from {link} or bring it to the centre.'
  rejected:
    ar: لم نقبل طلبك {number}. السبب في البوابة، ولك الاعتراض خلال 14 يومًا.
    en: We did not accept your request {number}. The reason is on the portal; you may object within 14 days.
  completed:
    ar: أنجزنا طلبك {number}. تجد ما تم في البوابة.
    en: We finished your request {number}. What was done is on the portal.
`
}
