import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Button,
  ChoiceField,
  type Column,
  Crumbs,
  DateText,
  Empty,
  Flag,
  Form,
  faultOf,
  Head,
  LinkButton,
  Note,
  Pane,
  Read,
  Stack,
  StaffLayout,
  Table,
  Tag,
  TextField,
  usePage,
} from '../../../ui/index.ts'
import { useRichTexts, useTexts } from '../../../ui/words.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { staleDays } from '../../treasury/index.ts'
import { type Run, type Source, type SourceKind, sourceKinds } from '../model.ts'
import { lastApplied, newestRuns } from '../runs.ts'
import { addSource, sourcesOf } from '../sources.ts'
import { importsText, importsTexts } from '../strings.ts'
import { RunState } from './run-state.tsx'

type Line = { source: Source; newest: Run | undefined; applied: Run | undefined }

/** GET: the sources with what was last read and applied of them, and how old that is. */
export async function showSources(call: Call): Promise<Response> {
  const { lines, days } = await read(call, async tx => {
    const newest = await newestRuns(tx)
    const applied = await lastApplied(tx)
    const lines = (await sourcesOf(tx)).map(
      (source): Line => ({ source, newest: newest.get(source.id), applied: applied.get(source.id) }),
    )
    return { lines, days: await staleDays(tx, dateIn(call.now, call.town.timeZone)) }
  })
  const title = importsText(call.locale, 'title')
  const add = (
    <LinkButton href={url(call, addresses.importNew)} icon="plus">
      {importsText(call.locale, 'new-source')}
    </LinkButton>
  )
  return showPage(
    call,
    <StaffLayout title={title}>
      <Head title={title} sub={importsText(call.locale, 'sub')} actions={lines.length > 0 && add} />
      {lines.length === 0 ? (
        <Empty title={importsText(call.locale, 'no-sources')} level={2} action={add}>
          {importsText(call.locale, 'no-sources-next')}
        </Empty>
      ) : (
        <Stack>
          <Sources lines={lines} days={days} />
          <Note small>{importsText(call.locale, 'stale-note', { days })}</Note>
        </Stack>
      )}
    </StaffLayout>,
  )
}

function Sources({ lines, days }: { lines: Line[]; days: number }) {
  const t = useTexts(importsTexts)
  const rich = useRichTexts(importsTexts)
  const page = usePage()
  const columns: Column<Line>[] = [
    {
      id: 'source',
      head: t('source'),
      heads: true,
      phone: 'line' as const,
      cell: ({ source }) => (
        <>
          <a href={page.url(addresses.importSource, { source: source.id })}>{source.name}</a>
          <br />
          <small className="plain mut">
            {t(`source-${source.kind}`)} · <bdi dir="ltr">{source.code}</bdi>
          </small>
        </>
      ),
    },
    {
      id: 'state',
      head: t('last-run'),
      cell: ({ newest }) =>
        newest ? (
          <>
            <a href={page.url(addresses.importRun, { run: newest.id })}>
              <RunState state={newest.state} />
            </a>{' '}
            <span className="sm mut">
              <DateText value={newest.startedAt} />
            </span>
          </>
        ) : (
          <Tag>{t('never')}</Tag>
        ),
    },
    {
      id: 'applied',
      head: t('last-applied'),
      cell: ({ applied }) => {
        if (!applied) return <span className="mut">{t('never-applied')}</span>
        const age = Math.floor((page.now.getTime() - applied.asOf.getTime()) / 86_400_000)
        return (
          <>
            {rich('as-of-date', { date: <DateText value={applied.asOf} form="plain" /> })}
            {age > days && (
              <>
                <br />
                <Flag icon="warn" tone="honey">
                  {t('stale', { days: age })}
                </Flag>
              </>
            )}
          </>
        )
      },
    },
  ]
  return (
    <Pane id="sources" title={t('source')} icon="link" pad={false}>
      <Table caption={t('source')} columns={columns} rows={lines} rowId={({ source }) => source.id} />
    </Pane>
  )
}

type Typed = { name: string; code: string; kind: string }

/** GET: the form of a new source. */
export const showNewSource = (call: Call): Response => showForm(call, { name: '', code: '', kind: 'file' })

/** POST: enters a source. */
export async function saveSource(call: Call): Promise<Response> {
  const typed = {
    name: typedText(call, 'name').trim(),
    code: typedText(call, 'code').trim(),
    kind: typedText(call, 'kind'),
  }
  const faults: Fault[] = []
  if (typed.name === '') faults.push({ field: 'name', code: 'required' })
  else if (typed.name.length > 80) faults.push({ field: 'name', code: 'too-long', values: { max: 80 } })
  if (!/^[a-z][a-z0-9-]{1,30}$/.test(typed.code)) faults.push({ field: 'code', code: 'source-code' })
  const kind = sourceKinds.find(each => each === typed.kind)
  if (!kind) faults.push({ field: 'kind', code: 'not-an-option' })
  const taken = await read(call, async tx => (await sourcesOf(tx)).some(({ code }) => code === typed.code))
  if (taken) faults.push({ field: 'code', code: 'source-exists' })
  if (faults.length > 0 || !kind) return showForm(call, typed, faults)
  const by = actorKey(call.visitor.actor)
  const answer = await write(call, async tx => {
    const source = await addSource(tx, { name: typed.name, code: typed.code, kind }, by)
    return { redirect: url(call, addresses.importSource, { source }) }
  })
  flash(call, { text: importsText(call.locale, 'source-added', { name: typed.name }) })
  return answer
}

function showForm(call: Call, typed: Typed, faults?: Fault[]): Response {
  const title = importsText(call.locale, 'new-title')
  return showPage(
    call,
    <StaffLayout title={title} faults={faults}>
      <Crumbs links={[{ label: importsText(call.locale, 'title'), href: url(call, addresses.imports) }]} />
      <Read>
        <Head title={title} sub={importsText(call.locale, 'new-sub')} />
        <Pane>
          <NewSource typed={typed} faults={faults} />
        </Pane>
      </Read>
    </StaffLayout>,
    faults ? 422 : 200,
  )
}

const hintOf: Record<SourceKind, 'source-file-hint' | 'source-link-hint'> = {
  file: 'source-file-hint',
  postgresql: 'source-link-hint',
  'sql-server': 'source-link-hint',
}

function NewSource({ typed, faults }: { typed: Typed; faults: Fault[] | undefined }) {
  const t = useTexts(importsTexts)
  const page = usePage()
  return (
    <Form action={page.url(addresses.importNew)}>
      <TextField
        name="name"
        label={t('source-name')}
        hint={t('source-name-hint')}
        value={typed.name}
        fault={faultOf(faults, 'name')}
        maxLength={80}
      />
      <TextField
        name="code"
        label={t('source-code')}
        hint={t('source-code-hint')}
        value={typed.code}
        fault={faultOf(faults, 'code')}
        maxLength={31}
        width="mid"
        ltr
      />
      <ChoiceField
        name="kind"
        label={t('source-kind')}
        value={typed.kind}
        fault={faultOf(faults, 'kind')}
        options={sourceKinds.map(value => ({ value, label: t(`source-${value}`), hint: t(hintOf[value]) }))}
      />
      <Button icon="plus">{t('source-add')}</Button>
    </Form>
  )
}
