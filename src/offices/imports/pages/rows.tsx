import { addresses } from '../../../lib/addresses.ts'
import {
  type Column,
  Crumbs,
  FilterBar,
  Head,
  Num,
  Pager,
  Pane,
  Stack,
  StaffLayout,
  Table,
  usePage,
} from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { type Call, idParam, read, url, wholeOf } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { type Run, type Verdict, verdicts } from '../model.ts'
import { rowsOf, type ShownRow } from '../rows.ts'
import { getRun } from '../runs.ts'
import { sourceKeys } from '../sealed.ts'
import { getSource } from '../sources.ts'
import { importsText, importsTexts } from '../strings.ts'
import { Cells } from './cells.tsx'
import { changesOf, contentLine, nameOf, reasonWord, whoWord } from './words.ts'

const pageSize = 50
const shownVerdicts = ['new', 'changed', 'undecided', 'refused'] as const

/** GET: the rows of a read by what they are, with what changed or why they do not fit. */
export async function showRows(call: Call): Promise<Response> {
  const id = idParam(call, 'run')
  const verdict: Verdict = shownVerdicts.find(each => each === call.query.verdict) ?? 'refused'
  const reason = call.query.reason
  const after = Math.max(0, wholeOf(call.query.after))
  const { run, source, rows } = await read(call, async tx => {
    const run = await getRun(tx, id)
    const source = await getSource(tx, { id: run.sourceId })
    const keys = sourceKeys(call.house.crypto, call.town.id, source.id)
    return { run, source, rows: await rowsOf(tx, keys, id, { verdict, reason, after, limit: pageSize + 1 }) }
  })
  const title = importsText(call.locale, 'rows-title')
  const more = rows.length > pageSize
  const shown = rows.slice(0, pageSize)
  const last = shown.at(-1)?.rowNo
  return showPage(
    call,
    <StaffLayout title={title}>
      <Crumbs
        links={[
          { label: source.name, href: url(call, addresses.importSource, { source: source.id }) },
          { label: importsText(call.locale, 'back-run'), href: url(call, addresses.importRun, { run: id }) },
        ]}
      />
      <Head title={title} sub={<bdi dir="ltr">{run.fileName}</bdi>} />
      <Stack>
        <Filters run={run} verdict={verdict} reason={reason} />
        <Rows rows={shown} />
        {more && last !== undefined && (
          <Pager next={url(call, addresses.importRows, { run: id }, { verdict, reason, after: last })} />
        )}
      </Stack>
    </StaffLayout>,
  )
}

function Filters({ run, verdict, reason }: { run: Run; verdict: Verdict; reason: string | undefined }) {
  const t = useTexts(importsTexts)
  const { locale, url } = usePage()
  const counts = run.counts
  const reasons = Object.entries(counts?.reasons ?? {})
  return (
    <>
      <FilterBar
        label={t('filter-verdict')}
        chips={verdicts
          .filter(each => (shownVerdicts as readonly string[]).includes(each))
          .map(each => ({
            label: t(`verdict-${each}`),
            href: url(addresses.importRows, { run: run.id }, { verdict: each }),
            count: counts?.verdicts[each] ?? 0,
            on: each === verdict,
          }))}
      />
      {verdict === 'refused' && reasons.length > 1 && (
        <FilterBar
          label={t('reason')}
          chips={reasons.map(([each, count]) => ({
            label: reasonWord(locale, each),
            href: url(
              addresses.importRows,
              { run: run.id },
              { verdict, reason: each === reason ? undefined : each },
            ),
            count,
            on: each === reason,
          }))}
        />
      )}
    </>
  )
}

function Rows({ rows }: { rows: ShownRow[] }) {
  const t = useTexts(importsTexts)
  const { locale } = usePage()
  if (rows.length === 0) return <p className="mut">{t('row-none')}</p>
  const columns: Column<ShownRow>[] = [
    { id: 'no', head: t('row-no'), tight: true, cell: row => <Num>{row.rowNo}</Num> },
    {
      id: 'who',
      head: t('row-who'),
      heads: true,
      phone: 'line' as const,
      cell: ({ content: { content, cells } }) =>
        content ? <bdi>{nameOf(content)}</bdi> : <Cells cells={cells ?? []} most={6} />,
    },
    {
      id: 'what',
      head: t('row-what'),
      dim: true,
      phone: 'line' as const,
      cell: ({ content: { content, before } }) => {
        if (!content) return ''
        if (!before) return contentLine(content, locale)
        return changesOf(before, content, locale).map(line => (
          <span key={line}>
            {line}
            <br />
          </span>
        ))
      },
    },
    {
      id: 'why',
      head: t('reason'),
      phone: 'line' as const,
      cell: ({ reason, notes }) => (
        <>
          {reason !== '' && (
            <>
              {reasonWord(locale, reason)}
              <br />
              <small className="plain mut">{whoWord(locale, reason)}</small>
            </>
          )}
          {reason === '' && notes.length > 0 && (
            <small className="plain mut">{notes.map(note => reasonWord(locale, note)).join(' · ')}</small>
          )}
        </>
      ),
    },
  ]
  return (
    <Pane pad={false}>
      <Table caption={t('rows-title')} columns={columns} rows={rows} rowId={row => String(row.rowNo)} />
    </Pane>
  )
}
