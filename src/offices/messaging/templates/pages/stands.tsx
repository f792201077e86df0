import { differenceInWords } from '../../../../kernel/messages/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { shortDate } from '../../../../lib/dates.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  Button,
  DateField,
  DateText,
  DecisionForm,
  Fold,
  Form,
  faultOf,
  Note,
  Pane,
  Row,
  Stack,
  TextDifference,
  TextField,
  usePage,
  useRichTexts,
  useTexts,
} from '../../../../ui/index.ts'
import { withLabels } from '../labels.ts'
import { inForce, type TownWords } from '../model.ts'
import { templateTexts } from '../strings.ts'
import { Findings, longestNote } from './editor.tsx'
import type { WordsView } from './load.ts'
import { Writer } from './words.tsx'

export type TypedDecision = { note?: string; from?: string; why?: string }
type Props = { view: WordsView; faults: Fault[] | undefined; typed: TypedDecision | undefined }

/** Where the words stand, and the one thing to do next: decide on them, take them back, end them. */
export function Deciding(props: Props) {
  const t = useTexts(templateTexts)
  const { view } = props
  const { open, can } = view
  const isAsked = open?.state === 'in-review'
  return (
    <Pane id="stands" title={t('stands-title')} icon="route">
      <Stack>
        <Stands view={view} />
        {isAsked && <Difference view={view} open={open} />}
        {isAsked && can.review && <Review {...props} open={open} />}
        {open && can.write && <Aside view={view} open={open} />}
        {(can.review || can.write) && <Withdraw {...props} />}
      </Stack>
    </Pane>
  )
}

function Stands({ view: { open, versions, staff } }: { view: WordsView }) {
  const t = useTexts(templateTexts)
  const rich = useRichTexts(templateTexts)
  const { now } = usePage()
  const name = (of: string) => <Writer of={of} staff={staff} />
  const held = inForce(versions, now)
  const coming = versions.find(({ fromAt, ended }) => fromAt && !ended && fromAt > now)
  const last = versions.find(({ fromAt }) => fromAt)
  return (
    <>
      {held?.decided && held.fromAt && (
        <p>
          {rich('stands-in-force', {
            name: name(held.decided.by),
            date: <DateText value={held.fromAt} form="plain" />,
          })}
        </p>
      )}
      {!held && last?.ended && !coming && (
        <p>{rich('stands-withdrawn', { name: name(last.ended.by), note: <bdi>{last.ended.why}</bdi> })}</p>
      )}
      {coming?.decided && coming.fromAt && (
        <p>
          {rich('stands-coming', {
            name: name(coming.decided.by),
            date: <DateText value={coming.fromAt} form="plain" />,
          })}
        </p>
      )}
      {open && (
        <p>
          {rich(`stands-${open.state as 'draft' | 'in-review' | 'returned'}`, {
            name: name(open.state === 'returned' && open.decided ? open.decided.by : open.writtenBy),
            note: <bdi>{open.decided?.note ?? ''}</bdi>,
          })}
        </p>
      )}
      {!held && !last && !open && <p className="mut">{t('stands-none')}</p>}
    </>
  )
}

/** What the words in review would change, in words. */
function Difference({ view: { line, labels }, open }: { view: WordsView; open: TownWords }) {
  const t = useTexts(templateTexts)
  const shown = (body: string) => withLabels(body, labels)
  return (
    <div>
      {line.body !== undefined && (
        <>
          <h3 className="h-pane">{t('difference-title')}</h3>
          <TextDifference pieces={differenceInWords(shown(line.body), shown(open.body))} />
        </>
      )}
      {open.note && (
        <p className="sm">
          <span className="mut">{t('note-from')}</span> <bdi>{open.note}</bdi>
        </p>
      )}
    </div>
  )
}

const reviewOf = (view: WordsView) => ({ of: view.subject.of, event: view.subject.event })

function Review({ view, faults, typed, open }: Props & { open: TownWords }) {
  const t = useTexts(templateTexts)
  const page = usePage()
  if (!view.can.second) return <Note>{t('review-own')}</Note>
  return (
    <DecisionForm
      action={page.url(addresses.messageTemplateReview, reviewOf(view))}
      hidden={{ version: String(open.version) }}
      label={t('review-title')}
      note={{
        name: 'decision-note',
        label: t('review-note'),
        hint: t('review-note-hint'),
        value: typed?.note,
        fault: faultOf(faults, 'decision-note'),
        rows: 2,
        maxLength: longestNote,
      }}
      approve={t('approve')}
      giveBack={t('return')}
    >
      {!view.can.write && <Findings view={view} />}
      <DateField
        name="from"
        label={t('review-from')}
        hint={t('review-from-hint')}
        value={typed?.from ?? shortDate(page.now, page)}
        fault={faultOf(faults, 'from')}
      />
    </DecisionForm>
  )
}

/** Words nobody decided on can be taken back or set aside. */
function Aside({ view, open }: { view: WordsView; open: TownWords }) {
  const t = useTexts(templateTexts)
  const page = usePage()
  return (
    <Form
      action={page.url(addresses.messageTemplateReview, reviewOf(view))}
      hidden={{ version: String(open.version) }}
      label={t('drop')}
    >
      <Row>
        {open.state === 'in-review' && (
          <Button name="do" value="take-back" variant="plain" icon="back">
            {t('take-back')}
          </Button>
        )}
        <Button name="do" value="drop" variant="plain">
          {t('drop')}
        </Button>
      </Row>
    </Form>
  )
}

/** Ends the town's words: those that hold, or else those that are to begin. */
function Withdraw({ view, faults, typed }: Props) {
  const t = useTexts(templateTexts)
  const page = usePage()
  const words = inForce(view.versions, page.now) ?? view.versions.find(({ state }) => state === 'approved')
  if (words?.state !== 'approved') return null
  return (
    <Fold kind="rare" title={t('withdraw')} open={faultOf(faults, 'why') !== undefined}>
      <Form
        action={page.url(addresses.messageTemplateReview, reviewOf(view))}
        hidden={{ version: String(words.version), do: 'withdraw' }}
        label={t('withdraw')}
      >
        <p className="sm mut">{t('withdraw-sub')}</p>
        <TextField
          name="why"
          label={t('withdraw-why')}
          value={typed?.why}
          fault={faultOf(faults, 'why')}
          maxLength={longestNote}
        />
        <Button variant="stop">{t('withdraw')}</Button>
      </Form>
    </Fold>
  )
}
