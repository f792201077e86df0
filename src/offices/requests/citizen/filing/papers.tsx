import { addresses } from '../../../../lib/addresses.ts'
import { shortDate } from '../../../../lib/dates.ts'
import type { Fault } from '../../../../lib/errors.ts'
import { isId } from '../../../../lib/ids.ts'
import {
  Button,
  CheckField,
  DateField,
  DateText,
  FileAction,
  FileField,
  Form,
  faultOf,
  Head,
  HowLink,
  PaperList,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { aside, type Call, read, typedText, url, write } from '../../../../web/call.ts'
import { redirect, showPage } from '../../../../web/page.tsx'
import type { ArchiveDocument } from '../../../archive/index.ts'
import { mostMegabytes } from '../../../archive/index.ts'
import { citizenTexts } from '../strings.ts'
import { besides, type Filing, openFiling, resumeAt, stationUrl, withFiling } from './desk.ts'
import { Frame } from './frame.tsx'
import { boxes, keepPapers, type PaperInHand, papersInHand, readPapers } from './paper-desk.ts'

/** A form of several large files, without script to send them one by one. */
export const papersBytes = 96 * 1024 * 1024

const here = { kind: 'papers' } as const

/** The papers of a form: a row for each that these answers call for, and what the town knows itself. */
export function showPapers(call: Call): Promise<Response> {
  return withFiling(call, async filing => {
    const resume = resumeAt(filing)
    if (resume.kind === 'page' || filing.papers.length === 0)
      return redirect(stationUrl(call, filing.draft.id, resume))
    return answer(call, filing, [], 200)
  })
}

/** Takes the papers in. Each file has its own fate: one that is refused does not cost the others. */
export function takePapers(call: Call): Promise<Response> {
  return withFiling(call, async filing => {
    const remove = typedText(call, 'remove')
    const removed = isId(remove) ? remove : undefined
    const later = typedText(call, 'later') !== ''
    const whole = !removed && !later
    const hands = await read(call, tx => papersInHand(tx, filing))
    const posted = await readPapers(call, hands, filing.today, whole)
    const faults = posted.flatMap(each => each.faults)
    if (faults.length > 0 && !removed) {
      await aside(call, async tx => keepPapers(tx, call, await openFiling(tx, call, true), posted, removed))
      const now = await read(call, tx => openFiling(tx, call))
      return answer(call, now, faults, 422)
    }
    return write(call, async tx => {
      const fresh = await openFiling(tx, call, true)
      await keepPapers(tx, call, fresh, posted, removed)
      const draft = fresh.draft.id
      if (removed) return { redirect: url(call, addresses.draftPapers, { draft }) }
      if (later) return { redirect: url(call, addresses.my) }
      return { redirect: stationUrl(call, draft, { kind: 'summary' }) }
    })
  })
}

async function answer(call: Call, filing: Filing, faults: Fault[], status: number): Promise<Response> {
  const hands = await read(call, tx => papersInHand(tx, filing))
  const back = besides(filing, here, -1)
  return showPage(
    call,
    <PapersPage
      filing={filing}
      hands={hands}
      faults={faults}
      typed={Object.fromEntries(hands.map(({ paper }) => [paper.id, typedText(call, boxes.issued(paper))]))}
      back={stationUrl(call, filing.draft.id, back ?? { kind: 'summary' })}
    />,
    status,
  )
}

type PapersProps = {
  filing: Filing
  hands: PaperInHand[]
  faults: Fault[]
  typed: Record<string, string>
  back: string
}

function PapersPage({ filing, hands, faults, typed, back }: PapersProps) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { known } = filing.service.definition
  const labelled = faults.map(fault => {
    const hand = hands.find(({ paper }) => [boxes.file(paper), boxes.issued(paper)].includes(fault.field))
    return { ...fault, ...(hand && { label: local(hand.paper.name) }) }
  })
  return (
    <Frame filing={filing} here={here} title={t('papers-title')} faults={labelled} back={back}>
      <Head title={t('papers-title')} sub={t('papers-lead', { max: mostMegabytes })} />
      <HowLink topic="file" />
      <div className="mt">
        <Form action={url(addresses.draftPapers, { draft: filing.draft.id })} files>
          {hands.map(hand => (
            <PaperRow
              key={hand.paper.id}
              draftId={filing.draft.id}
              hand={hand}
              faults={faults}
              typed={typed[hand.paper.id] ?? ''}
            />
          ))}
          {known.length > 0 && (
            <>
              <h2 className="h-s">{t('known-title')}</h2>
              <PaperList
                papers={known.map(each => ({
                  id: each.id,
                  title: local(each.name),
                  note: `${t('known-not')} ${local(each.source)}`,
                  known: true,
                }))}
              />
            </>
          )}
          <div className="row mt">
            <Button big iconEnd="go">
              {t('save-review')}
            </Button>
            <Button variant="plain" name="later" value="yes" formNoValidate>
              {t('save-later')}
            </Button>
          </div>
        </Form>
      </div>
    </Frame>
  )
}

type RowProps = { draftId: string; hand: PaperInHand; faults: Fault[]; typed: string }

function PaperRow({ draftId, hand, faults, typed }: RowProps) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const page = usePage()
  const { paper, given, offered } = hand
  const hints = [
    paper.hint && local(paper.hint),
    paper.validDays !== undefined && t('paper-valid', { count: paper.validDays }),
    paper.original && !paper.hint && t('paper-original'),
  ].filter(Boolean)
  const issued = given.at(-1)?.issuedOn
  return (
    <div className="paper-row">
      {offered && given.length === 0 && (
        <CheckField
          name={boxes.use(paper)}
          label={t('use-offered', { name: local(paper.name) })}
          hint={
            <>
              {t('offered-from')} <DateText value={offered.addedAt} form="plain" />
              {t('offered-end')} <a href={page.url(addresses.document, { id: offered.id })}>{t('open')}</a>
            </>
          }
          checked={faults.length === 0}
        />
      )}
      <FileField
        name={boxes.file(paper)}
        label={local(paper.name)}
        hint={hints.length > 0 ? hints.join(' ') : undefined}
        fault={faultOf(faults, boxes.file(paper))}
        optional={paper.optional || (offered !== undefined && given.length === 0)}
        multiple
        accept={acceptOf(paper.accept)}
        files={given.map(each => sentFile(each))}
        upload={page.url(addresses.uploads, {}, { purpose: 'draft', draft: draftId, paper: paper.id })}
      />
      {paper.validDays !== undefined && (
        <DateField
          name={boxes.issued(paper)}
          label={t('issued-on', { name: local(paper.name) })}
          fault={faultOf(faults, boxes.issued(paper))}
          value={typed || (issued ? shortDate(issued, page) : undefined)}
        />
      )}
    </div>
  )

  function sentFile(document: ArchiveDocument) {
    return {
      id: document.id,
      title: <bdi>{document.fileName || local(paper.name)}</bdi>,
      size: t('kilobytes', { count: Math.max(1, Math.round(document.size / 1024)) }),
      fate: 'arrived' as const,
      href: page.url(addresses.document, { id: document.id }),
      thumbnail: document.thumbnail ? page.url(addresses.documentThumbnail, { id: document.id }) : undefined,
      action: (
        <FileAction name="remove" value={document.id}>
          {t('remove')}
        </FileAction>
      ),
    }
  }
}

const endings: Record<string, string> = {
  pdf: '.pdf',
  jpeg: 'image/jpeg',
  png: 'image/png',
  heic: '.heic,.heif',
  tiff: '.tif,.tiff',
}

export const acceptOf = (accept: readonly string[]): string =>
  accept.map(each => endings[each] ?? each).join(',')
