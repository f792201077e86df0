import { addresses } from '../../../lib/addresses.ts'
import { BadRequest } from '../../../lib/errors.ts'
import {
  Button,
  type Column,
  Crumbs,
  DateText,
  Form,
  Head,
  LinkButton,
  Note,
  Num,
  Pane,
  Progress,
  Row,
  Stack,
  StaffLayout,
  Table,
  ToolButton,
  usePage,
} from '../../../ui/index.ts'
import { useRichTexts, useTexts } from '../../../ui/words.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { type Counts, type Run, type Source, type Verdict, verdicts } from '../model.ts'
import { planApply, planCheck } from '../plan.ts'
import { openCounts } from '../questions.ts'
import { getRun, moveRun } from '../runs.ts'
import { getSource } from '../sources.ts'
import { type ImportsText, importsText, importsTexts } from '../strings.ts'
import { RunState } from './run-state.tsx'
import { reasonWord, whoWord } from './words.ts'

type View = { run: Run; source: Source; questions: number }

/** GET: how far a read is, and then what it found, what it would do and who must decide what. */
export async function showRun(call: Call): Promise<Response> {
  const id = idParam(call, 'run')
  const view = await read(call, async (tx): Promise<View> => {
    const run = await getRun(tx, id)
    const source = await getSource(tx, { id: run.sourceId })
    const questions = [...(await openCounts(tx, source.id)).values()].reduce((sum, each) => sum + each, 0)
    return { run, source, questions }
  })
  const { run, source } = view
  const title = importsText(call.locale, 'run-title', { source: source.name })
  const answer = showPage(
    call,
    <StaffLayout title={title}>
      <Crumbs
        links={[{ label: source.name, href: url(call, addresses.importSource, { source: source.id }) }]}
      />
      <RunHead view={view} title={title} />
      <Stack>
        {(run.state === 'checking' || run.state === 'applying') && <Under run={run} />}
        {run.state === 'failed' && <Failed run={run} />}
        {run.counts && run.state !== 'checking' && <Report view={view} counts={run.counts} />}
      </Stack>
    </StaffLayout>,
  )
  // Looked at again by itself while the work goes on, without a script.
  if (run.state === 'checking' || run.state === 'applying') answer.headers.set('refresh', '3')
  return answer
}

/** POST: applies a read, goes on with one that stopped, or drops it. */
export async function actOnRun(call: Call): Promise<Response> {
  const id = idParam(call, 'run')
  const act = typedText(call, 'act')
  const by = actorKey(call.visitor.actor)
  const answer = await write(call, async tx => {
    if (act === 'apply') {
      await moveRun(tx, id, ['checked', 'applied'], 'applying', by)
      await planApply(tx, id, by)
    } else if (act === 'carry-on') {
      const run = await getRun(tx, id)
      if (run.state === 'checking') await planCheck(tx, id)
      else await planApply(tx, id, by)
    } else if (act === 'drop') await moveRun(tx, id, ['waiting', 'checked', 'failed'], 'dropped', by)
    else throw new BadRequest('not-a-choice')
    return { redirect: url(call, addresses.importRun, { run: id }) }
  })
  if (act !== 'carry-on')
    flash(call, { text: importsText(call.locale, act === 'drop' ? 'dropped' : 'applied') })
  return answer
}

function RunHead({ view: { run }, title }: { view: View; title: string }) {
  const t = useTexts(importsTexts)
  const rich = useRichTexts(importsTexts)
  return (
    <Head
      title={title}
      sub={rich('run-sub', {
        file: <bdi>{run.fileName}</bdi>,
        date: <DateText value={run.asOf} form="plain" />,
      })}
      actions={
        <>
          <RunState state={run.state} />
          {run.counts && <ToolButton icon="print" label={t('print')} tool="print" />}
        </>
      }
    />
  )
}

function Under({ run }: { run: Run }) {
  const t = useTexts(importsTexts)
  const page = usePage()
  const values = { done: run.done, total: Math.max(run.total, run.done) }
  return (
    <Pane
      footer={
        <Form action={page.url(addresses.importRun, { run: run.id })} hidden={{ act: 'carry-on' }}>
          <Button variant="plain" icon="turn">
            {t('carry-on')}
          </Button>
        </Form>
      }
    >
      <Progress share={run.total > 0 ? run.done / run.total : 0}>
        {t(run.state === 'checking' ? 'progress-checking' : 'progress-applying', values)}
      </Progress>
    </Pane>
  )
}

function Failed({ run }: { run: Run }) {
  const t = useTexts(importsTexts)
  return (
    <Note tone="sumac">
      {t('failed')} <bdi>{run.failure}</bdi>. {t('failed-next')}
    </Note>
  )
}

function Report({ view, counts }: { view: View; counts: Counts }) {
  const t = useTexts(importsTexts)
  const rich = useRichTexts(importsTexts)
  const page = usePage()
  const { run, source, questions } = view
  const shown = verdicts.filter(verdict => (counts.verdicts[verdict] ?? 0) > 0)
  const lines: { id: Verdict | 'gone'; count: number }[] = [
    ...shown.map(verdict => ({ id: verdict, count: counts.verdicts[verdict] ?? 0 })),
    ...(counts.gone > 0 ? [{ id: 'gone' as const, count: counts.gone }] : []),
  ]
  const columns: Column<(typeof lines)[number]>[] = [
    {
      id: 'what',
      head: t('what'),
      heads: true,
      phone: 'line' as const,
      cell: ({ id }) => (
        <>
          {t(id === 'gone' ? 'gone' : `verdict-${id}`)}
          <br />
          <small className="plain mut">{t(id === 'gone' ? 'gone-hint' : `verdict-${id}-hint`)}</small>
        </>
      ),
    },
    { id: 'count', head: t('count'), cell: ({ count }) => <Num>{count}</Num> },
    {
      id: 'show',
      head: <span className="vh">{t('show')}</span>,
      tight: true,
      phone: 'end' as const,
      cell: ({ id }) =>
        id === 'gone' || id === 'skipped' || id === 'same' ? (
          ''
        ) : (
          <a
            href={page.url(addresses.importRows, { run: run.id }, { verdict: id })}
            aria-label={`${t('show')}: ${t(`verdict-${id}`)}`}
          >
            {t('show')}
          </a>
        ),
    },
  ]
  const waits = (counts.verdicts.new ?? 0) + (counts.verdicts.changed ?? 0) + (counts.verdicts.undecided ?? 0)
  return (
    <>
      <p className="mut">
        {run.state === 'applied' && run.appliedAt
          ? rich('report-after', { date: <DateText value={run.appliedAt} form="moment" /> })
          : t('report-before')}
      </p>
      <Pane id="report" title={t('report-title')} icon="chart" pad={false}>
        <Table caption={t('report-title')} columns={columns} rows={lines} rowId={({ id }) => id} />
      </Pane>
      {questions > 0 && (
        <Note tone="honey" icon="users">
          {t('decisions-open', { count: questions })}{' '}
          <a href={page.url(addresses.importDecisions, { source: source.id })}>{t('see-decisions')}</a>
        </Note>
      )}
      <Reasons run={run} counts={counts} />
      <Notes counts={counts} />
      <Acts run={run} hasWork={run.state === 'checked' || (run.state === 'applied' && waits > 0)} />
    </>
  )
}

function Reasons({ run, counts }: { run: Run; counts: Counts }) {
  const t = useTexts(importsTexts)
  const { locale, url } = usePage()
  const rows = Object.entries(counts.reasons).sort(([, one], [, other]) => other - one)
  if (rows.length === 0) return <Note tone="olive">{t('reasons-none')}</Note>
  return (
    <Pane
      id="reasons"
      title={t('reasons-title')}
      icon="gap"
      pad={false}
      footer={
        <a href={url(addresses.importRejects, { run: run.id })} download>
          {t('rejects')}
        </a>
      }
    >
      <Table
        caption={t('reasons-title')}
        rows={rows}
        rowId={([reason]) => reason}
        columns={[
          {
            id: 'reason',
            head: t('reason'),
            heads: true,
            phone: 'line' as const,
            cell: ([reason]) => reasonWord(locale, reason),
          },
          { id: 'count', head: t('count'), cell: ([, count]) => <Num>{count}</Num> },
          { id: 'who', head: t('who'), cell: ([reason]) => whoWord(locale, reason) },
        ]}
      />
    </Pane>
  )
}

function Notes({ counts }: { counts: Counts }) {
  const t = useTexts(importsTexts)
  const { locale } = usePage()
  const rows = Object.entries(counts.notes)
  if (rows.length === 0) return null
  return (
    <Pane id="notes" title={t('notes-title')} icon="info" pad={false}>
      <Table
        caption={t('notes-title')}
        rows={rows}
        rowId={([note]) => note}
        fold={false}
        columns={[
          { id: 'note', head: t('what'), heads: true, cell: ([note]) => reasonWord(locale, note) },
          { id: 'count', head: t('count'), cell: ([, count]) => <Num>{count}</Num> },
        ]}
      />
    </Pane>
  )
}

function Acts({ run, hasWork }: { run: Run; hasWork: boolean }) {
  const t = useTexts(importsTexts)
  const page = usePage()
  const action = page.url(addresses.importRun, { run: run.id })
  const verb: ImportsText = run.state === 'applied' ? 'apply-again' : 'apply'
  return (
    <div className="no-print">
      <Stack gap="small">
        <Row>
          {hasWork && (
            <Form action={action} hidden={{ act: 'apply' }} inline>
              <Button icon="check" hotkey="F9">
                {t(verb)}
              </Button>
            </Form>
          )}
          {run.state === 'checked' && (
            <>
              <LinkButton href={page.url(addresses.importReading, { run: run.id })} variant="quiet">
                {t('change-reading')}
              </LinkButton>
              <Form action={action} hidden={{ act: 'drop' }} inline>
                <Button variant="plain">{t('drop')}</Button>
              </Form>
            </>
          )}
        </Row>
        {hasWork && <p className="sm mut">{t('apply-sub')}</p>}
      </Stack>
    </div>
  )
}
