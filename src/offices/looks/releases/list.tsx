import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { stripControls } from '../../../lib/arabic.ts'
import {
  DateText,
  DecisionForm,
  Empty,
  Flag,
  Head,
  LinkButton,
  Pane,
  PersonName,
  Stack,
  StaffLayout,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { type StaffMember, staffById } from '../../people/index.ts'
import { lookText, lookTexts } from '../strings.ts'
import { staffIn } from './gate.tsx'
import { decideRelease, latestReleases, type Release, releasesOf, waitingReleases } from './store.ts'

type View = {
  waiting: Release[]
  past: Release[]
  staff: Map<string, StaffMember>
  me: string
  decides: boolean
}

/** GET: files of many people's data: what waits for a second person, and what one asked for oneself. */
export async function showReleases(call: Call): Promise<Response> {
  const me = staffIn(call).id
  const decides = may(call.visitor.actor, 'look.approve')
  const view = await read(call, async (tx): Promise<View> => {
    const waiting = decides ? (await waitingReleases(tx)).filter(each => each.askedBy !== me) : []
    const past = (decides ? await latestReleases(tx) : await releasesOf(tx, me)).filter(
      each => !waiting.some(({ id }) => id === each.id),
    )
    const named = [...waiting, ...past].flatMap(each => [each.askedBy, each.decidedBy ?? []].flat())
    return { waiting, past, staff: await staffById(tx, [...new Set(named)]), me, decides }
  })
  const title = lookText(call.locale, 'releases')
  return showPage(
    call,
    <StaffLayout title={title}>
      <ReleasesPage view={view} now={call.now} prefix={call.town.prefix} />
    </StaffLayout>,
  )
}

/** POST: lets a file go, or not. */
export async function decide(call: Call): Promise<Response> {
  const grant = typedText(call, 'do') === 'approve'
  const note = stripControls(typedText(call, 'note')).trim().slice(0, 300)
  const answer = await write(call, async tx => {
    await decideRelease(tx, { id: idParam(call, 'release'), grant, note }, staffIn(call))
    return { redirect: url(call, addresses.releases) }
  })
  flash(call, { text: lookText(call.locale, grant ? 'release-granted' : 'release-refused') })
  return answer
}

function ReleasesPage({ view, now, prefix }: { view: View; now: Date; prefix: string }) {
  const t = useTexts(lookTexts)
  const { url } = usePage()
  return (
    <div className="read">
      <Head title={t('releases')} sub={t('releases-sub')} />
      <Stack>
        {view.waiting.map(each => (
          <Pane key={each.id} id={each.id} title={<About release={each} />} tone="honey">
            <Facts release={each} staff={view.staff} />
            <DecisionForm
              action={url(addresses.release, { release: each.id })}
              hidden={{}}
              label={t('release-decide')}
              note={{ name: 'note', label: t('release-note'), rows: 2, maxLength: 300, optional: true }}
              approve={t('release-grant')}
              giveBack={t('release-refuse')}
            />
          </Pane>
        ))}
        {view.waiting.length + view.past.length === 0 && (
          <Empty title={t('releases-none')} level={2}>
            {t('releases-none-text')}
          </Empty>
        )}
        {view.past.map(each => {
          const open =
            each.granted && !each.takenAt && each.until && each.until > now && each.askedBy === view.me
          const join = each.address.includes('?') ? '&' : '?'
          return (
            <Pane key={each.id} id={each.id} title={<About release={each} />}>
              <Facts release={each} staff={view.staff} />
              <p className="row">
                <Standing release={each} now={now} />
                {open && (
                  <LinkButton href={`${prefix}${each.address}${join}release=${each.id}`} icon="dl" download>
                    {t('release-take')}
                  </LinkButton>
                )}
              </p>
            </Pane>
          )
        })}
      </Stack>
    </div>
  )
}

function About({ release }: { release: Release }) {
  const local = useLocalized()
  return <bdi>{local(release.title)}</bdi>
}

function Facts({ release, staff }: { release: Release; staff: Map<string, StaffMember> }) {
  const t = useTexts(lookTexts)
  const local = useLocalized()
  const asker = staff.get(release.askedBy)
  return (
    <>
      <p>
        <bdi>{release.why}</bdi>
      </p>
      <p className="sm mut row">
        {asker && <PersonName>{local(asker.name)}</PersonName>}
        <DateText value={release.askedAt} form="moment" />
        {release.people !== undefined && <span>{t('release-people', { count: release.people })}</span>}
      </p>
    </>
  )
}

function Standing({ release, now }: { release: Release; now: Date }) {
  const t = useTexts(lookTexts)
  if (release.granted === undefined)
    return (
      <Flag icon="clock" tone="honey">
        {t('release-waits')}
      </Flag>
    )
  if (!release.granted)
    return (
      <>
        <Flag icon="no" tone="sumac">
          {t('release-refused')}
        </Flag>
        {release.refusal && <bdi>{release.refusal}</bdi>}
      </>
    )
  if (release.takenAt)
    return (
      <Flag icon="ok" tone="olive">
        {t('release-taken')} <DateText value={release.takenAt} form="moment" />
      </Flag>
    )
  const open = release.until && release.until > now
  return (
    <Flag icon={open ? 'ok' : 'clock'} tone={open ? 'olive' : undefined}>
      {t(open ? 'release-open' : 'release-over')}
    </Flag>
  )
}
