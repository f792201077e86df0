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
    const held = line.pausedAt !== undefined && line.purpose === 'step'
    return {
      id: line.taskId,
      href: url(addresses.officeRequest, { id: line.requestId }, { task: line.taskId }),
      clock: line.closedAt
        ? undefined
        : clockOf({ from: line.openedAt, due: line.dueAt, held }, now, calendar),
      service: local(definition.name),
      number: requestNumber(line),
      person: line.applicant,
      wanted: <Wanted line={line} step={step ? local(step.name) : ''} staffId={staffId} />,
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
function Wanted({ line, step, staffId }: { line: InboxLine; step: string; staffId: string }) {
  const t = useTexts(staffTexts)
  const local = useLocalized()
  const words =
    line.closedAt !== undefined
      ? t('wanted-returned')
      : line.state === 'waiting'
        ? line.missingPapers.length > 0
          ? t('wanted-papers', { count: line.missingPapers.length })
          : t('wanted-answer')
        : line.state === 'referred'
          ? t('wanted-opinion-out')
          : line.purpose === 'opinion'
            ? t('wanted-opinion', { step })
            : line.purpose === 'information'
              ? t('wanted-information')
              : step
  const holder = line.assignee && line.assignee.id !== staffId ? local(line.assignee.name) : undefined
  return (
    <>
      {words}
      {holder && <small className="line-note dim">{t('held-by', { name: holder })}</small>}
    </>
  )
}

function From({ line }: { line: InboxLine }) {
  const t = useTexts(staffTexts)
  const local = useLocalized()
  return (
    <>
      {line.from ? (
        <bdi>{local(line.from)}</bdi>
      ) : (
        t(line.channel === 'counter' ? 'from-counter' : 'from-web')
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
        line.purpose !== 'step' &&
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
