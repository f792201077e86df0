import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import type { Ready } from '../../../../lib/ready.ts'
import {
  Button,
  CitizenLayout,
  Crumbs,
  DateText,
  Form,
  faultOf,
  Head,
  KeyValues,
  LinkButton,
  LongTextField,
  Note,
  Pane,
  Read,
  Stack,
  Thread,
  useLocalized,
  usePage,
  useTexts,
  Written,
} from '../../../../ui/index.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../../web/call.ts'
import { flash, showPage } from '../../../../web/page.tsx'
import { citizenOf, subjectOf } from '../../citizen.ts'
import { rightsRules } from '../../rules.ts'
import { sayMore } from '../acts.ts'
import { type Correction, type CorrectionWord, getCorrection, papersIn, wordsIn } from '../store.ts'
import { correctionText, correctionTexts } from '../strings.ts'
import { Proof, readPapers, words } from './form.tsx'
import { CorrectionFlag } from './mine.tsx'

type View = {
  correction: Correction
  said: CorrectionWord[]
  papers: string[]
  refusal: Ready | undefined
  typed: string
  faults: Fault[]
}

/** GET: one correction: where it stands, what was said, and what may be added. */
export async function showMyCorrection(call: Call, faults: Fault[] = []): Promise<Response> {
  const id = idParam(call, 'correction')
  const view = await read(call, async (tx): Promise<View> => {
    const correction = await getCorrection(tx, id, { personId: subjectOf(call) })
    const { refusals } = await rightsRules(tx)
    return {
      correction,
      said: await wordsIn(tx, id),
      papers: await papersIn(tx, id),
      refusal: refusals.find(each => each.code === correction.refusal),
      typed: typedText(call, 'words'),
      faults,
    }
  })
  const title = correctionText(call.locale, 'number', { number: view.correction.number })
  return showPage(
    call,
    <CitizenLayout title={title} faults={faults} unlisted>
      <OnePage view={view} />
    </CitizenLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: more words, or the proof that was asked for. */
export async function sendMore(call: Call): Promise<Response> {
  const id = idParam(call, 'correction')
  const said = words(call, 'words')
  const { papers, faults } = await readPapers(call)
  if (faults.length === 0 && said === '' && papers.length === 0)
    faults.push({ field: 'words', code: 'required' })
  if (faults.length > 0) return showMyCorrection(call, faults)
  const answer = await write(call, async tx => {
    const by = { kind: 'citizen' as const, id: citizenOf(call).personId }
    await sayMore(tx, call, { id, personId: subjectOf(call), words: said, papers }, by)
    return { redirect: url(call, addresses.myCorrection, { correction: id }) }
  })
  flash(call, { text: correctionText(call.locale, 'more-sent'), tone: 'olive' })
  return answer
}

function OnePage({ view }: { view: View }) {
  const t = useTexts(correctionTexts)
  const { url } = usePage()
  const { correction, said, papers, typed, faults } = view
  return (
    <Read>
      <Crumbs links={[{ href: url(addresses.myData), label: t('back') }]} />
      <Head
        title={t(`fact-${correction.fact}`)}
        sub={
          <span className="row">
            <CorrectionFlag state={correction.state === 'proposed' ? 'open' : correction.state} />
            <span>{t('number', { number: correction.number })}</span>
          </span>
        }
      />
      <Stack>
        <Outcome view={view} />
        <Pane id="asked">
          <Facts correction={correction} />
          {papers.length > 0 && (
            <ul className="lines mt">
              {papers.map((id, at) => (
                <li key={id}>
                  <a href={url(addresses.document, { id })}>{t('paper-n', { n: at + 1 })}</a>
                </li>
              ))}
            </ul>
          )}
        </Pane>
        {said.length > 0 && (
          <Thread
            items={said.map(each => ({
              id: each.id,
              text: each.words,
              mine: each.byKind === 'citizen',
              from: t(each.byKind === 'citizen' ? 'you' : 'town'),
              when: <DateText value={each.at} form="moment" />,
            }))}
          />
        )}
        {!correction.decidedAt && (
          <Pane
            id="more"
            icon="hand"
            title={t(correction.state === 'proof-asked' ? 'more-proof' : 'more-title')}
          >
            <Form action={url(addresses.myCorrection, { correction: correction.id })} files>
              <LongTextField
                name="words"
                label={t('more-words')}
                value={typed}
                rows={3}
                maxLength={1000}
                fault={faultOf(faults, 'words')}
              />
              <Proof faults={faults} />
              <Button variant={correction.state === 'proof-asked' ? 'main' : 'quiet'}>
                {t('more-send')}
              </Button>
            </Form>
          </Pane>
        )}
      </Stack>
    </Read>
  )
}

/** The decision with its reason, and where one complains of it. */
function Outcome({ view: { correction, refusal } }: { view: View }) {
  const t = useTexts(correctionTexts)
  const local = useLocalized()
  const { url } = usePage()
  if (correction.state === 'accepted')
    return (
      <Note tone="olive" icon="ok">
        {t('state-accepted')} <DateText value={correction.decidedAt ?? correction.filedAt} form="plain" />
        {correction.answer && <Written>{correction.answer}</Written>}
      </Note>
    )
  if (correction.state !== 'refused') return null
  return (
    <Pane id="refused" icon="no" title={t('why')}>
      {refusal && <p>{local(refusal)}</p>}
      {correction.answer && <Written>{correction.answer}</Written>}
      <p className="sm mut mt">{t('complain')}</p>
      <p className="mt-s">
        <LinkButton href={url(addresses.myComplaint)} variant="quiet">
          {t('complain-go')}
        </LinkButton>
      </p>
    </Pane>
  )
}

/** What is wrong, what is right, where, and by when it is decided. */
export function Facts({ correction }: { correction: Correction }) {
  const t = useTexts(correctionTexts)
  return (
    <KeyValues
      pairs={[
        { term: t('wrong'), value: <bdi>{correction.wrong}</bdi> },
        { term: t('right'), value: <bdi>{correction.correct}</bdi> },
        ...(correction.standsIn === ''
          ? []
          : [{ term: t('stands-in'), value: <bdi dir="ltr">{correction.standsIn}</bdi> }]),
        correction.decidedAt
          ? { term: t('decided'), value: <DateText value={correction.decidedAt} form="plain" /> }
          : { term: t('due'), value: <DateText value={correction.dueOn} form="plain" /> },
      ]}
    />
  )
}
