import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Crumbs,
  DateText,
  Head,
  KeyValues,
  LinkButton,
  Note,
  Pane,
  PersonName,
  Progress,
  Stack,
  StaffLayout,
  usePage,
  useTexts,
  Zones,
} from '../../../ui/index.ts'
import { type Call, idParam, read, typedText } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { staffById } from '../../people/index.ts'
import { type Act, actNumber } from '../model.ts'
import { getAct } from '../store.ts'
import { destructionText, destructionTexts } from '../strings.ts'
import { CommitteePane, DecidePane, MinutesPane, StopPane } from './act-panes.tsx'
import { Backups } from './acts.tsx'
import { staffIn } from './read.ts'
import { kindText, type Names, nameOf, peopleOf, Size, StateFlag, whyText } from './words.tsx'

export type ActView = {
  act: Act
  names: Names
  me: string
  kept: number | undefined
  typed: (name: string) => string
  faults: readonly Fault[]
}

/** GET: one act: what would go, what stays and why, who decides, and how far it is. */
export async function showAct(call: Call, faults: readonly Fault[] = []): Promise<Response> {
  const seen = await read(call, async tx => {
    const act = await getAct(tx, idParam(call, 'act'))
    return { act, names: await staffById(tx, peopleOf(act)) }
  })
  const { backup } = call.house.config
  const kept = backup.folder === undefined ? undefined : backup.keep
  const typed = (name: string) => typedText(call, name)
  const view = { ...seen, me: staffIn(call).id, kept, typed, faults }
  const title = destructionText(call.locale, 'act', { number: actNumber(seen.act) })
  return showPage(
    call,
    <StaffLayout title={title} faults={faults}>
      <ActPage {...view} />
    </StaffLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

function ActPage(view: ActView) {
  const { act } = view
  const t = useTexts(destructionTexts)
  const page = usePage()
  return (
    <>
      <Crumbs links={[{ label: t('acts'), href: page.url(addresses.destruction) }]} />
      <Head
        title={t('act', { number: actNumber(act) })}
        sub={
          <>
            {kindText(page.locale, act)} · {t('act-until')} <DateText value={act.until} form="paper" />
          </>
        }
        actions={<StateFlag state={act.state} />}
      />
      <Zones kind="wide">
        <Stack>
          <State {...view} />
          <Counts {...view} />
        </Stack>
        <Stack>
          <MinutesPane {...view} />
          <CommitteePane {...view} />
          <DecidePane {...view} />
          <StopPane {...view} />
          {act.certificateId && (
            <Pane id="certificate" title={t('certificate')} icon="cert">
              <LinkButton
                href={page.url(addresses.destructionPaper, { act: act.id, paper: 'certificate' })}
                icon="doc"
              >
                {t('certificate-open')}
              </LinkButton>
            </Pane>
          )}
          <Backups kept={view.kept} />
        </Stack>
      </Zones>
    </>
  )
}

/** Where it stands, in a sentence. */
function State({ act, names }: ActView) {
  const t = useTexts(destructionTexts)
  const { locale } = usePage()
  if (act.state === 'counting') return <Note>{t('act-counting')}</Note>
  if (act.state === 'resting' && act.actsAt)
    return (
      <Note tone="honey" icon="clock" title={t('rest')}>
        {t('rest-text')} <DateText value={act.actsAt} form="full" />
      </Note>
    )
  if (act.state === 'acting') {
    const done = act.progress.done + act.progress.dropped
    return (
      <Progress share={act.counts.listed === 0 ? 1 : done / act.counts.listed}>
        {t('progress', { done, all: act.counts.listed })}
      </Progress>
    )
  }
  if (!act.ended) return null
  const why = act.ended.why === 'rule-changed' ? t('rule-changed') : act.ended.why
  return (
    <Note tone="sumac" icon="no" title={t(`state-${act.state}`)}>
      {t('ended-because', { why })}{' '}
      {act.ended.by && <PersonName>{nameOf(names, act.ended.by, locale)}</PersonName>}{' '}
      <DateText value={act.ended.at} form="moment" />
    </Note>
  )
}

function Counts({ act, names }: ActView) {
  const t = useTexts(destructionTexts)
  const page = usePage()
  const { counts, progress, state } = act
  const list = (which: string, words: string) => (
    <a href={page.url(addresses.destructionList, { act: act.id }, { state: which })}>{words}</a>
  )
  const isDone = state === 'done' || state === 'acting'
  return (
    <>
      <Pane id="counts" title={t('list')} icon="list">
        <p className="sm mut mb-s">{t('list-sub')}</p>
        <KeyValues
          pairs={[
            {
              term: t(isDone ? 'counts-done' : 'counts-listed'),
              value: list(
                isDone ? 'done' : 'listed',
                t('records', { count: isDone ? progress.done : counts.listed }),
              ),
            },
            ...(isDone
              ? [
                  {
                    term: t('counts-dropped'),
                    value: list('dropped', t('records', { count: progress.dropped })),
                  },
                ]
              : []),
            {
              term: t('counts-excluded'),
              value: list('excluded', t('records', { count: counts.excluded })),
            },
            ...(counts.oldest && counts.newest
              ? [
                  {
                    term: t('counts-range'),
                    value: (
                      <>
                        <DateText value={new Date(counts.oldest)} form="paper" /> –{' '}
                        <DateText value={new Date(counts.newest)} form="paper" />
                      </>
                    ),
                  },
                ]
              : []),
            { term: t('counts-bytes'), value: <Size bytes={isDone ? progress.bytes : counts.bytes} /> },
          ]}
        />
        <p className="sm mut mt">
          {t('act-proposed', { name: nameOf(names, act.proposedBy, page.locale) })} ·{' '}
          <DateText value={act.proposedAt} form="moment" /> · <bdi>{act.reason}</bdi>
        </p>
      </Pane>
      <Pane id="excluded" title={t('excluded')} icon="lock">
        {Object.keys(counts.why).length === 0 ? (
          <p className="mut">{t('excluded-none')}</p>
        ) : (
          <KeyValues
            pairs={Object.entries(counts.why)
              .sort(([, a], [, b]) => b - a)
              .map(([why, count]) => ({ term: whyText(page.locale, why), value: t('records', { count }) }))}
          />
        )}
      </Pane>
    </>
  )
}
