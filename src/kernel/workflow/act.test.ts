import { describe, expect, it } from 'vitest'
import { workingMinutesBetween } from '../../lib/calendar.ts'
import { project } from './project.ts'
import { calendar, people, serviceOf, stepOf, subscription } from './testing/service.ts'
import { Story } from './testing/story.ts'

const { citizen, clerk, officer, colleague, head, collector, planner, manager, mayor } = people

const filed = () => new Story(subscription).do(citizen, 'file')
const atSurvey = () => filed().do(clerk, 'approve')
const atDecision = () =>
  atSurvey()
    .do(officer, 'approve', { fields: { amperes: 32 } })
    .do(officer, 'approve')
const done = () =>
  atDecision()
    .do(head, 'approve')
    .do(head, 'sign')
    .do(officer, 'run-effect', { fields: { meter: 'M-1' } })
    .do(clerk, 'hand-over')

describe('filing', () => {
  it('opens the first step, says it was received and promises a day', () => {
    const story = filed()
    expect(story.projection).toMatchObject({ state: 'submitted', step: 'intake', lastSeq: 1 })
    expect(story.task).toMatchObject({ office: 'centre', role: 'clerk', state: 'open' })
    expect(story.messages).toEqual(['received'])
    expect(story.projection.dueAt).toEqual(new Date('2026-11-16T15:00:00+02:00'))
    expect(story.task?.dueAt).toEqual(new Date('2026-11-09T08:30:00+02:00'))
  })

  it('waits for a fee due before filing; the promise begins when it is paid', () => {
    const story = new Story(subscription, ['before-filing']).do(citizen, 'file')
    expect(story.projection).toMatchObject({ state: 'awaiting-fee', step: undefined, dueAt: undefined })
    expect(story.told).toEqual([
      { kind: 'raise-fees', feePoint: 'before-filing' },
      { kind: 'message', event: 'fee-due' },
    ])
    story.later(48).pay()
    expect(story.projection).toMatchObject({ state: 'submitted', step: 'intake', pausedMs: 0 })
    expect(story.messages).toEqual(['paid', 'received'])
    expect(story.projection.dueAt).toEqual(new Date('2026-11-18T15:00:00+02:00'))
  })

  it('is refused to a stranger, and a second time', () => {
    expect(new Story(subscription).try(people.stranger, 'file')).toBe('not-yours')
    expect(filed().try(citizen, 'file')).toBe('not-available')
  })
})

describe('taking', () => {
  it('makes the task mine, and others are told it is taken', () => {
    const story = atSurvey().do(officer, 'take')
    expect(story.task?.assignee).toBe('officer')
    expect(story.try(colleague, 'approve', { fields: { amperes: 32 } })).toBe('already-taken')
    expect(story.try(colleague, 'take')).toBe('already-taken')
    expect(story.offered(officer)).not.toContain('take')
  })

  it('is open to the head of the office over a colleague, and to nobody of another office', () => {
    const story = atSurvey().do(officer, 'take').do(head, 'take')
    expect(story.task?.assignee).toBe('head')
    expect(story.try(planner, 'take')).toBe('not-yours')
  })

  it('is implied when somebody acts on a task nobody had taken', () => {
    expect(atSurvey().do(officer, 'defer', { until: new Date('2027-01-01') }).task?.assignee).toBe('officer')
  })
})

describe('approving', () => {
  it('leads by the branch whose condition holds, and keeps the fields', () => {
    const story = atSurvey().do(officer, 'approve', { fields: { amperes: 100, transformer: 'T-4' } })
    expect(story.projection).toMatchObject({
      step: 'council',
      state: 'in-review',
      stepFields: { amperes: 100 },
    })
    expect(atSurvey().do(officer, 'approve', { fields: { amperes: 32 } }).projection.step).toBe('assessment')
  })

  it('passes over steps that do not apply and payments with nothing to pay', () => {
    expect(atDecision().projection.step).toBe('decision')
    expect(atDecision().do(head, 'approve').projection.step).toBe('contract')
  })

  it('asks for the fields that apply, and knows no others', () => {
    const story = atSurvey()
    expect(story.try(officer, 'approve')).toBe('fields-required')
    expect(story.ask(officer, 'approve', { fields: { amperes: 100 } }, undefined, story.task?.id)).toEqual({
      ok: false,
      code: 'fields-required',
      fields: ['transformer'],
    })
    expect(story.try(officer, 'approve', { fields: { amperes: 32, colour: 'red' } })).toBe('unknown-field')
    story.do(officer, 'approve', { fields: { amperes: 32, transformer: 'hidden by 32 amperes' } })
    expect(story.projection.stepFields).toEqual({ amperes: 32 })
  })

  it('hands the next office who sent it and with which words', () => {
    const story = filed().do(clerk, 'approve', {}, '  للكشف من فضلكم ')
    expect(story.task).toMatchObject({
      from: { kind: 'staff', id: 'clerk', office: 'centre' },
      note: 'للكشف من فضلكم',
    })
  })

  it('tells the citizen of a decision', () => {
    expect(atDecision().do(head, 'approve').messages).toEqual(['approved'])
  })
})

describe('returning', () => {
  it('goes back with a note to whoever had the step before', () => {
    const story = atDecision()
    expect(story.try(head, 'return', { toStep: 'survey' })).toBe('note-required')
    expect(story.try(head, 'return', {}, 'أعيدوا القياس')).toBe('step-required')
    expect(story.try(head, 'return', { toStep: 'contract' }, 'أعيدوا القياس')).toBe('unknown-step')
    story.do(head, 'return', { toStep: 'survey' }, 'أعيدوا القياس')
    expect(story.task).toMatchObject({ step: 'survey', assignee: 'officer', note: 'أعيدوا القياس' })
    expect(story.open).toHaveLength(1)
  })

  it('takes back a fee that was asked and not paid', () => {
    const story = atDecision()
    story.owed.add('after-decision')
    story.do(head, 'approve').do(collector, 'return', { toStep: 'assessment' }, 'خطأ في التقدير')
    expect(story.told).toContainEqual({ kind: 'cancel-fees', feePoint: 'after-decision' })
    expect(story.projection).toMatchObject({ state: 'in-process', pausedAt: undefined })
  })
})

describe('papers', () => {
  const asked = () =>
    atSurvey()
      .do(officer, 'take')
      .later(1)
      .do(officer, 'ask-papers', {
        papers: [
          { id: 'deed', words: 'سند الملكية' },
          { id: 'plan', words: 'المخطط' },
        ],
      })

  it('are named, and the clock stops', () => {
    const story = asked()
    expect(story.projection).toMatchObject({ state: 'awaiting-papers', pausedAt: story.at })
    expect(story.projection.missingPapers.map(({ id }) => id)).toEqual(['deed', 'plan'])
    expect(story.task).toMatchObject({ state: 'waiting', assignee: 'officer' })
    expect(story.told).toMatchObject([{ event: 'papers-missing', papers: [{ id: 'deed' }, { id: 'plan' }] }])
    expect(story.try(officer, 'approve', { fields: { amperes: 1 } })).toBe('not-available')
  })

  it('are waited for by whoever takes the task over', () => {
    const story = asked().do(head, 'take')
    expect(story.task).toMatchObject({ state: 'waiting', assignee: 'head' })
    expect(story.do(citizen, 'supply-papers', { supplied: ['deed', 'plan'] }).task).toMatchObject({
      state: 'open',
      assignee: 'head',
    })
  })

  it('must be papers of the service', () => {
    expect(atSurvey().try(officer, 'ask-papers')).toBe('papers-required')
    expect(atSurvey().try(officer, 'ask-papers', { papers: [{ id: 'camel', words: '' }] })).toBe(
      'unknown-paper',
    )
  })

  it('come from the citizen or over the counter; with the last one the same officer goes on', () => {
    const story = asked()
    const left = workingMinutesBetween(calendar, story.at, story.projection.dueAt ?? story.at)
    const taskLeft = workingMinutesBetween(calendar, story.at, story.task?.dueAt ?? story.at)
    expect(story.try(citizen, 'supply-papers', { supplied: ['photo'] })).toBe('unknown-paper')
    expect(story.try(planner, 'supply-papers', { supplied: ['deed'] })).toBe('not-yours')
    story.later(30).do(citizen, 'supply-papers', { supplied: ['deed'] })
    expect(story.projection).toMatchObject({ state: 'awaiting-papers', missingPapers: [{ id: 'plan' }] })
    story.later(70).do(clerk, 'supply-papers', { supplied: ['plan'] })
    expect(story.projection).toMatchObject({
      state: 'in-process',
      missingPapers: [],
      pausedMs: 100 * 3_600_000,
    })
    expect(story.task).toMatchObject({ step: 'survey', state: 'open', assignee: 'officer' })
    expect(story.messages).toEqual(['papers-arrived'])
    const { dueAt } = story.projection
    expect(workingMinutesBetween(calendar, story.at, dueAt ?? story.at)).toBeCloseTo(left)
    expect(workingMinutesBetween(calendar, story.at, story.task?.dueAt ?? story.at)).toBeCloseTo(taskLeft)
  })
})

describe('referral', () => {
  const note = 'رأيكم في المسار'

  it('for an opinion puts my task aside until it comes back', () => {
    const story = atSurvey().do(officer, 'refer', { to: { office: 'planning', purpose: 'opinion' } }, note)
    const opinion = story.projection.tasks.find(({ purpose }) => purpose === 'opinion')
    expect(story.task?.state).toBe('referred')
    expect(opinion).toMatchObject({
      office: 'planning',
      note,
      from: { id: 'officer', office: 'electricity' },
    })
    expect(story.try(officer, 'approve', { fields: { amperes: 1 } })).toBe('not-available')
    expect(story.try(planner, 'refer-back', {}, undefined, opinion?.id)).toBe('note-required')
    const promised = story.projection.dueAt
    const due = story.task?.dueAt
    story.later(24).do(planner, 'refer-back', {}, 'لا مانع', opinion?.id)
    expect(story.task).toMatchObject({ state: 'open', assignee: 'officer' })
    expect(story.projection.dueAt).toEqual(promised)
    expect(workingMinutesBetween(calendar, due ?? story.at, story.task?.dueAt ?? story.at)).toBeCloseTo(
      7 * 60,
    )
  })

  it('for information opens a task there and leaves mine', () => {
    const to = { office: 'planning', staffId: 'planner', purpose: 'information' } as const
    const story = atSurvey().do(officer, 'refer', { to }, note)
    const information = story.projection.tasks.find(({ purpose }) => purpose === 'information')
    expect(story.task?.state).toBe('open')
    expect(information).toMatchObject({ assignee: 'planner', state: 'open' })
    story.do(planner, 'refer-back', {}, undefined, information?.id)
    expect(story.open).toHaveLength(1)
  })

  it('needs an office of the town, other than mine, and a note', () => {
    const to = (office: string, staffId?: string) => ({
      to: { office, purpose: 'opinion' as const, ...(staffId && { staffId }) },
    })
    expect(atSurvey().try(officer, 'refer', {}, note)).toBe('office-required')
    expect(atSurvey().try(officer, 'refer', to('atlantis'), note)).toBe('unknown-office')
    expect(atSurvey().try(officer, 'refer', to('electricity'), note)).toBe('refers-to-itself')
    expect(atSurvey().try(officer, 'refer', to('electricity', 'colleague'), note)).toBe('ok')
    expect(atSurvey().try(officer, 'refer', to('planning'))).toBe('note-required')
  })
})

describe('deferring', () => {
  it('puts the task off and leaves the promise', () => {
    const story = atSurvey()
    const promised = story.projection.dueAt
    expect(story.try(officer, 'defer')).toBe('date-required')
    expect(story.try(officer, 'defer', { until: story.at })).toBe('date-in-past')
    const until = new Date('2026-11-12T08:00:00+02:00')
    story.do(officer, 'defer', { until })
    expect(story.task).toMatchObject({ state: 'deferred', deferredUntil: until })
    expect(story.projection.dueAt).toEqual(promised)
    story.do(officer, 'approve', { fields: { amperes: 1 } })
    expect(story.projection.tasks.at(-2)).not.toHaveProperty('deferredUntil')
  })
})

describe('ending', () => {
  it('by rejection needs a reason', () => {
    const story = atDecision()
    expect(story.try(head, 'reject', {}, '  ')).toBe('note-required')
    story.do(head, 'reject', {}, 'الموقع خارج حدود البلدية')
    expect(story.projection).toMatchObject({ state: 'rejected', step: undefined, closedAt: story.at })
    expect(story.open).toEqual([])
    expect(story.messages).toEqual(['rejected'])
  })

  it('by withdrawal is the citizen’s, or the clerk’s on their behalf with a note', () => {
    expect(atSurvey().do(citizen, 'withdraw').projection.state).toBe('withdrawn')
    expect(atSurvey().try(clerk, 'withdraw')).toBe('note-required')
    expect(atSurvey().do(clerk, 'withdraw', {}, 'حضر وطلب السحب').messages).toEqual(['withdrawn'])
    expect(atSurvey().try(people.stranger, 'withdraw')).toBe('not-yours')
  })

  it('by withdrawal is too late once something was signed or done', () => {
    const story = atDecision().do(head, 'approve').do(head, 'sign')
    expect(story.try(citizen, 'withdraw')).toBe('not-available')
  })

  it('by withdrawal takes back what was asked and not paid', () => {
    const story = new Story(subscription, ['before-filing']).do(citizen, 'file').do(citizen, 'withdraw')
    expect(story.told).toContainEqual({ kind: 'cancel-fees', feePoint: 'before-filing' })
    story.do(manager, 'reopen', {}, 'عدل عن السحب')
    expect(story.projection).toMatchObject({ state: 'awaiting-fee', closedAt: undefined })
  })

  it('closes what lies elsewhere for information', () => {
    const to = { office: 'planning', purpose: 'information' } as const
    const story = atSurvey().do(officer, 'refer', { to }, 'للعلم').do(officer, 'reject', {}, 'مكرر')
    expect(story.open).toEqual([])
  })
})

describe('reopening', () => {
  it('puts it back on the step that ended it, with the same officer, and the promise has not run', () => {
    const story = atDecision().do(head, 'reject', {}, 'نقص')
    const left = workingMinutesBetween(calendar, story.at, story.projection.dueAt ?? story.at)
    expect(story.try(officer, 'reopen', {}, 'اعتراض')).toBe('not-yours')
    expect(story.try(manager, 'reopen')).toBe('note-required')
    story.later(200).do(manager, 'reopen', {}, 'اعتراض مقبول')
    expect(story.projection).toMatchObject({ state: 'in-review', step: 'decision', closedAt: undefined })
    expect(story.task?.assignee).toBe('head')
    expect(workingMinutesBetween(calendar, story.at, story.projection.dueAt ?? story.at)).toBeCloseTo(left)
    expect(story.messages).toEqual(['reopened'])
  })

  it('never leads back onto an effect that has been run', () => {
    const short = serviceOf([stepOf('check', 'review'), stepOf('connect', 'effect')])
    const story = new Story(short).do(citizen, 'file').do(officer, 'approve').do(officer, 'run-effect')
    expect(story.projection.state).toBe('done')
    story.do(manager, 'reopen', {}, 'خطأ').do(officer, 'approve')
    expect(story.projection.state).toBe('done')
    expect(story.told.map(({ kind }) => kind)).not.toContain('run-effect')
  })
})

describe('paying', () => {
  const atPayment = () => {
    const story = atDecision()
    story.owed.add('after-decision')
    return story.do(head, 'approve')
  }

  it('is awaited with the clock stopped and nobody late', () => {
    const story = atPayment()
    expect(story.projection).toMatchObject({ state: 'awaiting-fee', step: 'service-fee', pausedAt: story.at })
    expect(story.task).not.toHaveProperty('dueAt')
    expect(story.told).toContainEqual({ kind: 'raise-fees', feePoint: 'after-decision' })
    expect(story.messages).toEqual(['approved', 'fee-due'])
  })

  it('needs a receipt, and the ledger to say that nothing is left', () => {
    const story = atPayment()
    expect(story.try(collector, 'pay')).toBe('receipt-required')
    expect(story.try(collector, 'pay', { receipt: '7/2026' })).toBe('fee-unpaid')
    expect(story.try(collector, 'pay', { receipt: '7/2026', feePoint: 'before-execution' })).toBe(
      'not-available',
    )
    story.later(50).pay('7/2026')
    expect(story.projection).toMatchObject({ step: 'contract', settledFeePoints: ['after-decision'] })
    expect(story.projection.pausedMs).toBe(50 * 3_600_000)
  })

  it('may be excepted by name: the debt remains, and no receipt is told', () => {
    const exception = { by: 'manager', reason: 'حالة اجتماعية' }
    expect(atPayment().try(collector, 'pay', { exception })).toBe('exception-not-yours')
    expect(atPayment().try(mayor, 'pay', { exception: { by: 'mayor', reason: ' ' } })).toBe(
      'exception-incomplete',
    )
    const story = atPayment().do(mayor, 'pay', { exception })
    expect(story.projection.step).toBe('contract')
    expect(story.messages).toEqual([])
  })
})

describe('executing', () => {
  it('signing asks for the person again, belongs to the signer alone, and issues the output', () => {
    const story = atDecision().do(head, 'approve')
    expect(story.try(officer, 'sign')).toBe('not-yours')
    story.do(head, 'sign')
    expect(story.told).toContainEqual({ kind: 'issue-output', output: 'contract', step: 'contract' })
  })

  it('runs the effect once, with its fields', () => {
    const story = atDecision().do(head, 'approve').do(head, 'sign')
    expect(story.try(officer, 'run-effect')).toBe('fields-required')
    story.do(officer, 'run-effect', { fields: { meter: 'M-9' } })
    const effect = { kind: 'run-effect', effect: 'utilities.open-subscription', step: 'connection' }
    expect(story.told).toContainEqual(effect)
    expect(story.messages).toEqual(['ready'])
    story.do(clerk, 'return', { toStep: 'contract' }, 'خطأ في العقد').do(head, 'sign')
    expect(story.projection.step).toBe('handover')
    expect(story.told).not.toContainEqual(effect)
  })

  it('hands over when the fees are settled, and is done', () => {
    const story = atDecision().do(head, 'approve').do(head, 'sign')
    story.do(officer, 'run-effect', { fields: { meter: 'M-9' } })
    story.owed.add('before-execution')
    expect(story.try(clerk, 'hand-over')).toBe('fee-unpaid')
    expect(story.offered(clerk)).toContain('(hand-over)')
    story.owed.clear()
    story.do(clerk, 'hand-over')
    expect(story.projection).toMatchObject({ state: 'done', step: undefined })
    expect(story.messages).toEqual(['completed'])
  })
})

it('the whole story told again gives the same projection', () => {
  const story = done()
  expect(project(subscription, story.actions, story.ctx)).toEqual(story.projection)
})
