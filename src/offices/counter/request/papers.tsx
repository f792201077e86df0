import type { CompiledService, Paper } from '../../../kernel/definition/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Button,
  Crumbs,
  DateField,
  Empty,
  FaultText,
  Form,
  faultOf,
  fieldId,
  Head,
  Icon,
  KeyHints,
  LinkButton,
  Pane,
  PersonName,
  ScanControl,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, idParam, read, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { acts, looks, type Route, route, staff } from '../../../web/route.ts'
import { catalogueOf } from '../../catalogue/index.ts'
import { lookInto } from '../../looks/index.ts'
import { getPerson, type Person } from '../../people/index.ts'
import { attachPaper, performAct, type Request, requestNumber } from '../../requests/index.ts'
import { readPaper, shelve } from '../case/paper.ts'
import { boxes } from '../case/papers-pane.tsx'
import { byOf, clerkOf } from '../clerk.ts'
import { CounterLayout } from '../layout.tsx'
import { visibleRequest } from '../store.ts'
import { counterText, counterTexts } from '../strings.ts'
import { hang } from '../visit/hang.ts'

const megabyte = 1024 * 1024

export const papersRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.counterPapers,
    access: staff('request.file'),
    audit: looks('counter.request-opened'),
    handle: call => show(call),
  }),
  route({
    method: 'post',
    address: addresses.counterPapers,
    access: staff('request.file'),
    audit: acts('request.supply-papers'),
    bodyLimit: 80 * megabyte,
    handle: supply,
  }),
]

type Asked = {
  request: Request
  service: CompiledService
  person: Person
  papers: { paper: Paper; words: string }[]
}

function asked(call: Call): Promise<Asked> {
  return read(call, async tx => {
    const request = await visibleRequest(tx, clerkOf(call), idParam(call, 'id'))
    const seen = { personId: request.applicantId, requestId: request.id, subjectKind: 'request' }
    await lookInto(call, tx, { ...seen, subjectId: request.id, cause: counterText('ar', 'cause-papers') })
    const { service } = (await catalogueOf(tx)).get(request.serviceCode, request.serviceVersion)
    const papers = request.projection.missingPapers.flatMap(({ id, words }) => {
      const paper = service.definition.papers.find(each => each.id === id)
      return paper ? [{ paper, words }] : []
    })
    return { request, service, person: await getPerson(tx, request.applicantId), papers }
  })
}

async function show(call: Call, faults: Fault[] = [], status = 200): Promise<Response> {
  const of = await asked(call)
  return showPage(call, <PapersPage of={of} faults={faults} />, status)
}

/** The papers somebody brought to the window: those that came are attached, and the clock of the request runs on when all have. */
async function supply(call: Call): Promise<Response> {
  const { request, papers } = await asked(call)
  const posted = []
  for (const { paper } of papers) posted.push({ paper, ...(await readPaper(call, paper, false)) })
  const faults = posted.flatMap(each => each.faults)
  const arrived = posted.filter(each => each.admitted.length > 0)
  const [first] = papers
  if (faults.length === 0 && arrived.length === 0 && first)
    faults.push({ field: first.paper.id, code: 'file-missing' })
  if (faults.length > 0) return show(call, faults, 422)
  const answer = await write(call, async tx => {
    const by = byOf(call)
    for (const each of arrived) {
      for (const documentId of await shelve(tx, call, request.applicantId, each.paper, each)) {
        const paper = { paperId: each.paper.id, documentId, state: 'supplied' as const }
        await attachPaper(tx, request.id, paper, by)
      }
    }
    await performAct(tx, call, {
      requestId: request.id,
      name: 'supply-papers',
      actor: clerkOf(call),
      data: { supplied: arrived.map(each => each.paper.id) },
    })
    await hang(tx, call, 'papers.brought', { requestId: request.id, personId: request.applicantId })
    return { redirect: url(call, addresses.counterReceived, { id: request.id }) }
  })
  flash(call, { text: counterText(call.locale, 'papers-taken', { count: arrived.length }) })
  return answer
}

function PapersPage({ of, faults }: { of: Asked; faults: Fault[] }) {
  const t = useTexts(counterTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { request, service, person, papers } = of
  const title = t('papers-title', { number: requestNumber(request) })
  return (
    <CounterLayout title={title} faults={faults}>
      <Crumbs
        links={[{ label: t('request-back'), href: url(addresses.counterReceived, { id: request.id }) }]}
      />
      <Head
        title={title}
        sub={
          <>
            <PersonName>{person.displayName}</PersonName> · {local(service.definition.name)}
          </>
        }
      />
      {papers.length === 0 ? (
        <Empty
          title={t('papers-complete')}
          level={2}
          action={
            <LinkButton href={url(addresses.counterReceived, { id: request.id })} variant="quiet">
              {t('request-back')}
            </LinkButton>
          }
        >
          {t('papers-complete-next')}
        </Empty>
      ) : (
        <div className="read">
          <Form action={url(addresses.counterPapers, { id: request.id })} files>
            <Pane id="papers" title={t('missing-papers')} pad={false}>
              <ul className="check">
                {papers.map(({ paper, words }, at) => (
                  <li key={paper.id}>
                    <span className="stop-c">
                      <Icon name="gap" label={t('paper-not-there')} />
                    </span>
                    <div>
                      <b>{local(paper.name)}</b>
                      <small>{words}</small>
                      {faultOf(faults, paper.id) && (
                        <p className="err">
                          <Icon name="warn" />
                          <span>
                            <FaultText fault={faultOf(faults, paper.id) ?? { code: '' }} />
                          </span>
                        </p>
                      )}
                    </div>
                    <ScanControl
                      name={boxes.file(paper.id)}
                      id={fieldId(paper.id)}
                      action={url(addresses.counterPapers, { id: request.id })}
                      label={t('scan-of', { paper: local(paper.name) })}
                      hotkey={at === 0 ? 'F6' : undefined}
                      faulty={faultOf(faults, paper.id) !== undefined}
                    />
                    {paper.validDays !== undefined && (
                      <div className="check-more">
                        <DateField
                          name={boxes.issued(paper.id)}
                          label={t('paper-issued')}
                          hint={t('paper-valid', { count: paper.validDays })}
                          fault={faultOf(faults, boxes.issued(paper.id))}
                          tight
                        />
                      </div>
                    )}
                  </li>
                ))}
              </ul>
            </Pane>
            <div className="mt-s">
              <Button big hotkey="F10">
                {t('papers-supply')}
              </Button>
            </div>
          </Form>
        </div>
      )}
      <KeyHints
        hints={[
          { keys: 'F6', label: t('key-scan') },
          { keys: 'F10', label: t('papers-supply') },
        ]}
      />
    </CounterLayout>
  )
}
