import { addresses } from '../../../lib/addresses.ts'
import { plainDate, shortDate } from '../../../lib/dates.ts'
import {
  Button,
  DateField,
  FaultText,
  faultOf,
  fieldId,
  Icon,
  Pane,
  ScanControl,
  Tag,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import type { PaperInHand } from '../../requests/index.ts'
import { LastScan, ScansWaiting } from '../scans/pane.tsx'
import { counterTexts } from '../strings.ts'
import { serviceOf } from './open.ts'
import type { CaseView } from './page.tsx'

export const boxes = {
  file: (paper: string) => `paper.${paper}`,
  issued: (paper: string) => `issued.${paper}`,
}

/** Step 4: each paper with its fate, the one to scan next under one key, and what the town knows itself. */
export function PapersPane({ view }: { view: CaseView }) {
  const t = useTexts(counterTexts)
  const { of } = view
  const needed = of.papers.filter(({ paper }) => !paper.optional)
  const there = needed.filter(({ given }) => given.length > 0)
  const next = of.papers.find(({ given, paper }) => given.length === 0 && !paper.optional)
  return (
    <Pane
      id="papers"
      title={t('papers')}
      step={{ number: 4, state: there.length === needed.length ? 'met' : 'now' }}
      aside={needed.length > 0 && t('papers-count', { there: there.length, of: needed.length })}
      pad={false}
    >
      <div data-part="papers">
        <ScansWaiting of={of} />
        <ul className="check" aria-label={t('papers')}>
          {of.papers.map(hand => (
            <Paper key={hand.paper.id} hand={hand} view={view} isNext={hand === next} />
          ))}
          <Known view={view} />
        </ul>
      </div>
    </Pane>
  )
}

type PaperProps = { hand: PaperInHand; view: CaseView; isNext: boolean }

function Paper({ hand: { paper, given, offered }, view: { of, faults }, isNext }: PaperProps) {
  const t = useTexts(counterTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { draft } = of.form
  const action = url(addresses.counterDraftPaper, { draft: draft.id, paper: paper.id })
  const fault = faultOf(faults, paper.id) ?? faultOf(faults, boxes.file(paper.id))
  const there = given.length > 0
  const name = local(paper.name)
  return (
    <li className={isNext ? 'on' : undefined}>
      <span className={there ? 'ok-c' : isNext ? 'glass-c' : 'dim'}>
        <Icon
          name={there ? 'ok' : isNext ? 'scan' : 'doc'}
          label={t(there ? 'paper-there' : 'paper-not-there')}
        />
      </span>
      <div>
        <b>{name}</b> {paper.original && <Tag>{t('paper-original')}</Tag>}
        {paper.optional && <span className="opt-word"> {t('optional')}</span>}
        <Given of={given} />
        {!there && paper.hint && <small>{local(paper.hint)}</small>}
        {fault && (
          <p className="err">
            <Icon name="warn" />
            <span>
              <FaultText fault={fault} />
            </span>
          </p>
        )}
      </div>
      <ScanControl
        name={boxes.file(paper.id)}
        id={fieldId(paper.id)}
        action={action}
        label={t(there ? 'scan-more-of' : 'scan-of', { paper: name })}
        hotkey={isNext && !offered && of.scans.waiting.length === 0 ? 'F6' : undefined}
        again={there}
        faulty={fault !== undefined}
      />
      <PaperMore hand={{ paper, given, offered }} view={{ of, faults }} action={action} isNext={isNext} />
    </li>
  )
}

function Given({ of }: { of: PaperInHand['given'] }) {
  const t = useTexts(counterTexts)
  const page = usePage()
  return of.map(document => (
    <small key={document.id}>
      <a href={page.url(addresses.document, { id: document.id })} target="_blank" rel="noopener">
        {document.fileName || document.title}
      </a>
      {document.pages !== undefined && ` · ${t('pages', { count: document.pages })}`}
      {document.issuedOn && ` · ${t('issued-on', { date: plainDate(document.issuedOn, page.now, page) })}`}
    </small>
  ))
}

type MoreProps = {
  hand: PaperInHand
  view: Pick<CaseView, 'of' | 'faults'>
  action: string
  isNext: boolean
}

/** The day of issue where its age matters, the archive's own copy, the original shown, and taking a page back. */
function PaperMore({ hand: { paper, given, offered }, view: { of, faults }, action, isNext }: MoreProps) {
  const t = useTexts(counterTexts)
  const page = usePage()
  const [first] = given
  const asksDate = paper.validDays !== undefined
  const takesArchived = offered !== undefined && given.length === 0
  const takesScan = of.scans.waiting.length > 0 && (isNext || given.length > 0)
  if (!takesScan && !asksDate && !takesArchived && !(paper.original && first) && !first) return null
  return (
    <div className="check-more">
      {takesScan && <LastScan of={of} action={action} hotkey={isNext && !offered ? 'F6' : undefined} />}
      {takesArchived && (
        <Button
          variant="quiet"
          icon="box"
          name="use"
          value={offered.id}
          formAction={action}
          hotkey={isNext ? 'F6' : undefined}
        >
          {t('paper-use', { date: plainDate(offered.issuedOn ?? offered.addedAt, page.now, page) })}
        </Button>
      )}
      {asksDate && (
        <DateField
          name={boxes.issued(paper.id)}
          label={t('paper-issued')}
          value={first?.issuedOn ? shortDate(first.issuedOn, page) : undefined}
          fault={faultOf(faults, boxes.issued(paper.id))}
          hint={t('paper-valid', { count: paper.validDays ?? 0 })}
          tight
        />
      )}
      {paper.original && first && (
        <label className="opt">
          <input
            type="checkbox"
            name="original"
            value={paper.id}
            defaultChecked={of.notes.originals.includes(paper.id)}
          />
          <span>
            <b>{t('original-seen')}</b>
          </span>
        </label>
      )}
      {first && (
        <Button
          variant="plain"
          name="drop"
          value={given.at(-1)?.id}
          formAction={action}
          label={t('paper-drop-of', { paper: given.at(-1)?.fileName ?? '' })}
        >
          {t('paper-drop')}
        </Button>
      )}
    </div>
  )
}

function Known({ view: { of } }: { view: CaseView }) {
  const t = useTexts(counterTexts)
  const local = useLocalized()
  return serviceOf(of).definition.known.map(known => (
    <li key={known.id}>
      <span className="ok-c">
        <Icon name="ok" label={t('paper-there')} />
      </span>
      <div>
        <b>{local(known.name)}</b>
        <small>{local(known.source)}</small>
      </div>
      <Tag>{t('automatic')}</Tag>
    </li>
  ))
}
