import { addresses } from '../../../lib/addresses.ts'
import { shortDate } from '../../../lib/dates.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Button,
  DateField,
  DecisionForm,
  Fold,
  Form,
  faultOf,
  LongTextField,
  Note,
  Pane,
  Stack,
  usePage,
  useRichTexts,
  useTexts,
} from '../../../ui/index.ts'
import { isOpen, isWritable } from '../model.ts'
import { designerTexts } from '../strings.ts'
import { Writer } from '../words.tsx'
import type { DraftView } from './load.ts'

export type Typed = { note?: string; from?: string }
type Props = { view: DraftView; faults: Fault[] | undefined; typed: Typed | undefined }

/** Where a draft stands and the one thing to do next: ask, decide, or publish. */
export function Deciding(props: Props) {
  const t = useTexts(designerTexts)
  const { view } = props
  const { state } = view.read.draft
  return (
    <Pane id="stands" title={t('stands-title')} icon="route">
      <Stack>
        <Stands view={view} />
        {isWritable(state) && view.can.write && <Ask {...props} />}
        {state === 'in-review' && <Review {...props} />}
        {state === 'approved' && view.can.publish && view.behind === undefined && <Publish {...props} />}
        {isBackable(view) && <TakeBack view={view} />}
        {isOpen(state) && view.can.write && <Drop view={view} />}
      </Stack>
    </Pane>
  )
}

/** Whoever decides on it does not take it back as well. */
const isBackable = ({ read: { draft }, can }: DraftView): boolean =>
  can.write && (draft.state === 'approved' || (draft.state === 'in-review' && !can.review))

function Stands({ view: { read, words, staff } }: { view: DraftView }) {
  const rich = useRichTexts(designerTexts)
  const { draft } = read
  const [last] = words
  const name = <Writer of={last?.by ?? draft.authorId} staff={staff} />
  return (
    <p>
      {rich(`stands-${draft.state}`, {
        name,
        note: <bdi>{last?.note ?? ''}</bdi>,
        version: draft.publishedVersion ?? 0,
      })}
    </p>
  )
}

const revisionOf = ({ read }: DraftView) => String(read.draft.revision)

function Ask({ view, faults, typed }: Props) {
  const t = useTexts(designerTexts)
  const page = usePage()
  if (view.read.faults.length > 0) return <Note tone="honey">{t('ask-blocked')}</Note>
  return (
    <Form
      action={page.url(addresses.designerReview, { draft: view.read.draft.id })}
      hidden={{ do: 'ask', revision: revisionOf(view) }}
    >
      <LongTextField
        name="note"
        label={t('ask-note')}
        hint={t('ask-note-hint')}
        value={typed?.note}
        fault={faultOf(faults, 'note')}
        rows={3}
        maxLength={1000}
      />
      <Button>{t('ask')}</Button>
      <p className="sm mut mt-s">{t('ask-sub')}</p>
    </Form>
  )
}

function Review({ view, faults, typed }: Props) {
  const t = useTexts(designerTexts)
  const page = usePage()
  if (!view.can.review) return view.can.publish ? <Note>{t('review-own')}</Note> : null
  return (
    <DecisionForm
      action={page.url(addresses.designerReview, { draft: view.read.draft.id })}
      hidden={{ revision: revisionOf(view) }}
      label={t('review-title')}
      note={{
        name: 'note',
        label: t('review-note'),
        hint: t('review-note-hint'),
        maxLength: 1000,
        value: typed?.note,
        fault: faultOf(faults, 'note'),
      }}
      approve={t('approve')}
      giveBack={t('return')}
    />
  )
}

function Publish({ view, faults, typed }: Props) {
  const t = useTexts(designerTexts)
  const page = usePage()
  const today = shortDate(page.now, page)
  return (
    <Form
      action={page.url(addresses.designerPublish, { draft: view.read.draft.id })}
      label={t('publish-title')}
    >
      <DateField
        name="from"
        label={t('publish-day')}
        hint={t('publish-day-hint', { example: today })}
        value={typed?.from ?? today}
        fault={faultOf(faults, 'from')}
      />
      <Button icon="check">{t('publish')}</Button>
    </Form>
  )
}

function TakeBack({ view }: { view: DraftView }) {
  const t = useTexts(designerTexts)
  const page = usePage()
  return (
    <Form
      action={page.url(addresses.designerReview, { draft: view.read.draft.id })}
      hidden={{ do: 'take-back', revision: revisionOf(view) }}
      inline
    >
      <Button variant="quiet">{t('take-back')}</Button>
    </Form>
  )
}

function Drop({ view }: { view: DraftView }) {
  const t = useTexts(designerTexts)
  const page = usePage()
  return (
    <Fold kind="rare" title={t('drop')}>
      <Form action={page.url(addresses.designerDrop, { draft: view.read.draft.id })}>
        <p className="sm mut">{t('drop-sub')}</p>
        <Button variant="stop">{t('drop')}</Button>
      </Form>
    </Fold>
  )
}
