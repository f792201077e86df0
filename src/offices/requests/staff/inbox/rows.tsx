import type { Step } from '../../../../kernel/definition/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import type { WorkCalendar } from '../../../../lib/calendar.ts'
import { DateText, Flag, type InboxRow, useLocalized, usePage, useTexts } from '../../../../ui/index.ts'
import type { Catalogue } from '../../../catalogue/index.ts'
import type { Box } from '../../boxes.ts'
import { requestNumber } from '../../model.ts'
import { clockOf } from '../clock.ts'
import { staffTexts } from '../strings.ts'
import type { InboxLine } from './store.ts'

type RowsOf = {
  lines: InboxLine[]
  catalogue: Catalogue
  calendar: WorkCalendar
  staffId: string
  box: Box
}

/** The lines of a box, in the words of the desk. */
export function useRows({ lines, catalogue, calendar, staffId, box }: RowsOf): InboxRow[] {
  const local = useLocalized()
  const { url, now } = usePage()
  return lines.map(line => {
    const { definition } = catalogue.get(line.serviceCode, line.serviceVersion).service
    const step = definition.steps.find(({ id }) => id === line.step)
    const asked = step?.opinions?.find(({ id }) => id === line.branch) ?? step
    // Those outside have a day of their own, which runs while the promise stands.
    const isMain = line.purpose === 'step' || line.purpose === 'branch'
    const held = line.pausedAt !== undefined && isMain && line.requestState !== 'awaiting-outside'
    return {
      id: line.taskId,
      href: url(addresses.officeRequest, { id: line.requestId }, { task: line.taskId }),
      clock: line.closedAt
        ? undefined
        : clockOf({ from: line.openedAt, due: line.dueAt, held }, now, calendar),
      service: local(definition.name),
      number: requestNumber(line),
      person: line.applicant,
      wanted: <Wanted line={line} step={step} name={asked ? local(asked.name) : ''} staffId={staffId} />,
      from: <From line={line} />,
      when: (
        <DateText
          value={box === 'deferred' && line.deferredUntil ? line.deferredUntil : line.openedAt}
          form="dense"
        />
      ),
      flags: <Flags line={line} box={box} />,
      unread:
        line.state === 'open' && !line.seenAt && (line.assignee === undefined || line.purpose !== 'step'),
    }
  })
}

/** What is wanted of the reader; on a task that waits, of whom it waits. */
function Wanted({
  line,
  step,
  name,
  staffId,
}: {
  line: InboxLine
  step: Step | undefined
  name: string
  staffId: string
}) {
  const t = useTexts(staffTexts)
  const local = useLocalized()
  const { now } = usePage()
  const words = wantedOf(line, step, name, t, local, now)
  const holder = line.assignee && line.assignee.id !== staffId ? local(line.assignee.name) : undefined
  return (
    <>
      {words}
      {holder && <small className="line-note dim">{t('held-by', { name: holder })}</small>}
    </>
  )
}

function wantedOf(
  line: InboxLine,
  step: Step | undefined,
  name: string,
  t: ReturnType<typeof useTexts<keyof typeof staffTexts.ar>>,
  local: ReturnType<typeof useLocalized>,
  now: Date,
): string {
  if (line.closedAt !== undefined) return t('wanted-returned')
  if (line.state === 'waiting' && line.missingPapers.length > 0)
    return t('wanted-papers', { count: line.missingPapers.length })
  if (line.purpose === 'step') {
    if (line.state === 'waiting' && step?.kind === 'outside')
      return t(line.dueAt && line.dueAt <= now ? 'wanted-outside-due' : 'wanted-outside', {
        body: step.body ? local(step.body) : '',
      })
    if (line.state === 'waiting' && step?.kind === 'effect') return t('wanted-machine', { step: name })
    if (line.state === 'referred' && step?.kind === 'opinions') return t('wanted-opinions')
    if (line.state === 'referred' && step?.kind === 'parts') return t('wanted-parts')
  }
  if (line.state === 'waiting') return t('wanted-answer')
  if (line.state === 'referred') return t('wanted-opinion-out')
  if (line.purpose === 'opinion') return t('wanted-opinion', { step: name })
  if (line.escalated) return t('wanted-late', { step: name })
  return line.purpose === 'information' ? t('wanted-information') : name
}

function From({ line }: { line: InboxLine }) {
  const t = useTexts(staffTexts)
  const local = useLocalized()
  return (
    <>
      {line.from ? (
        <bdi>{local(line.from)}</bdi>
      ) : (
        t(line.escalated ? 'from-system' : line.channel === 'counter' ? 'from-counter' : 'from-web')
      )}
      {line.note && <small className="line-note dim">{shorten(line.note)}</small>}
    </>
  )
}

const longestNote = 70
const shorten = (note: string) =>
  note.length > longestNote ? `${note.slice(0, longestNote).trimEnd()}…` : note

function Flags({ line, box }: { line: InboxLine; box: Box }) {
  const t = useTexts(staffTexts)
  const { now } = usePage()
  return (
    <>
      {line.papers > 0 && (
        <Flag icon="doc" label={t('flag-papers')}>
          {line.papers}
        </Flag>
      )}
      {line.appointmentAt && line.closedAt === undefined && (
        <Flag icon="cal" tone={line.appointmentAt <= now ? 'honey' : undefined}>
          <DateText value={line.appointmentAt} form="moment" />
        </Flag>
      )}
      {line.hasLetter && (
        <Flag icon="chat" tone="glass">
          {t('flag-letter')}
        </Flag>
      )}
      {line.deferredUntil && line.deferredUntil <= now && line.state === 'deferred' && (
        <Flag icon="snooze" tone="honey">
          {t('flag-due-back')}
        </Flag>
      )}
      {line.from &&
        line.closedAt === undefined &&
        (line.purpose === 'opinion' || line.purpose === 'information') &&
        line.seenAt &&
        box === 'forwarded' && <Flag icon="eye">{t('flag-seen')}</Flag>}
      {line.lastAct === 'supply-papers' && (
        <Flag icon="doc" tone="glass">
          {t('flag-arrived')}
        </Flag>
      )}
      {line.lastAct === 'refer-back' && (
        <Flag icon="opinion" tone="glass">
          {t('flag-referred-back')}
        </Flag>
      )}
      {line.lastAct === 'return' && (
        <Flag icon="turn" tone="honey">
          {t('flag-returned')}
        </Flag>
      )}
    </>
  )
}
