import type { Step } from '../../../../kernel/definition/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { KeyValues, Pane, Photos, useLocalized, usePage, useTexts } from '../../../../ui/index.ts'
import { proofsSince } from '../../proofs.ts'
import { findingsOf, namedAnswers } from '../../staff/request/answers.tsx'
import { citizenTexts } from '../strings.ts'
import type { RequestSheet } from './request.tsx'

type Props = { sheet: RequestSheet }

/** What the departments did, as they wrote it, and the photos that show it: of the last time each was at it. */
export function WorkShown({ sheet, step: asking }: Props & { step: Step }) {
  const shown = finishedWith(sheet, ({ kind }) => kind !== 'confirmation')
  return shown.map(step => <Work key={step.id} sheet={sheet} step={step} besides={asking.reads ?? []} />)
}

/** What a question rests on: nobody answers for words they did not read. */
export function AnswersBefore({ sheet, step }: Props & { step: Step }) {
  const { locale } = usePage()
  const { service, request } = sheet
  const known = { ...request.answers, ...request.projection.stepFields }
  const items = namedAnswers(service, known, step.reads ?? [], locale)
  if (items.length === 0) return null
  return (
    <div className="mb-s">
      <KeyValues
        kind="answers"
        pairs={items.map(({ label, value }) => ({ term: label, value: <bdi>{value}</bdi> }))}
      />
    </div>
  )
}

/**
 * What was done about the request, once it was: a meter and its readings, a repair and its photos. Judgements of officers on the way are
 * not among it; they are told by what the town issues and by its messages.
 */
export function WorkDone({ sheet }: Props) {
  const t = useTexts(citizenTexts)
  const { papers, request } = sheet
  const given = (step: Step) =>
    (step.fields ?? []).some(({ id }) => request.projection.stepFields[id] !== undefined) ||
    proofsSince(papers, step, request.projection).length > 0
  const done = finishedWith(sheet, isWork).filter(given)
  if (done.length === 0 || sheet.acts.answer) return null
  return (
    <Pane id="work" icon="build" title={t('work-done')}>
      {done.map(step => (
        <Work key={step.id} sheet={sheet} step={step} besides={[]} />
      ))}
    </Pane>
  )
}

/** What the applicant was asked on the way and answered, beside what the question rested on. */
export function Answered({ sheet }: Props) {
  const t = useTexts(citizenTexts)
  const { locale } = usePage()
  const { service, request } = sheet
  const known = { ...request.answers, ...request.projection.stepFields }
  // What the work itself shows stands there.
  const shown = new Set(finishedWith(sheet, isWork).flatMap(step => (step.fields ?? []).map(({ id }) => id)))
  const items = finished(sheet, ({ kind }) => kind === 'confirmation').flatMap(
    ({ fields = [], reads = [] }) => {
      // What an earlier answer said of a question no longer asked is not part of this one.
      const answered = fields.filter(
        ({ id, when }) => known[id] !== undefined && service.holds(when, sheet.values),
      )
      if (answered.length === 0) return []
      const ids = [...reads.filter(id => !shown.has(id)), ...answered.map(({ id }) => id)]
      return namedAnswers(service, known, ids, locale)
    },
  )
  if (items.length === 0 || sheet.acts.answer) return null
  return (
    <Pane id="answered" icon="chat" title={t('your-answer')}>
      <KeyValues
        kind="answers"
        pairs={items.map(({ label, value }) => ({ term: label, value: <bdi>{value}</bdi> }))}
      />
    </Pane>
  )
}

const isWork = ({ kind }: Step): boolean => kind === 'review' || kind === 'effect'

/** Steps finished the last time they were opened. */
const finished = ({ service, request }: RequestSheet, fits: (step: Step) => boolean): Step[] =>
  service.definition.steps.filter(
    step =>
      fits(step) &&
      request.projection.tasks.findLast(task => task.purpose === 'step' && task.step === step.id)?.state ===
        'closed',
  )

/** Those of them that are shown by a photo or a paper. */
const finishedWith = (sheet: RequestSheet, fits: (step: Step) => boolean): Step[] =>
  finished(sheet, fits).filter(({ proofs }) => proofs !== undefined)

function Work({ sheet, step, besides }: Props & { step: Step; besides: readonly string[] }) {
  const local = useLocalized()
  const { url, locale } = usePage()
  const { request, service, papers } = sheet
  const { projection } = request
  const own = (step.fields ?? []).flatMap(({ id }) =>
    besides.includes(id) ? [] : [[id, projection.stepFields[id]] as const],
  )
  const said = findingsOf(service, Object.fromEntries(own), locale).flatMap(({ items }) => items)
  const names = new Map((step.proofs ?? []).map(proof => [proof.id, local(proof.name)]))
  return (
    <div className="mb-s">
      <KeyValues
        kind="answers"
        pairs={said.map(({ label, value }) => ({ term: label, value: <bdi>{value}</bdi> }))}
      />
      <Photos
        items={proofsSince(papers, step, projection).map(paper => ({
          id: paper.documentId,
          href: url(addresses.document, { id: paper.documentId }),
          label: names.get(paper.paperId) ?? '',
          ...(paper.hasThumbnail && {
            thumbnail: url(addresses.documentThumbnail, { id: paper.documentId }),
          }),
        }))}
      />
    </div>
  )
}
