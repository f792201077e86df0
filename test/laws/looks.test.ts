import { describe, expect, test } from 'vitest'
import { type Source, sources, withoutComments } from './sources.ts'

/** Pages whose own list of open work brings people up: the work is the cause. Everything else is asked for a cause. */
const byTheirWork: Record<string, string> = {
  'src/offices/archive/serve.ts': 'a scan they made themselves a moment ago',
  'src/offices/bulletins/pages/review.tsx': 'the sample of a bulletin that waits to be let go',
  'src/offices/centre/floor/ask.tsx': 'a task to be given to somebody',
  'src/offices/centre/floor/review-page.tsx': 'a file that waits to be reviewed',
  'src/offices/centre/signing/paper.tsx': 'a paper that waits for their signature',
  'src/offices/certificates/signing/pages/by-hand.tsx': 'a paper out to be signed by hand',
  'src/offices/counter/people/merge.tsx': 'the second of two records, once the first is open',
  'src/offices/feedback/staff/complaints.tsx': 'a complaint addressed to them',
  'src/offices/feedback/staff/contacts.tsx': 'a message addressed to them',
  'src/offices/imports/pages/decisions.tsx': 'a row that waits for a decision',
  'src/offices/messaging/incoming/pages/list.tsx': 'texts that wait for an answer',
  'src/offices/messaging/incoming/pages/one.tsx': 'a text that waits for an answer',
  'src/offices/messaging/numbers/doubtful.tsx': 'numbers to ask about',
  'src/offices/messaging/pages/message.tsx': 'a message that waits to be settled',
  'src/offices/messaging/pages/post.tsx': 'notices that wait for the post',
  'src/offices/payments/staff/one.tsx': 'a refund that waits',
  'src/offices/requests/letters/held/routes.tsx': 'letters that wait for a second look',
  'src/offices/requests/staff/outings/page.tsx': 'today’s visits to places',
  'src/offices/rights/correction/pages/decide.ts': 'a proof of a correction that waits',
  'src/offices/rights/correction/pages/one.tsx': 'a correction that waits to be decided',
  'src/offices/treasury/debts/pages/plan.tsx': 'a plan that waits to be decided',
  'src/offices/treasury/pages/receipt.tsx': 'a receipt they wrote within the hour',
  'src/offices/treasury/till/pages/hub.tsx': 'receipts proposed to be taken back',
  'src/offices/treasury/till/pages/receipts.tsx': 'the books of the till',
}

const gate = 'src/offices/looks/gate.ts'
const isWork = /\{ kind: '(task|inspection|visit)' \}|first && \{ \.\.\.first, kind: 'task' \}/

const claiming = (files: readonly Source[]): string[] =>
  files
    .map(file => ({ ...file, text: withoutComments(file.text) }))
    .filter(({ text }) => /\blook(Into|Once)\(/.test(text) && isWork.test(text))
    .map(({ path }) => path)

const past = (files: readonly Source[]): string[] =>
  files
    .filter(({ path, text }) => path !== gate && /\bnoteLook\(|\.looks\.push\(/.test(withoutComments(text)))
    .map(({ path }) => path)

/** Long lists that are not counted: what their reader has to work on, or what names nobody. Everything else that is leafed through asks `passRows`. */
const uncounted: Record<string, string> = {
  'src/offices/bulletins/pages/list.tsx': 'bulletins, which name nobody',
  'src/offices/imports/pages/decisions.tsx': 'rows that wait for a decision',
  'src/offices/imports/pages/rows.tsx': 'rows of a file that is being taken in',
  'src/offices/messaging/numbers/doubtful.tsx': 'numbers to ask about',
  'src/offices/messaging/pages/trouble.tsx': 'messages that wait to be settled',
  'src/offices/oversight/citizen/list.tsx': 'a citizen’s own',
  'src/offices/oversight/presence/page.tsx': 'who looked, for whoever looks after the lookers',
  'src/offices/oversight/staff/reasons.tsx': 'who looked, for whoever looks after the lookers',
  'src/offices/oversight/staff/rows.tsx': 'who looked, for whoever looks after the lookers',
  'src/offices/requests/citizen/mine/list.tsx': 'a citizen’s own',
  'src/offices/requests/staff/inbox/page.tsx': 'tasks of one’s own offices',
  'src/offices/seal/auditor/list.tsx': 'entries by their numbers; who they are about is a look',
}

const leafed = (files: readonly Source[]): string[] =>
  files
    .map(file => ({ ...file, text: withoutComments(file.text) }))
    .filter(
      ({ path, text }) =>
        path.startsWith('src/offices/') && text.includes('<Pager') && !text.includes('passRows('),
    )
    .map(({ path }) => path)

describe('a list of people on screen', () => {
  const files = sources('src/offices/**/*.{ts,tsx}').filter(({ path }) => !/\.test\.tsx?$/.test(path))

  test('counts its rows, or the list says why not', () => {
    expect(leafed(files).sort()).toEqual(Object.keys(uncounted).sort())
  })

  test('is caught when it does not', () => {
    expect(leafed([{ path: 'src/offices/x/page.tsx', text: '<Pager next={url} />' }])).toHaveLength(1)
  })
})

describe('a look', () => {
  const files = sources('src/offices/**/*.{ts,tsx}').filter(({ path }) => !/\.test\.tsx?$/.test(path))

  test('is noted by the gate alone', () => {
    expect(past(files)).toEqual([])
  })

  test('is taken for work that lies open only where the list says so, and says which', () => {
    expect(claiming(files).sort()).toEqual(Object.keys(byTheirWork).sort())
  })

  test('is caught when it does either', () => {
    const planted = (text: string) => [{ path: 'src/offices/x/page.tsx', text }]
    expect(past(planted('noteLook(call, seen)'))).toHaveLength(1)
    expect(claiming(planted("await lookInto(call, tx, seen, { kind: 'task' })"))).toHaveLength(1)
  })
})
