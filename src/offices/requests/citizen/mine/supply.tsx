import { addresses } from '../../../../lib/addresses.ts'
import { Conflict, type Fault } from '../../../../lib/errors.ts'
import { translate } from '../../../../lib/texts.ts'
import type { Write } from '../../../../platform/database/index.ts'
import {
  CitizenLayout,
  Confirm,
  LongTextField,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../../web/call.ts'
import { flash, redirect, showPage } from '../../../../web/page.tsx'
import { type AdmittedFile, addDocument, admitForm } from '../../../archive/index.ts'
import { performAct } from '../../actions.ts'
import { type Request, requestNumber } from '../../model.ts'
import { attachPaper, papersOf } from '../../papers.ts'
import { citizenOf } from '../citizen.ts'
import { citizenTexts } from '../strings.ts'
import { missingBox } from './missing.tsx'
import { answerRequest, getMine } from './request.tsx'

/** Sends the papers that were asked for. What arrives counts, also when another is still missing. */
export async function supplyPapers(call: Call): Promise<Response> {
  const id = idParam(call, 'id')
  const here = url(call, addresses.myRequest, { id })
  const { request, service, acts } = await read(call, tx => getMine(tx, call, id))
  if (!acts.supply) return redirect(here)
  const faults: Fault[] = []
  const arrived = new Map<string, AdmittedFile[]>()
  for (const missing of request.projection.missingPapers) {
    const field = missingBox(missing.id)
    const { admitted, faults: refused } = await admitForm(call, field)
    const accept: string[] = service.definition.papers.find(each => each.id === missing.id)?.accept ?? []
    for (const { code, values } of refused)
      faults.push({ field, code, values: { ...values, max: values?.megabytes ?? 25 } })
    const fit = admitted.filter(
      file => accept.length === 0 || accept.includes(file.type.replace(/^.*\//, '')),
    )
    if (fit.length < admitted.length)
      faults.push({ field, code: 'file-type', values: { accept: accept.join('، ') } })
    if (fit.length > 0) arrived.set(missing.id, fit)
  }
  const before = await read(call, tx => papersOf(tx, id))
  const there = request.projection.missingPapers.some(missing =>
    before.some(paper => paper.paperId === missing.id && paper.at > missing.askedAt),
  )
  const [first] = request.projection.missingPapers
  if (arrived.size === 0 && !there && faults.length === 0 && first)
    faults.push({ field: missingBox(first.id), code: 'file-missing' })
  if (arrived.size === 0 && faults.length > 0) return answerRequest(call, faults, 422)
  const answer = await write(call, async tx => {
    await supply(tx, call, id, arrived)
    return { redirect: here }
  })
  const key = faults.length > 0 ? 'papers-arrived-some' : 'papers-arrived'
  flash(call, {
    text: translate(citizenTexts, call.locale, key),
    tone: faults.length > 0 ? 'honey' : 'olive',
  })
  return answer
}

async function supply(
  tx: Write,
  call: Call,
  id: string,
  arrived: Map<string, AdmittedFile[]>,
): Promise<void> {
  const actor = citizenOf(call)
  const by = { kind: 'citizen', id: actor.personId }
  const { request, service } = await getMine(tx, call, id, true)
  for (const missing of request.projection.missingPapers) {
    const paper = service.definition.papers.find(each => each.id === missing.id)
    for (const file of arrived.get(missing.id) ?? []) {
      const documentId = await addDocument(tx, {
        admitted: file,
        kind: paper?.kind ?? missing.id,
        title: paper?.name.ar ?? missing.words,
        ownerId: request.applicantId,
        source: 'upload',
        by,
      })
      await attachPaper(tx, id, { paperId: missing.id, documentId, state: 'supplied' }, by)
    }
  }
  const papers = await papersOf(tx, id)
  const supplied = request.projection.missingPapers
    .filter(
      missing =>
        arrived.has(missing.id) ||
        papers.some(paper => paper.paperId === missing.id && paper.at > missing.askedAt),
    )
    .map(missing => missing.id)
  if (supplied.length === 0) return
  await performAct(
    tx,
    { house: call.house, town: call.town },
    { requestId: id, name: 'supply-papers', actor, data: { supplied } },
  )
}

/** Asks before a request is withdrawn. */
export async function showWithdraw(call: Call): Promise<Response> {
  const id = idParam(call, 'id')
  const { request, service, acts } = await read(call, tx => getMine(tx, call, id))
  if (!acts.withdraw) return redirect(url(call, addresses.myRequest, { id }))
  return showPage(call, <WithdrawPage request={request} name={service.definition.name} />)
}

function WithdrawPage({ request, name }: { request: Request; name: { ar: string; en: string } }) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { id } = request
  const number = requestNumber(request)
  return (
    <CitizenLayout title={t('withdraw-title', { number })} unlisted>
      <Confirm
        title={t('withdraw-title', { number })}
        action={url(addresses.myRequestWithdraw, { id })}
        verb={t('withdraw-do')}
        stops
        back={url(addresses.myRequest, { id })}
        fields={<LongTextField name="note" label={t('withdraw-why')} optional rows={2} />}
      >
        {t('withdraw-text', { service: local(name) })}
      </Confirm>
    </CitizenLayout>
  )
}

/** Withdraws the request. One that was signed or carried out meanwhile stays, and the page says so. */
export async function withdraw(call: Call): Promise<Response> {
  const id = idParam(call, 'id')
  const here = url(call, addresses.myRequest, { id })
  const note = typedText(call, 'note').trim().slice(0, 1000)
  await read(call, tx => getMine(tx, call, id))
  try {
    const answer = await write(call, async tx => {
      await performAct(
        tx,
        { house: call.house, town: call.town },
        { requestId: id, name: 'withdraw', actor: citizenOf(call), ...(note !== '' && { note }) },
      )
      return { redirect: here }
    })
    flash(call, { text: translate(citizenTexts, call.locale, 'withdrawn-now') })
    return answer
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    flash(call, { text: translate(citizenTexts, call.locale, 'withdraw-late'), tone: 'sumac' })
    return redirect(here)
  }
}
