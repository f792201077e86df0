import { type Reading, readPage } from '../../../../kernel/form/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import { translate } from '../../../../lib/texts.ts'
import type { Write } from '../../../../platform/database/index.ts'
import { Button, DateText, Form, Head, Note, useLocalized, usePage, useTexts } from '../../../../ui/index.ts'
import { aside, type Call, param, read, typedText, url, write } from '../../../../web/call.ts'
import { flash, redirect, showPage } from '../../../../web/page.tsx'
import { saveDraft } from '../../drafts.ts'
import { type Known, knownAnswers, nothingKnown } from '../../known.ts'
import { actsForAnother } from '../../parties/model.ts'
import { personOf } from '../citizen.ts'
import { citizenTexts } from '../strings.ts'
import { type Raw, rawOf } from '../typed.ts'
import { accountChoices } from './accounts.ts'
import {
  besides,
  type Filing,
  filingOf,
  openFiling,
  resumeAt,
  stationsOf,
  stationUrl,
  withFiling,
} from './desk.ts'
import { aimedAt, type FormTown, Question } from './field.tsx'
import { Frame } from './frame.tsx'

/** One page of a form, with what was written on it before. */
export function showDraftPage(call: Call): Promise<Response> {
  return withFiling(call, async filing => {
    const page = filing.service.page(param(call, 'page'))
    if (!filing.simulation.reachable.includes(page.id))
      return redirect(stationUrl(call, filing.draft.id, resumeAt(filing)))
    const typed = filing.draft.typed[page.id]
    const known = typed ? nothingKnown : await knownHere(call, filing, page.id)
    const raw = rawOf(page, { ...known.answers, ...filing.draft.answers }, typed)
    const facts = { raw, faults: [], more: call.query.more === '1', known: known.from }
    return answerPage(call, filing, page.id, facts, 200)
  })
}

/**
 * Takes a page in: what can be read is kept, what cannot is kept as it was typed and named. Questions that came up by the answers given
 * just now are asked, without a word of blame.
 */
export function takeDraftPage(call: Call): Promise<Response> {
  const take = async (filing: Filing): Promise<Response> => {
    const pageId = filing.service.page(param(call, 'page')).id
    const reading = readTyped(call, filing, pageId)
    const later = typedText(call, 'later') !== ''
    // One more row of a list: the page comes back to it, and what is not written yet is no fault.
    const row = typedText(call, 'row')
    const { blamed, fresh } = sortFaults(call, reading.faults)
    if (blamed.length > 0 && !later && row === '') {
      await aside(call, async tx => keep(tx, await openFiling(tx, call, true), pageId, reading))
      const now = filingOf(
        { ...filing.draft, answers: merged(filing, pageId, reading) },
        filing.service,
        false,
        filing.today,
      )
      return answerPage(call, now, pageId, { raw: reading.typed, faults: blamed, more: false }, 422)
    }
    if (later) flash(call, { text: translate(citizenTexts, call.locale, 'saved-later') })
    return write(call, async tx => {
      const kept = await keep(tx, await openFiling(tx, call, true), pageId, reading)
      if (later) return { redirect: url(call, addresses.my) }
      if (row !== '') {
        const here = url(call, addresses.draftPage, { draft: kept.draft.id, page: pageId })
        return { redirect: `${here}#${encodeURIComponent(row)}` }
      }
      if (fresh.length > 0)
        return {
          redirect: url(call, addresses.draftPage, { draft: kept.draft.id, page: pageId }, { more: 1 }),
        }
      const to = call.query.to === 'summary' && resumeAt(kept).kind === 'summary'
      const next = to ? undefined : besides(kept, { kind: 'page', id: pageId }, 1)
      return { redirect: stationUrl(call, kept.draft.id, next ?? { kind: 'summary' }) }
    })
  }
  return withFiling(call, take, { keep: () => autosave(call) })
}

/** Keeps what is being typed, without a word: a power cut loses two seconds of it. */
export async function autosave(call: Call): Promise<Response> {
  await aside(call, async tx => {
    const filing = await openFiling(tx, call, true)
    if (filing.draft.requestId) return
    const pageId = filing.service.page(param(call, 'page')).id
    const reading = readTyped(call, filing, pageId)
    await keep(tx, filing, pageId, reading, true)
  })
  return new Response(null, { status: 204 })
}

const readTyped = (call: Call, filing: Filing, pageId: string): Reading =>
  readPage(filing.service, pageId, call.typed, { ...filing.values, existing: filing.draft.answers })

/** Faults of questions that stood on the page, and of those that only now came up. */
function sortFaults(call: Call, faults: Fault[]): { blamed: Fault[]; fresh: Fault[] } {
  const shown = typedText(call, '_shown')
  if (shown === '') return { blamed: faults, fresh: [] }
  const stood = new Set(shown.split(' '))
  const isShown = ({ field }: Fault) => stood.has(field.split('.', 1)[0] ?? '')
  return { blamed: faults.filter(isShown), fresh: faults.filter(fault => !isShown(fault)) }
}

function merged(filing: Filing, pageId: string, reading: Reading): Filing['draft']['answers'] {
  const answers = { ...filing.draft.answers }
  for (const { id } of filing.service.page(pageId).fields) delete answers[id]
  return { ...answers, ...reading.answers }
}

async function keep(
  tx: Write,
  filing: Filing,
  pageId: string,
  reading: Reading,
  unfinished = false,
): Promise<Filing> {
  const { [pageId]: _, ...typed } = filing.draft.typed
  const answers = merged(filing, pageId, reading)
  const draft = {
    ...filing.draft,
    answers,
    typed: unfinished || reading.faults.length > 0 ? { ...typed, [pageId]: reading.typed } : typed,
  }
  await saveDraft(tx, draft.id, { answers, typed: draft.typed })
  return filingOf(draft, filing.service, filing.retired, filing.today)
}

type PageFacts = { raw: Raw; faults: Fault[]; more: boolean; known?: Known['from'] }

/** What the town knows of the questions of a page, for whoever files for themselves. */
async function knownHere(call: Call, filing: Filing, pageId: string): Promise<Known> {
  const [personId] = holdersOf(call, filing)
  const { fields } = filing.service.page(pageId)
  if (personId === undefined || fields.every(({ field }) => !field.prefill)) return nothingKnown
  return read(call, tx => knownAnswers(tx, call.house, personId, fields, filing.draft.answers))
}

async function answerPage(
  call: Call,
  filing: Filing,
  pageId: string,
  facts: PageFacts,
  status: number,
): Promise<Response> {
  const asksAccount = filing.service.page(pageId).fields.some(({ field }) => field.kind === 'account')
  const accounts = asksAccount
    ? await read(call, tx => accountChoices(tx, holdersOf(call, filing), filing.service))
    : []
  const { levels, quarters = [] } = call.town.profile
  const back = besides(filing, { kind: 'page', id: pageId }, -1)
  const place = { draft: filing.draft.id, page: pageId }
  return showPage(
    call,
    <FormPage
      filing={filing}
      pageId={pageId}
      {...facts}
      town={{ levels, quarters, accounts, ...(facts.known && { known: facts.known }) }}
      back={
        back
          ? stationUrl(call, filing.draft.id, back)
          : url(call, addresses.startDraft, { code: filing.draft.serviceCode })
      }
      action={url(call, addresses.draftPage, place, { to: call.query.to })}
      autosave={url(call, addresses.draftSave, place)}
    />,
    status,
  )
}

type FormPageProps = PageFacts & {
  filing: Filing
  pageId: string
  town: FormTown
  back: string
  action: string
  autosave: string
}

function FormPage({ filing, pageId, raw, faults, more, town, back, action, autosave }: FormPageProps) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { page, fields } = filing.service.page(pageId)
  const { now } = usePage()
  const rules = { ...filing.values, answers: filing.draft.answers, stepFields: {} }
  const shown = fields.filter(({ applies }) => applies(rules))
  const last = stationsOf(filing).at(-2)
  const isLast = last?.kind === 'page' && last.id === pageId
  const started = filing.draft.updatedAt.getTime() < now.getTime()
  const labelled = faults.map(fault => {
    const field = fields.find(({ id }) => id === fault.field.split('.', 1)[0])?.field
    return { ...aimedAt(fields, fault), ...(field && { label: local(field.label) }) }
  })
  return (
    <Frame
      filing={filing}
      here={{ kind: 'page', id: pageId }}
      title={local(page.title)}
      faults={labelled}
      back={back}
    >
      <Head title={local(page.title)} sub={page.intro && local(page.intro)} />
      {more && <Note tone="info">{t('more-questions')}</Note>}
      <div className="mt">
        <Form action={action} autosave={autosave} hidden={{ _shown: shown.map(({ id }) => id).join(' ') }}>
          {/* Enter in a row goes on, and never adds a row. */}
          {shown.some(({ field }) => field.kind === 'group') && (
            <button className="vh" type="submit" tabIndex={-1} aria-hidden>
              {t('save-next')}
            </button>
          )}
          {shown.map(({ field }) => (
            <Question
              key={field.id}
              field={field}
              name={field.id}
              raw={raw}
              faults={faults}
              town={town}
              grows
            />
          ))}
          <div className="row">
            <Button big iconEnd="go">
              {t(isLast ? 'save-review' : 'save-next')}
            </Button>
            <Button variant="plain" name="later" value="yes" formNoValidate>
              {t('save-later')}
            </Button>
          </div>
          {started && (
            <p className="sm dim mt-s">
              {t('saved-at')} <DateText value={filing.draft.updatedAt} form="moment" />
            </p>
          )}
        </Form>
      </div>
    </Frame>
  )
}

/** Whose accounts may be picked from: one's own. Whoever files for another writes the number, and learns nothing of what they hold. */
const holdersOf = (call: Call, { draft }: Filing): string[] =>
  actsForAnother(draft.capacity) || draft.capacity === 'heir' ? [] : [personOf(call)]
