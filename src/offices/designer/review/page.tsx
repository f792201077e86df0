import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import { inLocale } from '../../../lib/localized.ts'
import {
  Crumbs,
  Head,
  LinkButton,
  Note,
  Pane,
  Stack,
  StaffLayout,
  usePage,
  useTexts,
  Zones,
} from '../../../ui/index.ts'
import { type Call, url } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { Differences } from '../service/differences.tsx'
import { designerText, designerTexts } from '../strings.ts'
import { DraftState } from '../words.tsx'
import { Deciding, type Typed } from './deciding.tsx'
import { type DraftView, loadDraft } from './load.ts'
import { Checks, Examples, FeeChanges, Words } from './panes.tsx'

/** GET: where a draft stands, what it changes, and what is to be done with it. */
export async function showDraft(call: Call): Promise<Response> {
  return drawDraft(call, await loadDraft(call))
}

export function drawDraft(call: Call, view: DraftView, faults?: Fault[], typed?: Typed): Response {
  const { draft, definition } = view.read
  const name = inLocale(draft.name, call.locale)
  const title = designerText(call.locale, 'draft-title', { name })
  const version = draft.publishedVersion ?? definition?.version ?? 1
  const sub =
    draft.basedOn === undefined
      ? designerText(call.locale, 'draft-sub-new', { version })
      : designerText(call.locale, 'draft-sub-next', { version, basedOn: draft.basedOn })
  return showPage(
    call,
    <StaffLayout title={title} faults={faults}>
      <Crumbs
        links={[
          { label: designerText(call.locale, 'title'), href: url(call, addresses.designer) },
          { label: name, href: url(call, addresses.designerService, { code: draft.code }) },
        ]}
      />
      <Head
        title={name}
        sub={
          <>
            <DraftState state={draft.state} /> · <bdi dir="ltr">{draft.code}</bdi> · {sub}
          </>
        }
        actions={<Doors view={view} />}
      />
      <Zones kind="wide">
        <Stack>
          {view.behind !== undefined && <Behind view={view} />}
          <Changes view={view} />
          <FeeChanges view={view} />
          <Examples view={view} />
        </Stack>
        <Stack>
          <Deciding view={view} faults={faults} typed={typed} />
          <Checks view={view} />
          <Words view={view} />
        </Stack>
      </Zones>
    </StaffLayout>,
    faults ? 422 : 200,
  )
}

function Doors({ view: { read, can } }: { view: DraftView }) {
  const t = useTexts(designerTexts)
  const page = usePage()
  const at = { draft: read.draft.id }
  return (
    <>
      <LinkButton href={page.url(addresses.designerText, at)} variant="plain" icon="doc">
        {t('text')}
      </LinkButton>
      <LinkButton
        href={page.url(addresses.designerPreview, { ...at, as: 'sheet' })}
        variant="quiet"
        icon="eye"
      >
        {t('preview')}
      </LinkButton>
      <LinkButton href={page.url(addresses.designerHistory, at)} variant="quiet" icon="clock">
        {t('history')}
      </LinkButton>
      {can.write && (
        <LinkButton
          href={page.url(addresses.designerPart, { ...at, part: 'sheet' })}
          variant="quiet"
          icon="route"
        >
          {t('write')}
        </LinkButton>
      )}
    </>
  )
}

function Behind({ view: { behind, read } }: { view: DraftView }) {
  const t = useTexts(designerTexts)
  const page = usePage()
  return (
    <Note tone="sumac" title={t('behind-title')}>
      {t('behind-sub', { newest: behind ?? 0 })}{' '}
      <a href={page.url(addresses.designerNational, { code: read.draft.code }, { draft: read.draft.id })}>
        {t('behind-take')}
      </a>
    </Note>
  )
}

function Changes({ view: { differences, before } }: { view: DraftView }) {
  const t = useTexts(designerTexts)
  return (
    <section className="stack" aria-labelledby="changes">
      <h2 id="changes">{t('difference-title')}</h2>
      {differences ? (
        <Differences of={differences} />
      ) : (
        <Pane>
          <p className="mut">{t(before ? 'unreadable' : 'difference-new')}</p>
        </Pane>
      )}
    </section>
  )
}
