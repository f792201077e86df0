import { addresses } from '../../../../lib/addresses.ts'
import { timeOfDay } from '../../../../lib/dates.ts'
import { BadRequest, type Fault, NotFound } from '../../../../lib/errors.ts'
import {
  Button,
  CitizenLayout,
  Crumbs,
  Empty,
  Form,
  faultOf,
  Head,
  LinkButton,
  Note,
  Pane,
  PasswordField,
  Read,
  Stack,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { aside, type Call, idParam, param, read, typedText, url, write } from '../../../../web/call.ts'
import { redirect, showPage } from '../../../../web/page.tsx'
import { provePin } from '../../../people/index.ts'
import { citizenOf, subjectOf } from '../../citizen.ts'
import { FileList } from '../files.tsx'
import { sendFile } from '../send.ts'
import { type CopyFile, type DataCopy, filesOf, getCopy, isOpenTo, noteDownload, openCopy } from '../store.ts'
import { copyText, copyTexts } from '../strings.ts'

/** Minutes the files lie open to a log-in after the PIN. */
const minutes = 10

type View = { copy: DataCopy; files: CopyFile[]; open: boolean; faults: Fault[] }

/** GET: a copy: its files where the PIN was asked a moment ago, else the question for it. */
export async function showCopy(call: Call, faults: Fault[] = []): Promise<Response> {
  const id = idParam(call, 'copy')
  const view = await read(call, async (tx): Promise<View> => {
    const copy = await getCopy(tx, subjectOf(call), id)
    const open = copy.way === 'portal' && isOpenTo(copy, call.visitor.sessionHash, tx.now)
    return { copy, files: open ? await filesOf(tx, id) : [], open, faults }
  })
  const title = copyText(call.locale, 'open-title')
  return showPage(
    call,
    <CitizenLayout title={title} faults={faults} unlisted>
      <CopyPage view={view} />
    </CitizenLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: opens the files to this log-in, once the PIN was right. */
export async function sendOpen(call: Call): Promise<Response> {
  const id = idParam(call, 'copy')
  const { personId } = citizenOf(call)
  const { sessionHash } = call.visitor
  if (!sessionHash) throw new BadRequest('no-log-in')
  await read(call, tx => getCopy(tx, subjectOf(call), id))
  if (!(await provePin(call.house, call.town.id, personId, typedText(call, 'pin'))))
    return showCopy(call, [{ field: 'pin', code: 'pin-wrong' }])
  return write(call, async tx => {
    await openCopy(tx, (await getCopy(tx, subjectOf(call), id)).id, sessionHash, minutes)
    return { redirect: url(call, addresses.myDataCopy, { copy: id }) }
  })
}

/** POST: hands a file over and counts it; where the PIN was not asked of this log-in, or too long ago, it is asked. */
export async function takeFile(call: Call): Promise<Response> {
  const id = idParam(call, 'copy')
  const no = Number(param(call, 'file'))
  const file = await aside(call, async tx => {
    const copy = await getCopy(tx, subjectOf(call), id)
    if (copy.way !== 'portal' || !isOpenTo(copy, call.visitor.sessionHash, tx.now)) return undefined
    const found = (await filesOf(tx, id)).find(each => each.no === no)
    if (!found) throw new NotFound('no-such-file')
    await noteDownload(tx, copy, found, { kind: 'citizen', id: citizenOf(call).personId })
    return found
  })
  return file ? sendFile(call, file) : redirect(url(call, addresses.myDataCopy, { copy: id }))
}

function CopyPage({ view: { copy, files, open, faults } }: { view: View }) {
  const t = useTexts(copyTexts)
  const page = usePage()
  const isThere =
    copy.state === 'ready' && copy.way === 'portal' && copy.until !== undefined && copy.until > page.now
  return (
    <Read>
      <Crumbs links={[{ href: page.url(addresses.myData), label: t('back') }]} />
      <Head title={t('open-title')} />
      {!isThere && (
        <Empty
          title={t('expired')}
          level={2}
          action={<LinkButton href={page.url(addresses.myData)}>{t('back')}</LinkButton>}
        />
      )}
      {isThere && !open && (
        <Pane id="open" icon="lock">
          <Form action={page.url(addresses.myDataCopy, { copy: copy.id })}>
            <p className="mb-s">{t('open-what')}</p>
            <PasswordField name="pin" label={t('ask-pin')} fault={faultOf(faults, 'pin')} />
            <Button icon="lock">{t('open-send')}</Button>
          </Form>
        </Pane>
      )}
      {isThere && open && (
        <Stack>
          <FileList
            files={files}
            until={copy.open && t('open-until', { time: timeOfDay(copy.open.until, page) })}
            action={no => page.url(addresses.myDataFile, { copy: copy.id, file: no })}
          />
          <Note tone="honey" icon="eye">
            {t('careful')}
          </Note>
        </Stack>
      )}
    </Read>
  )
}
