import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  Button,
  CitizenLayout,
  Crumbs,
  Form,
  Head,
  Pane,
  Read,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, read, typedText, url, write } from '../../../../web/call.ts'
import { flash, showPage } from '../../../../web/page.tsx'
import { citizenOf, subjectOf } from '../../citizen.ts'
import { fileCorrection } from '../acts.ts'
import { getCorrection } from '../store.ts'
import { correctionText, correctionTexts } from '../strings.ts'
import { CorrectionFields, readCorrection, readPapers } from './form.tsx'

/** GET: what is wrong, what is right, and the proof. */
export async function showAsk(call: Call, faults: Fault[] = []): Promise<Response> {
  await read(call, async () => undefined)
  const title = correctionText(call.locale, 'title')
  return showPage(
    call,
    <CitizenLayout title={title} faults={faults} unlisted>
      <AskPage typed={name => typedText(call, name)} faults={faults} />
    </CitizenLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: it becomes a case with a number and a day. */
export async function sendCorrection(call: Call): Promise<Response> {
  const { papers, faults: refused } = await readPapers(call)
  const reading = readCorrection(call)
  if (!reading.ok || refused.length > 0)
    return showAsk(call, [...(reading.ok ? [] : reading.faults), ...refused])
  const personId = subjectOf(call)
  let number = ''
  const answer = await write(call, async tx => {
    const by = { kind: 'citizen' as const, id: citizenOf(call).personId }
    const id = await fileCorrection(tx, call, { ...reading.value, personId, papers }, by)
    number = (await getCorrection(tx, id, { personId })).number
    return { redirect: url(call, addresses.myCorrection, { correction: id }) }
  })
  if (number) flash(call, { text: correctionText(call.locale, 'sent', { number }), tone: 'olive' })
  return answer
}

function AskPage({ typed, faults }: { typed: (name: string) => string; faults: Fault[] }) {
  const t = useTexts(correctionTexts)
  const { url } = usePage()
  return (
    <Read>
      <Crumbs links={[{ href: url(addresses.myData), label: t('back') }]} />
      <Head title={t('title')} sub={t('lead')} />
      <Pane id="correction">
        <Form action={url(addresses.myCorrect)} files>
          <CorrectionFields typed={typed} faults={faults} />
          <Button>{t('send')}</Button>
          <p className="sm mut mt">
            {t('phones')} <a href={url(addresses.myContactDetails)}>{t('phones-link')}</a>
          </p>
        </Form>
      </Pane>
    </Read>
  )
}
