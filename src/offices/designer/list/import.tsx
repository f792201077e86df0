import { parseService } from '../../../kernel/definition/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { Conflict, type Fault } from '../../../lib/errors.ts'
import type { Localized } from '../../../lib/localized.ts'
import {
  Button,
  type Column,
  Crumbs,
  FileField,
  Form,
  faultOf,
  Head,
  Note,
  Num,
  Pane,
  Read,
  Stack,
  StaffLayout,
  Table,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { listServiceFiles } from '../../catalogue/index.ts'
import { beginImport } from '../drafts/begin.ts'
import { designerText, designerTexts } from '../strings.ts'

const mostBytes = 1_000_000

type Wrong = { line: number; message: Localized }
type View = { faults?: Fault[]; wrong?: Wrong[]; refusal?: string; open?: string }

/** GET: the form of a file. */
export const showImport = (call: Call): Response => show(call, {})

/** POST: begins a draft of the file, exactly as it is; or tells, by line, why it is none. */
export async function takeImport(call: Call): Promise<Response> {
  const [file] = call.files.file ?? []
  if (!file || file.size === 0) return show(call, { faults: [{ field: 'file', code: 'file-missing' }] })
  if (file.size > mostBytes)
    return show(call, { faults: [{ field: 'file', code: 'file-too-large', values: { max: 1 } }] })
  const source = await file.text()
  const { commons } = await listServiceFiles()
  const read = parseService(source, commons)
  if (!read.ok) return show(call, { wrong: read.faults })
  const by = actorKey(call.visitor.actor)
  try {
    const answer = await write(call, async tx => {
      const draft = await beginImport(tx, { source, commons }, by)
      return { redirect: url(call, addresses.designerDraft, { draft }) }
    })
    flash(call, { text: `${read.definition.name[call.locale] ?? read.definition.name.ar}` })
    return answer
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return show(call, refusalOf(call, error))
  }
}

function refusalOf(call: Call, { code, details }: Conflict): View {
  const values = {
    code: String(details.code),
    version: Number(details.version),
    least: Number(details.least),
  }
  if (code === 'draft-open-already')
    return {
      refusal: designerText(call.locale, 'import-open', values),
      open: url(call, addresses.designerDraft, { draft: String(details.draftId) }),
    }
  return { refusal: designerText(call.locale, 'import-old', { ...values, newest: values.least - 1 }) }
}

function show(call: Call, view: View): Response {
  const title = designerText(call.locale, 'import-title')
  const isRefused = view.faults !== undefined || view.wrong !== undefined || view.refusal !== undefined
  return showPage(
    call,
    <StaffLayout title={title} faults={view.faults}>
      <Crumbs links={[{ label: designerText(call.locale, 'title'), href: url(call, addresses.designer) }]} />
      <Read>
        <Head title={title} sub={designerText(call.locale, 'import-sub')} />
        <Stack>
          {view.wrong && <WrongLines wrong={view.wrong} />}
          {view.refusal && (
            <Note tone="sumac">
              {view.refusal} {view.open && <a href={view.open}>{designerText(call.locale, 'open-it')}</a>}
            </Note>
          )}
          <Pane>
            <FileForm faults={view.faults} />
          </Pane>
        </Stack>
      </Read>
    </StaffLayout>,
    isRefused ? 422 : 200,
  )
}

function FileForm({ faults }: { faults: Fault[] | undefined }) {
  const t = useTexts(designerTexts)
  const page = usePage()
  return (
    <Form action={page.url(addresses.designerImport)} files>
      <FileField
        name="file"
        label={t('file')}
        hint={t('file-hint')}
        fault={faultOf(faults, 'file')}
        accept=".yaml,.yml,text/yaml"
        noCamera
      />
      <Button icon="up">{t('import-do')}</Button>
    </Form>
  )
}

function WrongLines({ wrong }: { wrong: Wrong[] }) {
  const t = useTexts(designerTexts)
  const local = useLocalized()
  const rows = wrong.slice(0, 50).map((each, at) => ({ ...each, id: String(at) }))
  const columns: Column<(typeof rows)[number]>[] = [
    { id: 'line', head: t('line'), tight: true, cell: row => <Num>{row.line}</Num> },
    { id: 'what', head: t('what'), heads: true, phone: 'line', cell: row => local(row.message) },
  ]
  return (
    <Pane id="wrong" title={t('import-refused', { count: wrong.length })} icon="warn" pad={false}>
      <Table caption={t('what')} columns={columns} rows={rows} rowId={row => row.id} />
    </Pane>
  )
}
