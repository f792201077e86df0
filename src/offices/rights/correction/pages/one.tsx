import { may } from '../../../../kernel/access/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import type { Ready } from '../../../../lib/ready.ts'
import {
  Crumbs,
  DateText,
  Head,
  LinkButton,
  Note,
  Pane,
  PersonName,
  Read,
  Stack,
  StaffLayout,
  Thread,
  useLocalized,
  usePage,
  useTexts,
  Written,
} from '../../../../ui/index.ts'
import { type Call, idParam, read, typedText } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { lookInto } from '../../../looks/index.ts'
import { getPerson, recordOf, type StaffMember, staffById } from '../../../people/index.ts'
import { rightsRules } from '../../rules.ts'
import { openRecord, type PersonRecord, withFact } from '../record.ts'
import { type Correction, type CorrectionWord, getCorrection, ofRecord, papersIn, wordsIn } from '../store.ts'
import { correctionText, correctionTexts } from '../strings.ts'
import { AcceptPane, AskPane, ProposalPane, RefusePane } from './decide-panes.tsx'
import { CorrectionFlag } from './mine.tsx'
import { Facts } from './my-one.tsx'

export type StaffView = {
  correction: Correction
  person: string
  record: PersonRecord | undefined
  proposed: PersonRecord | undefined
  said: CorrectionWord[]
  papers: string[]
  staff: Map<string, StaffMember>
  refusals: readonly Ready[]
  /** What the reader may do with it. */
  may: { decide: boolean; approve: boolean; own: boolean }
  typed: (name: string) => string
  faults: Fault[]
}

/** GET: one correction with the record as it stands, and the ways to decide it. */
export async function showCorrection(call: Call, faults: Fault[] = []): Promise<Response> {
  const id = idParam(call, 'correction')
  const { actor } = call.visitor
  const view = await read(call, async (tx): Promise<StaffView> => {
    const correction = await getCorrection(tx, id)
    const { personId } = correction
    const seen = { personId, subjectKind: 'correction', subjectId: id, cause: correctionText('ar', 'cause') }
    // What waits to be decided is the work itself; what was decided is opened for a cause like any file.
    await lookInto(call, tx, seen, correction.decidedAt ? undefined : { kind: 'task' })
    const said = await wordsIn(tx, id)
    const { crypto } = call.house
    const { proposed } = correction
    const record = ofRecord(correction.fact) ? await recordOf(tx, crypto, personId) : undefined
    return {
      correction,
      record,
      said,
      faults,
      typed: name => typedText(call, name),
      person: (await getPerson(tx, personId)).displayName,
      proposed:
        record && proposed && withFact(record, correction.fact, openRecord(crypto, tx.town, proposed.sealed)),
      papers: await papersIn(tx, id),
      staff: await staffById(tx, [
        ...said.filter(({ byKind }) => byKind === 'staff').map(({ byId }) => byId),
        ...(proposed ? [proposed.by] : []),
      ]),
      refusals: (await rightsRules(tx)).refusals,
      may: {
        decide: may(actor, 'correction.decide'),
        approve: may(actor, 'correction.approve'),
        own: actor.kind === 'staff' && proposed?.by === actor.staffId,
      },
    }
  })
  const title = correctionText(call.locale, 'number', { number: view.correction.number })
  return showPage(
    call,
    <StaffLayout title={title} faults={faults}>
      <OnePage view={view} />
    </StaffLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

function OnePage({ view }: { view: StaffView }) {
  const t = useTexts(correctionTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { correction, person, said, papers, staff, refusals } = view
  const refusal = refusals.find(each => each.code === correction.refusal)
  const open = !correction.decidedAt
  return (
    <Read>
      <Crumbs links={[{ href: url(addresses.corrections), label: t('list-title') }]} />
      <Head
        title={<PersonName>{person}</PersonName>}
        sub={
          <span className="row">
            <CorrectionFlag state={correction.state} />
            <span>
              {t(`fact-${correction.fact}`)} · {t('number', { number: correction.number })}
            </span>
          </span>
        }
        actions={
          <LinkButton
            href={url(addresses.counterPerson, { person: correction.personId })}
            variant="plain"
            icon="user"
          >
            {t('who')}
          </LinkButton>
        }
      />
      <Stack>
        <Pane id="asked" icon="doc" title={t('what')}>
          <Facts correction={correction} />
          {papers.length > 0 && (
            <ul className="lines mt">
              {papers.map((document, at) => (
                <li key={document}>
                  <a href={url(addresses.correctionPaper, { correction: correction.id, document })}>
                    {t('paper-n', { n: at + 1 })}
                  </a>
                </li>
              ))}
            </ul>
          )}
        </Pane>
        {said.length > 0 && (
          <Thread
            items={said.map(each => {
              const member = staff.get(each.byId)
              return {
                id: each.id,
                text: each.words,
                mine: each.byKind === 'staff',
                from: <PersonName>{member ? local(member.name) : person}</PersonName>,
                when: <DateText value={each.at} form="moment" />,
              }
            })}
          />
        )}
        {!open && (
          <Note tone={correction.state === 'accepted' ? 'olive' : 'sumac'}>
            {refusal ? local(refusal) : t(`state-${correction.state}`)}
            {correction.answer && <Written>{correction.answer}</Written>}
          </Note>
        )}
        {correction.state === 'proposed' && <ProposalPane view={view} />}
        {open && correction.state !== 'proposed' && view.may.decide && (
          <>
            <AcceptPane view={view} />
            <AskPane view={view} />
          </>
        )}
        {open && view.may.decide && <RefusePane view={view} />}
      </Stack>
    </Read>
  )
}
