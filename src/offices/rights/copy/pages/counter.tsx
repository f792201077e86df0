import { addresses } from '../../../../lib/addresses.ts'
import { timeOfDay } from '../../../../lib/dates.ts'
import { BadRequest, Conflict, type Fault, NotFound } from '../../../../lib/errors.ts'
import {
  Button,
  Crumbs,
  Form,
  faultOf,
  Head,
  LinkButton,
  Note,
  Pane,
  Progress,
  Read,
  SegmentField,
  Stack,
  StaffLayout,
  TextField,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { aside, type Call, idParam, param, read, typedText, url, write } from '../../../../web/call.ts'
import { flash, redirect, showPage } from '../../../../web/page.tsx'
import { lookInto } from '../../../looks/index.ts'
import { getPerson, identityShown, readIdentityCheck, recordIdentityCheck } from '../../../people/index.ts'
import { staffOf } from '../../correction/pages/staff.ts'
import { FileList } from '../files.tsx'
import { sendFile } from '../send.ts'
import {
  askCopy,
  type CopyFile,
  copiesOf,
  type DataCopy,
  filesOf,
  getCopy,
  isOpenTo,
  noteDownload,
  openCopy,
} from '../store.ts'
import { copyText, copyTexts } from '../strings.ts'

/** Minutes a copy made at the counter lies open to the log-in of the clerk who asked for it. */
const minutes = 60

type View = {
  personId: string
  name: string
  copy: DataCopy | undefined
  files: CopyFile[]
  typed: (name: string) => string
  faults: Fault[]
}

const seen = (personId: string) => ({
  personId,
  subjectKind: 'person',
  subjectId: personId,
  cause: copyText('ar', 'counter-cause'),
})

/** GET: what was shown, or the copy as it is made, and then its files. */
export async function showCounterCopy(call: Call, faults: Fault[] = []): Promise<Response> {
  const personId = idParam(call, 'person')
  const view = await read(call, async (tx): Promise<View> => {
    await lookInto(call, tx, seen(personId))
    const [latest] = await copiesOf(tx, personId, 1)
    const mine = latest?.way === 'counter' && latest.askedBy.id === staffOf(call).id ? latest : undefined
    const busy = mine?.state === 'waiting' || mine?.state === 'making'
    const open = mine !== undefined && isOpenTo(mine, call.visitor.sessionHash, tx.now)
    return {
      personId,
      faults,
      typed: name => typedText(call, name),
      name: (await getPerson(tx, personId)).displayName,
      copy: busy || open ? mine : undefined,
      files: mine && open ? await filesOf(tx, mine.id) : [],
    }
  })
  const title = copyText(call.locale, 'counter-title', { name: view.name })
  const answer = showPage(
    call,
    <StaffLayout title={title} faults={faults}>
      <CounterPage view={view} title={title} />
    </StaffLayout>,
    faults.length > 0 ? 422 : 200,
  )
  // Looked at again by itself while it is made, without a script.
  if (view.copy && view.copy.state !== 'ready') answer.headers.set('refresh', '3')
  return answer
}

/** POST: keeps what was shown, and has the copy made for this clerk's log-in alone. */
export async function sendCounterCopy(call: Call): Promise<Response> {
  const personId = idParam(call, 'person')
  const { sessionHash } = call.visitor
  if (!sessionHash) throw new BadRequest('no-log-in')
  const check = readIdentityCheck(name => typedText(call, name), false)
  if (!check.ok) return showCounterCopy(call, check.faults)
  const by = staffOf(call)
  const back = { redirect: url(call, addresses.counterData, { person: personId }) }
  // Somebody of another town, or nobody, has no data here.
  await aside(call, tx => getPerson(tx, personId))
  await read(call, tx => lookInto(call, tx, seen(personId)))
  try {
    const answer = await write(call, async tx => {
      await recordIdentityCheck(tx, call.house, { personId, purpose: 'copy', check: check.value }, by)
      const id = await askCopy(tx, { personId, way: 'counter' }, by)
      await openCopy(tx, id, sessionHash, minutes)
      return back
    })
    flash(call, { text: copyText(call.locale, 'counter-asked'), tone: 'olive' })
    return answer
  } catch (error) {
    // One is being made already: it is shown, or waited for.
    if (error instanceof Conflict) return redirect(back.redirect)
    throw error
  }
}

/** POST: hands the file to the clerk who asked for it, within the hour, and writes it down. */
export async function takeCounterFile(call: Call): Promise<Response> {
  const personId = idParam(call, 'person')
  await read(call, tx => lookInto(call, tx, seen(personId)))
  const file = await aside(call, async tx => {
    const copy = await getCopy(tx, personId, idParam(call, 'copy'))
    if (copy.way !== 'counter' || !isOpenTo(copy, call.visitor.sessionHash, tx.now)) return undefined
    const found = (await filesOf(tx, copy.id)).find(each => each.no === Number(param(call, 'file')))
    if (!found) throw new NotFound('no-such-file')
    await noteDownload(tx, copy, found, staffOf(call))
    return found
  })
  return file ? sendFile(call, file) : redirect(url(call, addresses.counterData, { person: personId }))
}

function CounterPage({ view, title }: { view: View; title: string }) {
  const t = useTexts(copyTexts)
  const page = usePage()
  const { personId, name, copy, files } = view
  return (
    <Read>
      <Crumbs links={[{ href: page.url(addresses.counterPerson, { person: personId }), label: name }]} />
      <Head title={title} sub={t('counter-lead')} />
      {!copy && <Shown view={view} />}
      {copy && copy.state !== 'ready' && (
        <Pane id="making" icon="half">
          <Progress share={copy.total ? copy.done / copy.total : 0}>
            {copy.total === undefined
              ? t('waiting')
              : t('making', { done: copy.done, total: Math.max(copy.total, copy.done) })}
          </Progress>
          <p className="mt-s">
            <LinkButton
              href={page.url(addresses.counterData, { person: personId })}
              variant="plain"
              icon="turn"
            >
              {t('reload')}
            </LinkButton>
          </p>
        </Pane>
      )}
      {copy && files.length > 0 && (
        <Stack>
          <Note tone="olive" icon="print">
            {t('counter-done', { time: copy.open ? timeOfDay(copy.open.until, page) : '' })}
          </Note>
          <FileList
            files={files}
            until={undefined}
            action={no => page.url(addresses.counterDataFile, { person: personId, copy: copy.id, file: no })}
          />
        </Stack>
      )}
    </Read>
  )
}

function Shown({ view: { personId, typed, faults } }: { view: View }) {
  const t = useTexts(copyTexts)
  const page = usePage()
  const field = (name: string) => ({ name, value: typed(name), fault: faultOf(faults, name) })
  return (
    <Pane id="shown" icon="cert">
      <Form action={page.url(addresses.counterData, { person: personId })}>
        <SegmentField
          {...field('shown')}
          label={t('counter-shown')}
          options={identityShown.map(each => ({ value: each, label: t(`shown-${each}`) }))}
        />
        <details className="digest" open={faults.some(each => each.field !== 'shown')}>
          <summary>{t('without-card')}</summary>
          <TextField {...field('passport')} label={t('passport')} width="mid" maxLength={40} />
          <TextField {...field('witness1')} label={t('witness1')} maxLength={120} />
          <TextField {...field('witness2')} label={t('witness2')} maxLength={120} />
        </details>
        <Button icon="print" hotkey="F9">
          {t('counter-make')}
        </Button>
      </Form>
    </Pane>
  )
}
