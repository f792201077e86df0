import { addresses } from '../../../lib/addresses.ts'
import { longDate, shortDate, timeOfDay } from '../../../lib/dates.ts'
import { inLocale } from '../../../lib/localized.ts'
import {
  AcknowledgementSlip,
  DateText,
  Head,
  KeyHints,
  LinkButton,
  Money,
  Note,
  Num,
  Pane,
  type PaperLine,
  PersonName,
  RequestSheet,
  Row,
  Sheets,
  Stack,
  StateBadge,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { requestNumber, Whereabouts } from '../../requests/index.ts'
import { CounterLayout } from '../layout.tsx'
import { originalTexts } from '../originals/strings.ts'
import { partyTexts } from '../parties/strings.ts'
import { counterTexts } from '../strings.ts'
import type { ReceivedView } from './received.tsx'

/** A request at the counter after it was filed: its number large, the sheets to hand over, what may still be done here. */
export function ReceivedPage({ view }: { view: ReceivedView }) {
  const t = useTexts(counterTexts)
  const parties = useTexts(partyTexts)
  const originals = useTexts(originalTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { request, service, isNew, person } = view
  const number = requestNumber(request)
  const title = local(service.definition.name)
  return (
    <CounterLayout title={`${title} ${number}`}>
      <div className="no-print">
        <Head
          title={isNew ? t('received') : title}
          sub={<PersonName>{person.displayName}</PersonName>}
          actions={
            <>
              <LinkButton href={url(addresses.counterPerson, { person: person.id })} variant="plain">
                {t('person-open')}
              </LinkButton>
              <LinkButton href={url(addresses.counter)} hotkey="F10" iconEnd="go">
                {t('next')}
              </LinkButton>
            </>
          }
        />
        <Stack>
          <Pane>
            <Row apart>
              <div>
                <p className="big-number">
                  <Num>{number}</Num>
                </p>
                {isNew && <p className="mut">{title}</p>}
                <p className="row mt-s">
                  <StateBadge state={request.projection.state} />
                  {request.projection.dueAt && (
                    <span className="mut">
                      {t('promised')} <DateText value={request.projection.dueAt} form="plain" />
                    </span>
                  )}
                </p>
              </div>
              <Change view={view} />
            </Row>
          </Pane>
          <Where view={view} />
          <Doings view={view} />
          <Row>
            <LinkButton href="#slip" icon="print" variant="quiet" hotkey="F9">
              {t('print-slip')}
            </LinkButton>
            <LinkButton href="#a5" icon="print" variant="quiet">
              {t('print-sheet')}
            </LinkButton>
            {view.receipts.map(receipt => (
              <LinkButton
                key={receipt.id}
                href={url(addresses.receipt, { id: receipt.id })}
                icon="receipt"
                variant="quiet"
              >
                {t('receipt-of', { number: receipt.number })}
              </LinkButton>
            ))}
            {view.mayFile && (
              <LinkButton
                href={url(addresses.counterOriginals, {}, { request: request.id })}
                variant="plain"
                icon="box"
              >
                {originals('take')}
              </LinkButton>
            )}
            <LinkButton href={url(addresses.counterParties, { id: request.id })} variant="plain" icon="users">
              {parties('parties')}
            </LinkButton>
            <LinkButton href={url(addresses.officeRequest, { id: request.id })} variant="plain">
              {t('request-open')}
            </LinkButton>
          </Row>
        </Stack>
      </div>
      <div className="mt">
        <ReceivedSheets view={view} />
      </div>
      <KeyHints
        hints={[
          { keys: 'F8', label: t('key-collect') },
          { keys: 'F9', label: t('key-print') },
          { keys: 'F10', label: t('next') },
          { keys: 'F2', label: t('key-search') },
        ]}
      />
    </CounterLayout>
  )
}

/** What to tell whoever asks at the window: with whom it is outside, or when somebody comes. */
function Where({ view: { request, service, today } }: { view: ReceivedView }) {
  const { answers, capacity, channel, projection } = request
  const values = { answers, capacity, channel, today, stepFields: projection.stepFields }
  return <Whereabouts service={service} projection={projection} values={values} />
}

/** What goes back to the payer now: nobody should have to work it out. */
function Change({ view: { taken } }: { view: ReceivedView }) {
  const t = useTexts(counterTexts)
  if (!taken) return null
  const back = taken.tenders.flatMap(tender =>
    tender.kind === 'cash' ? tender.change.filter(each => each.minor > 0) : [],
  )
  return (
    <div>
      <p className="lbl sm">{t('give-back')}</p>
      <div className="big-sum">
        {back.length === 0 ? t('give-nothing') : back.map(each => <Money key={each.currency} value={each} />)}
      </div>
    </div>
  )
}

/** What waits for somebody at this window: money, a missing paper, the handing over. */
function Doings({ view }: { view: ReceivedView }) {
  const t = useTexts(counterTexts)
  const { url } = usePage()
  const { request, open, mayTake, mayFile, service } = view
  const { id, projection } = request
  const handing = service.definition.steps.find(step => step.id === projection.step)?.kind === 'handover'
  return (
    <>
      {open.length > 0 && (
        <Note tone="honey" title={t('open-charges')}>
          {open.map(charge => (
            <span key={charge.id} className="nb">
              <Money value={charge.open} />{' '}
            </span>
          ))}
          {mayTake ? (
            <p className="mt-s">
              <LinkButton href={url(addresses.counterCollect, { id })} icon="cash" hotkey="F8">
                {t('collect-open')}
              </LinkButton>
            </p>
          ) : (
            t('fee-at-till')
          )}
        </Note>
      )}
      {projection.missingPapers.length > 0 && (
        <Note tone="sumac" title={t('missing-papers')}>
          {projection.missingPapers.map(paper => paper.words).join(t('comma'))}
          {mayFile && (
            <p className="mt-s">
              <LinkButton href={url(addresses.counterPapers, { id })} icon="scan" hotkey="F6">
                {t('papers-brought')}
              </LinkButton>
            </p>
          )}
        </Note>
      )}
      {handing && (
        <Note tone="info" title={t('to-hand-over')}>
          <OriginalsToShow view={view} />
          <p className="mt-s">
            <LinkButton href={url(addresses.counterHandOver, { id })} icon="hand">
              {t('hand-over')}
            </LinkButton>
          </p>
        </Note>
      )}
    </>
  )
}

function OriginalsToShow({ view: { service, papers } }: { view: ReceivedView }) {
  const t = useTexts(counterTexts)
  const local = useLocalized()
  const originals = service.definition.papers.filter(
    paper => paper.original && papers.some(each => each.paperId === paper.id),
  )
  if (originals.length === 0) return null
  return <>{t('originals-first', { papers: originals.map(paper => local(paper.name)).join(t('comma')) })}</>
}

function ReceivedSheets({ view }: { view: ReceivedView }) {
  const t = useTexts(counterTexts)
  const page = usePage()
  const local = useLocalized()
  const { request, service, person, papers, parties, track } = view
  const number = requestNumber(request)
  const names = new Map(service.definition.papers.map(paper => [paper.id, inLocale(paper.name, page.locale)]))
  const given = [...new Set(papers.map(paper => names.get(paper.paperId) ?? paper.fileName))]
  const { dueAt, state } = request.projection
  const common: PaperLine[] = [
    { label: t('applicant'), value: <PersonName>{person.displayName}</PersonName>, strong: true },
    ...(request.capacity === 'principal'
      ? []
      : [{ label: t('capacity'), value: t(`capacity-${request.capacity}`) }]),
    ...parties.map(party => ({
      label: t(`capacity-${party.capacity}`),
      value: <PersonName>{party.name}</PersonName>,
    })),
    { label: t('service'), value: local(service.definition.name) },
    ...(dueAt ? [{ label: t('promised'), value: shortDate(dueAt, page) }] : []),
    ...(state === 'awaiting-fee' ? [{ label: t('state'), value: t('awaits-fee') }] : []),
  ]
  const at = `${shortDate(request.filedAt, page)} · ${timeOfDay(request.filedAt, page)}`
  const proof = {
    url: track.url,
    title: t('track-title'),
    note: track.own ? t('track-own') : t('track-number', { number }),
    label: t('track-qr'),
  }
  return (
    <Sheets>
      <AcknowledgementSlip
        title={t('slip-title')}
        number={number}
        place={t('centre')}
        facts={[
          ...common,
          { label: t('date'), value: at },
          ...(given.length > 0
            ? [{ label: t('papers'), value: t('papers-number', { count: given.length }) }]
            : []),
        ]}
        track={proof}
        foot={t('slip-foot', { phone: page.town.phone })}
      />
      <RequestSheet
        title={t('sheet-title')}
        number={number}
        place={t('centre')}
        facts={[...common, { label: t('date'), value: longDate(request.filedAt, page) }]}
        answers={request.frozen[page.locale].flatMap(each => each.items)}
        papersTitle={t('papers')}
        papers={given}
        track={proof}
        signers={[
          t('sign-applicant'),
          t('sign-clerk', { name: page.actor.kind === 'staff' ? page.actor.name : '' }),
        ]}
        foot={t('sheet-foot')}
      />
    </Sheets>
  )
}
