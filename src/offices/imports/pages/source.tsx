import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { shortDate } from '../../../lib/dates.ts'
import { Conflict, type Fault } from '../../../lib/errors.ts'
import { FileTooLarge } from '../../../platform/files/index.ts'
import { PlainError } from '../../../platform/plain-error.ts'
import {
  Button,
  type Column,
  Crumbs,
  DateField,
  DateText,
  FileField,
  Form,
  faultOf,
  Head,
  LinkButton,
  Note,
  Pane,
  Stack,
  StaffLayout,
  Table,
  usePage,
  Zones,
} from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { fetchLink } from '../links/fetch.ts'
import type { Run, Source } from '../model.ts'
import { planCheck } from '../plan.ts'
import { openCounts } from '../questions.ts'
import { readDay } from '../reading/day.ts'
import { mostFileMegabytes } from '../reading/open.ts'
import { asOfDay, prepareRun } from '../receive.ts'
import { type NewRun, runsOf, startRun } from '../runs.ts'
import { getSource } from '../sources.ts'
import { importsText, importsTexts } from '../strings.ts'
import { RunState } from './run-state.tsx'

type View = {
  source: Source
  runs: Run[]
  questions: number
  faults?: Fault[]
  asOf?: string
  refusal?: string
}

/** GET: a source, the form of its next file, and what was read of it before. */
export async function showSource(call: Call): Promise<Response> {
  return show(call, await load(call))
}

async function load(call: Call): Promise<View> {
  const id = idParam(call, 'source')
  return read(call, async tx => ({
    source: await getSource(tx, { id }),
    runs: await runsOf(tx, id),
    questions: [...(await openCounts(tx, id)).values()].reduce((sum, each) => sum + each, 0),
  }))
}

const todayOf = (call: Call) => dateIn(call.now, call.town.timeZone)

/** POST: takes a file in; what it would do is said before anything is written. */
export async function takeFile(call: Call): Promise<Response> {
  const view = await load(call)
  const today = todayOf(call)
  const asOf = typedText(call, 'asOf')
  const day = asOf.trim() === '' ? today : readDay(asOf, 'dmy', today)
  const [file] = call.files.file ?? []
  const faults: Fault[] = []
  if (!day) faults.push({ field: 'asOf', code: 'not-a-date' })
  if (!file || file.size === 0)
    faults.push({ field: 'file', code: file?.name ? 'file-empty' : 'file-missing' })
  if (faults.length > 0 || !file || !day) return show(call, { ...view, faults, asOf })
  const limit = mostFileMegabytes * 1024 * 1024
  try {
    const bytes = file.stream() as unknown as AsyncIterable<Uint8Array>
    const stored = await call.house.files.put(call.town.id, bytes, { limit })
    const { id: sourceId } = view.source
    const input = { sourceId, asOf: asOfDay(day), fileName: file.name, ...stored }
    return await begin(call, await prepareRun(call.house, call.town.id, input))
  } catch (error) {
    const code = faultCode(error)
    if (!code) throw error
    const fault = { field: 'file', code, values: { max: mostFileMegabytes } }
    return show(call, { ...view, faults: [fault], asOf })
  }
}

function faultCode(error: unknown): string | undefined {
  if (error instanceof FileTooLarge) return 'file-too-large'
  if (error instanceof Conflict && error.code === 'file-empty') return 'file-empty'
  return error instanceof PlainError ||
    (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_'))
    ? 'table-unreadable'
    : undefined
}

async function begin(call: Call, run: NewRun): Promise<Response> {
  const by = actorKey(call.visitor.actor)
  return write(call, async tx => {
    const id = await startRun(tx, run, by)
    if (run.reading.confirmed) await planCheck(tx, id)
    const to = run.reading.confirmed ? addresses.importRun : addresses.importReading
    return { redirect: url(call, to, { run: id }) }
  })
}

/** POST: reads what the link gives now. */
export async function fetchNow(call: Call): Promise<Response> {
  const view = await load(call)
  try {
    return await begin(call, await fetchLink(call.house, call.town.id, view.source))
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    return show(call, { ...view, refusal: error.message })
  }
}

function show(call: Call, view: View): Response {
  const { source, questions, faults, refusal } = view
  return showPage(
    call,
    <StaffLayout title={source.name} faults={faults}>
      <Crumbs links={[{ label: importsText(call.locale, 'title'), href: url(call, addresses.imports) }]} />
      <Head
        title={source.name}
        sub={importsText(call.locale, `source-${source.kind}`)}
        actions={
          questions > 0 && (
            <LinkButton
              href={url(call, addresses.importDecisions, { source: source.id })}
              variant="quiet"
              icon="users"
            >
              {importsText(call.locale, 'decisions-open', { count: questions })}
            </LinkButton>
          )
        }
      />
      <Zones kind="wide">
        <Runs runs={view.runs} />
        <Stack>
          {refusal && <Note tone="sumac">{importsText(call.locale, 'fetch-failed', { why: refusal })}</Note>}
          {source.kind !== 'file' && <Fetch source={source} />}
          {source.kind === 'file' && <Upload view={view} />}
        </Stack>
      </Zones>
    </StaffLayout>,
    faults || refusal ? 422 : 200,
  )
}

function Upload({ view }: { view: View }) {
  const t = useTexts(importsTexts)
  const page = usePage()
  const today = shortDate(page.now, page)
  return (
    <Pane id="upload" title={t('upload-title')} icon="up">
      <Form action={page.url(addresses.importSource, { source: view.source.id })} files>
        <FileField
          name="file"
          label={t('file')}
          hint={t('file-hint', { megabytes: mostFileMegabytes })}
          fault={faultOf(view.faults, 'file')}
          accept=".csv,.txt,.tsv,.xlsx"
          noCamera
        />
        <DateField
          name="asOf"
          label={t('as-of')}
          hint={t('as-of-hint', { example: today })}
          value={view.asOf ?? today}
          fault={faultOf(view.faults, 'asOf')}
        />
        <Button icon="up">{t('upload')}</Button>
        <p className="sm mut mt-s">{t('upload-sub')}</p>
      </Form>
    </Pane>
  )
}

function Fetch({ source }: { source: Source }) {
  const t = useTexts(importsTexts)
  const page = usePage()
  return (
    <Pane
      id="link"
      title={t('link-title')}
      icon="link"
      footer={<a href={page.url(addresses.importLink, { source: source.id })}>{t('see-link')}</a>}
    >
      {source.hasLink ? (
        <Form action={page.url(addresses.importFetch, { source: source.id })}>
          <p className="sm mut">{t('fetch-sub')}</p>
          <Button icon="dl">{t('fetch')}</Button>
        </Form>
      ) : (
        <p className="mut">{t('link-none')}</p>
      )}
    </Pane>
  )
}

function Runs({ runs }: { runs: Run[] }) {
  const t = useTexts(importsTexts)
  const page = usePage()
  const columns: Column<Run>[] = [
    {
      id: 'when',
      head: t('when'),
      heads: true,
      phone: 'line' as const,
      cell: run => (
        <>
          <a
            href={page.url(run.state === 'waiting' ? addresses.importReading : addresses.importRun, {
              run: run.id,
            })}
          >
            <DateText value={run.startedAt} form="moment" />
          </a>
          <br />
          <small className="plain mut">
            <bdi>{run.fileName}</bdi>
          </small>
        </>
      ),
    },
    { id: 'as-of', head: t('as-of'), cell: run => <DateText value={run.asOf} form="plain" /> },
    { id: 'state', head: t('state'), cell: run => <RunState state={run.state} /> },
    {
      id: 'rows',
      head: t('count'),
      phone: 'end' as const,
      cell: run => (run.total > 0 ? t('run-rows', { count: run.total }) : ''),
    },
  ]
  return (
    <Pane id="runs" title={t('runs')} icon="clock" pad={runs.length === 0}>
      {runs.length === 0 ? (
        <p className="mut">{t('runs-none')}</p>
      ) : (
        <Table caption={t('runs')} columns={columns} rows={runs} rowId={run => run.id} />
      )}
    </Pane>
  )
}
