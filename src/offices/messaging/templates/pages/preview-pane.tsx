import { addresses } from '../../../../lib/addresses.ts'
import type { PartPrice } from '../../../../lib/sms/index.ts'
import {
  Button,
  FilledLegend,
  type FilledPiece,
  FilledSms,
  Form,
  Note,
  Pane,
  TextField,
  useLocalized,
  usePage,
  useTexts,
  Zones,
} from '../../../../ui/index.ts'
import { type Piece, piecesOf } from '../labels.ts'
import { templateTexts } from '../strings.ts'
import { ofOffice, type Subject } from '../subject.ts'
import type { WordsView } from './load.ts'

/** Pieces with what each is called, for whoever points at it. */
function useLabelled(subject: Pick<Subject, 'names'>): (pieces: readonly Piece[]) => FilledPiece[] {
  const local = useLocalized()
  const labels = new Map(subject.names.map(({ name, label }) => [name, local(label)]))
  return pieces =>
    pieces.map(({ text, by, name, sample }) => ({
      text,
      by,
      sample,
      label: name && (labels.get(name) ?? name),
    }))
}

/** A text that is sound, as it arrives with samples. */
export function WordsPreview({
  body,
  subject,
  price,
  legend = true,
}: {
  body: string
  subject: Subject
  price: PartPrice | undefined
  legend?: boolean
}) {
  const labelled = useLabelled(subject)
  const pieces = piecesOf(body, subject)
  return (
    <>
      <FilledSms pieces={labelled(pieces)} price={price} />
      {legend && <Legend pieces={pieces} />}
    </>
  )
}

/** The text in hand: with what a request holds where one was chosen, and beside it, or alone, with samples. */
export function InHandPreview({ view }: { view: WordsView }) {
  const t = useTexts(templateTexts)
  const labelled = useLabelled(view.subject)
  const { preview, sample, price } = view
  const pieces = preview?.pieces
  return (
    <>
      <Zones kind="half">
        {pieces && (
          <div>
            <p className="sm mut">{t('preview-real', { number: preview.number })}</p>
            <FilledSms pieces={labelled(pieces)} price={price} />
            {pieces.some(piece => piece.sample) && <p className="sm mut">{t('preview-some-sample')}</p>}
          </div>
        )}
        <div>
          <p className="sm mut">{t('preview-sample')}</p>
          <FilledSms pieces={labelled(sample)} price={price} measured={false} />
        </div>
      </Zones>
      <Legend pieces={[...(pieces ?? []), ...sample]} />
    </>
  )
}

/** What the colours of these pieces mean. */
function Legend({ pieces }: { pieces: readonly Piece[] }) {
  const t = useTexts(templateTexts)
  const by = [...new Set(pieces.flatMap(piece => piece.by ?? []))]
  if (by.length === 0) return null
  return (
    <FilledLegend label={t('legend-title')} items={by.map(each => ({ by: each, words: t(`by-${each}`) }))} />
  )
}

/** Chooses the request whose data the text is shown with. */
export function PreviewAsk({ view: { subject, preview } }: { view: WordsView }) {
  const t = useTexts(templateTexts)
  const page = usePage()
  if (subject.of === ofOffice) return null
  const at = { of: subject.of, event: subject.event }
  return (
    <Pane id="preview" title={t('preview-title')} icon="eye">
      <Form action={page.url(addresses.messageTemplate, at)} method="get" label={t('preview-request')}>
        <TextField
          name="request"
          label={t('preview-request')}
          hint={t('preview-hint')}
          value={preview?.number}
          width="mid"
          inputMode="text"
          ltr
          tight
        />
        {preview?.refused && (
          <Note tone="honey" small>
            {t(preview.refused === 'other' ? 'preview-other' : 'preview-not-found')}
          </Note>
        )}
        <Button variant="quiet">{t('show')}</Button>
      </Form>
    </Pane>
  )
}
