import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { inLocale } from '../../../lib/localized.ts'
import {
  Button,
  type Column,
  Crumbs,
  DateText,
  Form,
  Head,
  LinkButton,
  Num,
  Pane,
  Read,
  StaffLayout,
  Table,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, idParam, read, typedText, url, wholeOf, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { type StaffMember, staffById } from '../../people/index.ts'
import { redoDraft, undoDraft } from '../drafts/acts.ts'
import { readDraft } from '../drafts/read.ts'
import { changesOf, getWholeDraft, type Revision } from '../drafts/store.ts'
import { isWritable, type ReadDraft } from '../model.ts'
import { designerText, designerTexts } from '../strings.ts'
import { Writer } from '../words.tsx'

type Change = Pick<Revision, 'revision' | 'changed' | 'by' | 'at'>
const mostShown = 200

/** GET: everything that was written in a draft, newest first, and the way back. */
export async function showHistory(call: Call): Promise<Response> {
  const id = idParam(call, 'draft')
  const me = actorKey(call.visitor.actor).id
  const { draft, changes, staff } = await read(call, async tx => {
    const draft = await readDraft(tx, id, me)
    const changes = await changesOf(tx, id, mostShown)
    return {
      draft,
      changes,
      staff: await staffById(
        tx,
        changes.map(({ by }) => by),
      ),
    }
  })
  const name = inLocale(draft.draft.name, call.locale)
  const writes = may(call.visitor.actor, 'catalogue.write') && isWritable(draft.draft.state)
  return showPage(
    call,
    <StaffLayout title={designerText(call.locale, 'history-title', { name })}>
      <DraftCrumbs draft={draft} />
      <Head
        title={designerText(call.locale, 'history-title', { name })}
        sub={designerText(call.locale, 'history-sub')}
        actions={writes && <BackAndForth draft={draft} />}
      />
      <Changes changes={changes} staff={staff} />
    </StaffLayout>,
  )
}

function DraftCrumbs({ draft: { draft } }: { draft: Pick<ReadDraft, 'draft'> }) {
  const t = useTexts(designerTexts)
  const local = useLocalized()
  const page = usePage()
  return (
    <Crumbs
      links={[
        { label: t('title'), href: page.url(addresses.designer) },
        { label: local(draft.name), href: page.url(addresses.designerDraft, { draft: draft.id }) },
      ]}
    />
  )
}

function BackAndForth({ draft: { draft, undo, redo } }: { draft: ReadDraft }) {
  const t = useTexts(designerTexts)
  const page = usePage()
  const hidden = { revision: String(draft.revision) }
  return (
    <>
      {undo && (
        <Form action={page.url(addresses.designerUndo, { draft: draft.id })} hidden={hidden} inline>
          <Button variant="quiet" icon="back" hotkey="Ctrl+KeyZ">
            {t('undo')}
          </Button>
        </Form>
      )}
      {redo && (
        <Form action={page.url(addresses.designerRedo, { draft: draft.id })} hidden={hidden} inline>
          <Button variant="quiet" icon="fwd" hotkey="Ctrl+KeyY">
            {t('redo')}
          </Button>
        </Form>
      )}
    </>
  )
}

function Changes({ changes, staff }: { changes: Change[]; staff: Map<string, StaffMember> }) {
  const t = useTexts(designerTexts)
  const local = useLocalized()
  const columns: Column<Change>[] = [
    { id: 'no', head: t('step'), tight: true, dim: true, cell: row => <Num>{row.revision}</Num> },
    {
      id: 'what',
      head: t('what-changed'),
      heads: true,
      phone: 'line' as const,
      cell: row => <bdi>{local(row.changed)}</bdi>,
    },
    { id: 'who', head: t('who'), cell: row => <Writer of={row.by} staff={staff} /> },
    { id: 'when', head: t('when'), dim: true, cell: row => <DateText value={row.at} form="moment" /> },
  ]
  return (
    <Pane id="changes" title={t('history')} icon="clock" pad={false}>
      <Table caption={t('history')} columns={columns} rows={changes} rowId={row => String(row.revision)} />
    </Pane>
  )
}

/** POST: takes back one's own last change. */
export const saveUndo = (call: Call): Promise<Response> => step(call, undoDraft, 'undone')

/** POST: makes again what was taken back. */
export const saveRedo = (call: Call): Promise<Response> => step(call, redoDraft, 'redone')

async function step(call: Call, move: typeof undoDraft, said: 'undone' | 'redone'): Promise<Response> {
  const draft = idParam(call, 'draft')
  const by = actorKey(call.visitor.actor)
  const revision = wholeOf(typedText(call, 'revision'))
  const answer = await write(call, async tx => {
    await move(tx, { draftId: draft, revision, by })
    return { redirect: url(call, addresses.designerHistory, { draft }) }
  })
  flash(call, { text: designerText(call.locale, said) })
  return answer
}

/** GET: the text of a draft, to be read. */
export async function showText(call: Call): Promise<Response> {
  const { draft, source } = await read(call, tx => getWholeDraft(tx, idParam(call, 'draft')))
  const title = designerText(call.locale, 'text-title', { name: inLocale(draft.name, call.locale) })
  return showPage(
    call,
    <StaffLayout title={title}>
      <DraftCrumbs draft={{ draft }} />
      <Read>
        <Head
          title={title}
          sub={designerText(call.locale, 'text-sub')}
          actions={
            <LinkButton
              href={url(call, addresses.designerTextFile, { draft: draft.id })}
              variant="quiet"
              icon="dl"
            >
              {designerText(call.locale, 'text-get')}
            </LinkButton>
          }
        />
      </Read>
      <Pane>
        <pre dir="ltr" lang="en">
          {source}
        </pre>
      </Pane>
    </StaffLayout>,
  )
}
