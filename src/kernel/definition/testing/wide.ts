/** A whole service with every kind of step that the small one has not, for tests that break it in one place at a time. */
export const wideService = `format: 1
code: TST-02
version: 1
group: tests
name: { ar: خدمة واسعة, en: Wide service }
summary: { ar: وصف, en: Summary }
keywords: [تجربة]
guide:
  office: service-centre
  time: { value: 12, unit: workingDays, confirmed: true }
  legalBasis: { ar: قانون, en: Law }
  procedure:
    - { ar: خطوة, en: A step }
channels: [web, counter]
applicants: [principal, agent]
form:
  pages:
    - id: place
      title: { ar: المكان, en: The place }
      fields:
        - { id: place, kind: address, label: { ar: العنوان, en: Address }, prefill: address }
        - { id: phone, kind: phone, label: { ar: الهاتف, en: Telephone }, prefill: phone }
        - id: use
          kind: choice
          label: { ar: الاستعمال, en: Use }
          options:
            - { id: home, label: { ar: بيت, en: Home } }
            - { id: shop, label: { ar: محل, en: Shop } }
            - { id: plant, label: { ar: مصنع, en: Plant } }
        - id: workers
          kind: whole-number
          label: { ar: عدد العمال, en: Workers }
          when: use = "plant"
          min: 1
          max: 500
        - { id: begins, kind: date, label: { ar: يبدأ في, en: Begins on } }
        - { id: food, kind: yes-no, label: { ar: طعام, en: Food } }
papers:
  - id: power-of-attorney
    name: { ar: وكالة, en: Power of attorney }
    when: capacity = "agent"
    kind: power-of-attorney
    accept: [pdf]
  - id: plan
    name: { ar: مخطط, en: Plan }
    when: use = "plant"
    kind: plan
    accept: [pdf]
  - id: sketch
    name: { ar: رسم يدوي, en: Sketch }
    when: use = "shop"
    kind: plan
    accept: [pdf]
known:
  - { id: dues-statement, name: { ar: ذمة, en: Dues }, source: { ar: من السجل, en: From the register } }
fees:
  - id: study
    name: { ar: رسم دراسة, en: Study fee }
    at: before-study
    currency: ILS
    amount: tariff.study
    dueKind: service-fee
  - id: licence
    name: { ar: رسم رخصة, en: Licence fee }
    at: after-decision
    currency: ILS
    amount: tariff.licence * metres
    when: use != "home"
    dueKind: crafts-licence
tariffs:
  - { key: study, from: 2026-01-01, until: 2026-06-30, amount: 20, currency: ILS, confirmed: false }
  - { key: study, from: 2026-07-01, amount: 25, currency: ILS, confirmed: false }
  - { key: licence, from: 2026-01-01, amount: 3, currency: ILS, confirmed: false }
dues: { neverHeld: false, rule: warn, kinds: [], above: [] }
ladder:
  - { afterHours: 7, role: head }
  - { afterHours: 21, role: manager, office: service-centre }
steps:
  - id: intake
    name: { ar: استلام, en: Intake }
    kind: review
    office: service-centre
    role: clerk
    hours: 2
    reads: [phone]
    acts: [approve, ask-papers]
  - id: study-fee
    name: { ar: دفع الدراسة, en: Study payment }
    kind: payment
    office: treasury
    role: collector
    hours: 0
    acts: [pay]
    feePoint: before-study
  - id: views
    name: { ar: آراء, en: Opinions }
    kind: opinions
    office: service-centre
    role: clerk
    hours: 7
    acts: [opine, return]
    join: { atLeast: 2 }
    opinions:
      - id: works
        name: { ar: رأي الأشغال, en: Opinion of works }
        office: works
        role: officer
        hours: 5
        reads: [place]
        fields:
          - { id: metres, kind: decimal, label: { ar: المساحة, en: Area }, min: 1, max: 500 }
      - id: planning
        name: { ar: رأي التخطيط, en: Opinion of planning }
        office: planning
        role: officer
        hours: 6
        fields:
          - { id: zone, kind: text, label: { ar: المنطقة, en: Zone }, max: 20 }
      - id: health
        name: { ar: رأي الصحة, en: Opinion of health }
        office: health
        role: officer
        hours: 7
        when: food = true
  - id: visit
    name: { ar: كشف, en: Visit }
    kind: site-visit
    office: works
    role: officer
    hours: 7
    acts: [approve, appoint, missed, return]
    fields:
      - { id: sound, kind: yes-no, label: { ar: سليم, en: Sound } }
  - id: mending
    name: { ar: إصلاح, en: Mending }
    kind: confirmation
    office: service-centre
    role: clerk
    hours: 0
    when: sound = false
    acts: [answer]
    lapseDays: 10
    fields:
      - { id: mended, kind: yes-no, label: { ar: أصلحت, en: Mended } }
    next:
      - { when: mended = true, to: visit }
  - id: defence
    name: { ar: الدفاع المدني, en: Civil defence }
    kind: outside
    office: service-centre
    role: clerk
    hours: 1
    when: use = "plant" and workers > 50
    acts: [record, return]
    body: { ar: الدفاع المدني, en: Civil Defence }
    days: 5
    fields:
      - { id: letter, kind: text, label: { ar: رقم الكتاب, en: Number of the letter }, max: 20 }
  - id: council
    name: { ar: قرار اللجنة, en: Decision of the committee }
    kind: committee
    office: planning
    role: head
    hours: 14
    reads: [zone, letter, sound]
    acts: [approve, reject]
    body: { ar: اللجنة المحلية, en: Local committee }
    ladder:
      - { afterHours: 14, role: mayor, office: mayor-office }
  - id: licence-fee
    name: { ar: دفع الرخصة, en: Licence payment }
    kind: payment
    office: treasury
    role: collector
    hours: 0
    acts: [pay]
    feePoint: after-decision
  - id: others
    name: { ar: خدمات أخرى, en: Other services }
    kind: parts
    office: service-centre
    role: clerk
    hours: 7
    when: use = "plant"
    acts: [parts-ended]
    join: all
    parts:
      - { id: water, service: TST-01, answers: { kind: '"small"' } }
  - id: entry
    name: { ar: قيد, en: Entry }
    kind: effect
    office: works
    role: officer
    hours: 1
    acts: [run-effect]
    effect: planning.record
    auto: true
    tries: 2
  - id: signature
    name: { ar: توقيع, en: Signature }
    kind: signature
    office: mayor-office
    role: mayor
    hours: 4
    reads: [begins]
    acts: [sign]
    output: licence
  - id: handover
    name: { ar: تسليم, en: Handover }
    kind: handover
    office: service-centre
    role: clerk
    hours: 1
    acts: [hand-over]
outputs:
  - id: licence
    kind: licence
    name: { ar: رخصة, en: Licence }
    body:
      ar: 'قررت اللجنة في جلستها {session.council} لـ{name}: {decision.council}.'
      en: 'In session {session.council} the committee decided for {name}: {decision.council}.'
    rows: [use, metres, begins]
    signer: mayor
grounds:
  - { id: unfit, words: { ar: المكان لا يصلح, en: The place is unfit } }
toConfirm:
  - { id: days-of-defence, what: { ar: مدة رد الدفاع المدني, en: Days civil defence takes } }
examples:
  - id: home
    name: { ar: بيت, en: A home }
    answers: { use: home }
    acts:
      - intake
      - { step: views, opinion: works, fields: { metres: 20 } }
      - { step: council, act: reject, ground: unfit }
    expect: { papers: [plan], fees: { study: 25 ILS }, way: [intake], messages: [received], state: rejected, due: none }
messages:
  received: { ar: 'استلمنا طلبك {number}', en: 'Received {number}' }
  fee-due: { ar: 'ادفع {amount}', en: 'Pay {amount}' }
  papers-missing: { ar: 'ينقص {papers}', en: 'Missing {papers}' }
  appointment: { ar: 'الكشف {date} {hour}', en: 'The visit is on {date} at {hour}' }
  visit-missed: { ar: 'لم نجد أحدًا', en: 'Nobody was there' }
  sent-outside: { ar: 'أرسلنا طلبك إلى {body}', en: 'Your request went to {body}' }
  answer-asked: { ar: 'هل أصلحت؟ قبل {date}', en: 'Is it mended? By {date}' }
  lapsed: { ar: 'لم يصلنا جواب', en: 'No answer came' }
  reopened: { ar: 'عاد طلبك إلى الكشف', en: 'It is back for a visit' }
  approved: { ar: 'قررت اللجنة في {use}', en: 'The committee decided on {use}' }
  rejected: { ar: 'لم نقبل {number}', en: 'Rejected {number}' }
  completed: { ar: 'أنجزنا {number}', en: 'Finished {number}' }
`
