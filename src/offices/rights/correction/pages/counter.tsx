import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  Button,
  Crumbs,
  Form,
  Head,
  Pane,
  Read,
  StaffLayout,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../../web/call.ts'
import { flash, showPage } from '../../../../web/page.tsx'
import { lookInto } from '../../../looks/index.ts'
import { getPerson } from '../../../people/index.ts'
import { fileCorrection } from '../acts.ts'
import { getCorrection } from '../store.ts'
import { correctionText, correctionTexts } from '../strings.ts'
import { CorrectionFields, readCorrection, readPapers } from './form.tsx'
import { staffOf } from './staff.ts'

/** GET: a correction written down for whoever stands at the window. */
export async function showCounterCorrect(call: Call, faults: Fault[] = []): Promise<Response> {
  const personId = idParam(call, 'person')
  const name = await read(call, async tx => {
    const seen = { personId, subjectKind: 'person', subjectId: personId }
    await lookInto(call, tx, { ...seen, cause: correctionText('ar', 'counter-cause') })
    return (await getPerson(tx, personId)).displayName
  })
  const title = correctionText(call.locale, 'counter-title', { name })
  return showPage(
    call,
    <StaffLayout title={title} faults={faults}>
      <CounterPage
        personId={personId}
        name={name}
        title={title}
        faults={faults}
        typed={field => typedText(call, field)}
      />
    </StaffLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: enters it in their name. */
export async function sendCounterCorrect(call: Call): Promise<Response> {
  const personId = idParam(call, 'person')
  const { papers, faults: refused } = await readPapers(call)
  const reading = readCorrection(call)
  if (!reading.ok || refused.length > 0)
    return showCounterCorrect(call, [...(reading.ok ? [] : reading.faults), ...refused])
  let number = ''
  const answer = await write(call, async tx => {
    // Somebody of another town, or nobody, is not there to correct.
    await getPerson(tx, personId)
    const id = await fileCorrection(tx, call, { ...reading.value, personId, papers }, staffOf(call))
    number = (await getCorrection(tx, id)).number
    return { redirect: url(call, addresses.counterPerson, { person: personId }) }
  })
  if (number) flash(call, { text: correctionText(call.locale, 'counter-sent', { number }), tone: 'olive' })
  return answer
}

function CounterPage({
  personId,
  name,
  title,
  typed,
  faults,
}: {
  personId: string
  name: string
  title: string
  typed: (name: string) => string
  faults: Fault[]
}) {
  const t = useTexts(correctionTexts)
  const { url } = usePage()
  return (
    <Read>
      <Crumbs links={[{ href: url(addresses.counterPerson, { person: personId }), label: name }]} />
      <Head title={title} />
      <Pane id="correction">
        <Form action={url(addresses.counterCorrect, { person: personId })} files>
          <CorrectionFields typed={typed} faults={faults} />
          <Button hotkey="F9">{t('send')}</Button>
        </Form>
      </Pane>
    </Read>
  )
}
