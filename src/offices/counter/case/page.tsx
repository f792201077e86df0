import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Form,
  Head,
  KeyHints,
  Note,
  Stack,
  useLocalized,
  usePage,
  useTexts,
  Zones,
} from '../../../ui/index.ts'
import { CounterLayout } from '../layout.tsx'
import type { AskedParty } from '../parties/name.ts'
import { type CounterText, counterTexts } from '../strings.ts'
import { DuesPane } from './dues-pane.tsx'
import { FeePane } from './fee-pane.tsx'
import { FilingPane } from './filing-pane.tsx'
import { shownPages } from './form.ts'
import { type Case, serviceOf } from './open.ts'
import { PapersPane } from './papers-pane.tsx'
import { PersonPane } from './person-pane.tsx'
import { QuestionsPane } from './questions-pane.tsx'

/** What the clerk may do besides filing, and what was typed into boxes that are not kept. */
export type CaseView = {
  of: Case
  faults: Fault[]
  /** Somebody asked for as a party, who is not named yet. */
  asked?: AskedParty | undefined
  refusal?: CounterText | undefined
  typed: {
    received?: string
    duesReceived?: string
    duesReason?: string
    feeReason?: string
    confirmed?: boolean
  }
  mayTake: boolean
  /** Books to open a till with, where the clerk has none open. */
  closedTill: string[] | undefined
  /** What was typed into the boxes of the money, which are not kept. */
  said: (name: string) => string
  mayExcept: boolean
  /** A receipt just taken for dues. */
  receiptId?: string | undefined
}

/**
 * A request being taken in, on one page: the person and their dues, the service with all its questions and papers, the fee and the filing.
 * All of it is one form. Each button sends the whole of it, and only where to differs.
 */
export function CasePage({ view }: { view: CaseView }) {
  const t = useTexts(counterTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { of, faults, refusal } = view
  const { draft } = of.form
  const save = url(addresses.counterDraftPage, { draft: draft.id, page: 'all' })
  const title = local(serviceOf(of).definition.name)
  return (
    <CounterLayout title={title} faults={faults}>
      <Head title={title} sub={t('case-sub', { name: of.person.displayName })} />
      {refusal && (
        <div className="flash">
          <Note tone="sumac">{t(refusal)}</Note>
        </div>
      )}
      {of.form.retired && !refusal && (
        <div className="flash">
          <Note tone="sumac">{t('refused-service-retired')}</Note>
        </div>
      )}
      <Form
        id="case"
        action={url(addresses.counterFile, { draft: draft.id })}
        autosave={save}
        files
        follow={url(
          addresses.counterDraft,
          { draft: draft.id },
          { in: of.payIn === 'ILS' ? undefined : of.payIn },
        )}
        hidden={{ payIn: of.payIn }}
      >
        {/* Enter in any box keeps what is typed: the first button of a form is the one Enter presses. */}
        <button className="vh" type="submit" formAction={save} tabIndex={-1} aria-hidden>
          {t('save')}
        </button>
        <Zones kind="counter">
          <Stack>
            <PersonPane view={view} />
            <DuesPane view={view} />
          </Stack>
          <Stack>
            <QuestionsPane view={view} shown={shownPages(of.form)} save={save} />
            <PapersPane view={view} />
          </Stack>
          <div className="stack beside">
            <div data-part="fee">
              <FeePane view={view} />
            </div>
            <div data-part="filing">
              <FilingPane view={view} />
            </div>
          </div>
        </Zones>
      </Form>
      <KeyHints
        hints={[
          { keys: 'F2', label: t('key-search') },
          { keys: 'F4', label: t('key-service') },
          { keys: 'F6', label: t('key-scan') },
          { keys: 'F8', label: t('key-collect') },
          { keys: 'F10', label: t('key-file') },
          { keys: 'Alt+1…6', label: t('key-steps') },
        ]}
      />
    </CounterLayout>
  )
}
