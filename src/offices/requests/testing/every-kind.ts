/** A service that asks every kind of question on its steps: of an officer, in an opinion, of the applicant, at the handing over. */
export const everyKind = `format: 1
code: TST-93
version: 1
group: tests
name: { ar: كل الأنواع, en: Every kind }
summary: { ar: نص, en: Text }
keywords: [تجربة]
guide:
  office: service-centre
  time: { value: 10, unit: workingDays, confirmed: true }
  legalBasis: { ar: نص, en: Text }
  procedure: [{ ar: نص, en: Text }]
channels: [web, counter]
applicants: [principal]
form:
  pages:
    - id: first
      title: { ar: الطلب, en: Request }
      fields:
        - { id: use, kind: text, label: { ar: الاستعمال, en: Use } }
papers: []
known: []
fees: []
tariffs: []
dues: { neverHeld: false, rule: show, kinds: [], above: [] }
steps:
  - id: study
    name: { ar: الدراسة, en: Study }
    kind: review
    office: planning
    role: officer
    hours: 7
    acts: [approve]
    fields:
      - { id: spot, kind: address, label: { ar: موضع العداد, en: Spot } }
      - { id: pin, kind: map-point, label: { ar: النقطة على الخريطة, en: Point } }
      - { id: neighbour, kind: person, label: { ar: الجار, en: Neighbour } }
      - { id: subscription, kind: account, accountKind: electricity, label: { ar: الاشتراك القائم, en: Subscription } }
      - { id: rent, kind: money, currency: JOD, min: 10, label: { ar: بدل الإيجار, en: Rent } }
      - { id: call, kind: phone, label: { ar: هاتف المقاول, en: Telephone } }
      - { id: measuredOn, kind: date, range: past, label: { ar: يوم القياس, en: Measured on } }
      - id: lacks
        kind: multiple
        label: { ar: ما ينقص الموقع, en: What it lacks }
        options:
          - { id: fence, label: { ar: سور, en: Fence } }
          - { id: light, label: { ar: إنارة, en: Light } }
          - { id: drain, label: { ar: تصريف, en: Drain } }
      - { id: fenceMetres, kind: decimal, when: 'list contains(lacks, "fence")', label: { ar: أمتار السور, en: Fence } }
      - id: rooms
        kind: group
        min: 2
        max: 4
        label: { ar: الغرف, en: Rooms }
        fields:
          - { id: roomUse, kind: text, label: { ar: استعمالها, en: Use } }
          - { id: area, kind: decimal, min: 1, label: { ar: مساحتها, en: Area } }
  - id: opinions
    name: { ar: الآراء, en: Opinions }
    kind: opinions
    office: service-centre
    role: clerk
    hours: 21
    acts: [opine]
    join: all
    opinions:
      - id: planning
        name: { ar: رأي التخطيط, en: Planning }
        office: planning
        role: officer
        hours: 7
        fields:
          - id: conditions
            kind: group
            min: 1
            label: { ar: الشروط, en: Conditions }
            fields:
              - { id: condition, kind: text, label: { ar: الشرط, en: Condition } }
              - { id: until, kind: date, range: future, label: { ar: حتى, en: Until } }
      - { id: health, name: { ar: رأي الصحة, en: Health }, office: health, role: officer, hours: 7 }
  - id: agreed
    name: { ar: موافقة مقدم الطلب, en: Agreement }
    kind: confirmation
    office: service-centre
    role: clerk
    hours: 7
    lapseDays: 5
    reads: [spot, rooms]
    acts: [answer]
    fields:
      - { id: agrees, kind: yes-no, label: { ar: هل توافق على الموضع؟, en: Do you agree? } }
      - { id: keeper, kind: person, when: agrees = true, label: { ar: من يستلم العداد, en: Keeper } }
      - { id: elsewhere, kind: address, when: agrees = false, label: { ar: الموضع الذي تريده, en: Elsewhere } }
      - id: hours
        kind: group
        min: 1
        max: 3
        label: { ar: أوقات تناسبك, en: Hours }
        fields:
          - { id: hour, kind: text, label: { ar: الوقت, en: Hour } }
  - id: handover
    name: { ar: التسليم, en: Handing over }
    kind: handover
    office: service-centre
    role: clerk
    hours: 7
    acts: [hand-over]
    fields:
      - id: keys
        kind: group
        min: 1
        label: { ar: المفاتيح, en: Keys }
        fields:
          - { id: keyNumber, kind: text, label: { ar: رقم المفتاح, en: Number } }
outputs: []
messages:
  received: { ar: 'استلمنا {number}', en: 'Received {number}' }
  answer-asked: { ar: 'أجب حتى {date}', en: 'Answer until {date}' }
  lapsed: { ar: 'أغلقنا {number}', en: 'Closed {number}' }
  rejected: { ar: 'لم نقبل {number}', en: 'Rejected {number}' }
  completed: { ar: 'أنجزنا {number}', en: 'Finished {number}' }
`
