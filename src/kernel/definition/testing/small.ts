/** A small whole service that tests break in one place at a time. */
export const smallService = `format: 1
code: TST-01
version: 1
group: tests
name: { ar: خدمة, en: Service }
summary: { ar: وصف, en: Summary }
keywords: [تجربة]
guide:
  office: service-centre
  time: { value: 3, unit: workingDays, confirmed: true }
  legalBasis: { ar: قانون, en: Law }
  procedure:
    - { ar: خطوة, en: A step }
channels: [web, counter]
applicants: [principal, tenant]
form:
  pages:
    - id: first
      title: { ar: أولًا, en: First }
      fields:
        - id: kind
          kind: choice
          label: { ar: النوع, en: Kind }
          options:
            - { id: small, label: { ar: صغير, en: Small } }
            - { id: large, label: { ar: كبير, en: Large } }
        - id: area
          kind: decimal
          label: { ar: المساحة, en: Area }
          when: kind = "large"
          min: 1
          max: 900
    - id: second
      title: { ar: ثانيًا, en: Second }
      when: kind = "large"
      fields:
        - id: rooms
          kind: group
          label: { ar: الغرف, en: Rooms }
          fields:
            - { id: size, kind: whole-number, label: { ar: السعة, en: Size } }
papers:
  - id: plan
    name: { ar: مخطط, en: Plan }
    when: area > 100
    kind: plan
    accept: [pdf]
known: []
fees:
  - id: application
    name: { ar: رسم طلب, en: Application fee }
    at: before-filing
    currency: ILS
    amount: tariff.base
    dueKind: service-fee
  - id: service
    name: { ar: رسم خدمة, en: Service fee }
    at: after-decision
    currency: JOD
    amount: tariff.perMetre * area
    when: measured = true
    dueKind: service-fee
tariffs:
  - { key: base, from: 2026-01-01, amount: 10, currency: ILS, confirmed: false }
  - { key: base, from: 2026-07-01, amount: 12, currency: ILS, confirmed: false }
  - { key: perMetre, from: 2026-01-01, amount: '0.250', currency: JOD, confirmed: false }
dues: { neverHeld: false, rule: hold, kinds: [], above: [] }
steps:
  - id: review
    name: { ar: تدقيق, en: Review }
    kind: review
    office: service-centre
    role: clerk
    hours: 2
    acts: [approve, ask-papers]
    next:
      - { when: kind = "small", to: decision }
    fields:
      - { id: measured, kind: yes-no, label: { ar: قيس, en: Measured } }
  - id: survey
    name: { ar: كشف, en: Survey }
    kind: review
    office: planning
    role: officer
    hours: 4
    reads: [rooms]
    acts: [approve]
  - id: decision
    name: { ar: قرار, en: Decision }
    kind: decision
    office: planning
    role: head
    hours: 4
    acts: [approve, reject]
  - id: payment
    name: { ar: دفع, en: Payment }
    kind: payment
    office: treasury
    role: collector
    hours: 0
    acts: [pay]
    feePoint: after-decision
  - id: signature
    name: { ar: توقيع, en: Signature }
    kind: signature
    office: mayor-office
    role: mayor
    hours: 4
    acts: [sign]
    output: letter
  - id: execution
    name: { ar: تنفيذ, en: Execution }
    kind: effect
    office: planning
    role: officer
    hours: 4
    acts: [run-effect]
    effect: planning.record
  - id: handover
    name: { ar: تسليم, en: Handover }
    kind: handover
    office: service-centre
    role: clerk
    hours: 1
    acts: [hand-over]
outputs:
  - { id: letter, kind: letter, name: { ar: كتاب, en: Letter }, template: letter, signer: mayor }
messages:
  received: { ar: 'استلمنا طلبك {number}', en: 'Received {number}' }
  fee-due: { ar: 'ادفع {amount}', en: 'Pay {amount}' }
  papers-missing: { ar: 'ينقص {papers}', en: 'Missing {papers}' }
  rejected: { ar: 'لم نقبل {number}', en: 'Rejected {number}' }
  completed: { ar: 'أنجزنا {number}', en: 'Finished {number}' }
`
