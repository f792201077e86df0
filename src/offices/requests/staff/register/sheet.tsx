import { addresses } from '../../../../lib/addresses.ts'
import {
  Crumbs,
  DateText,
  Head,
  KeyValues,
  StaffLayout,
  StateBadge,
  Table,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, idParam, read } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { looks, type Route, route, staff } from '../../../../web/route.ts'
import { requestNumber } from '../../model.ts'
import { findingsOf } from '../request/answers.tsx'
import { loadRequest, type RequestView } from '../request/load.ts'
import { AnswerValue } from '../request/masked.tsx'
import { usePaperName } from '../request/paper-viewer.tsx'
import { actTexts } from '../request/strings.ts'
import { ActNote, ActTitle, InPlaceOf, Who } from '../request/timeline.tsx'
import { staffText, staffTexts } from '../strings.ts'
import { Correspondence, PageNotes, Part, Referred, Signatures } from './sheet-parts.tsx'

/** The request on paper, with every annotation: for the file that goes from hand to hand, and for the archive. */
export const sheetRoute: Route = route({
  method: 'get',
  address: addresses.officeRequestSheet,
  access: staff('request.read'),
  audit: looks('request.sheet'),
  handle: async call => {
    const id = idParam(call, 'id')
    const view = await read(call, async tx => {
      return loadRequest(tx, call, id, { act: 'request.sheet', cause: staffText('ar', 'sheet-cause') })
    })
    const number = requestNumber(view.request)
    return showPage(
      call,
      <Sheet view={view} call={call} title={staffText(call.locale, 'sheet-title', { number })} />,
    )
  },
})

function Sheet({ view, call, title }: { view: RequestView; call: Call; title: string }) {
  const t = useTexts(staffTexts)
  const local = useLocalized()
  const page = usePage()
  const { request, service, applicant } = view
  const number = requestNumber(request)
  const { definition } = service
  const nameOf = usePaperName(view)
  const back = [
    { label: t('sheet-back', { number }), href: page.url(addresses.officeRequest, { id: request.id }) },
  ]
  return (
    <StaffLayout title={title}>
      <div className="no-print">
        <Crumbs links={back} note={t('sheet-print')} />
      </div>
      <article className="a4">
        <Head title={local(definition.name)} sub={`${local(call.town.name)} · ${number}`} />
        <Part title={t('sheet-facts')}>
          <KeyValues
            pairs={[
              { term: t('sheet-number'), value: number },
              { term: t('sheet-applicant'), value: applicant.displayName },
              { term: t('sheet-capacity'), value: <Capacity capacity={request.capacity} /> },
              { term: t('sheet-filed'), value: <DateText value={request.filedAt} form="full" /> },
              ...(request.projection.dueAt
                ? [{ term: t('sheet-due'), value: <DateText value={request.projection.dueAt} form="long" /> }]
                : []),
              { term: t('sheet-state'), value: <StateBadge state={request.projection.state} bare /> },
            ]}
          />
        </Part>
        {[
          ...request.frozen[page.locale],
          ...findingsOf(service, request.projection.stepFields, page.locale),
        ].map(({ page: name, items }) => (
          <Part title={name} key={name}>
            <KeyValues
              pairs={items.map(item => ({ term: item.label, value: <AnswerValue view={view} {...item} /> }))}
            />
          </Part>
        ))}
        <Part title={t('sheet-papers')}>
          {view.papers.length === 0 && <p>{t('sheet-none')}</p>}
          <ol className="list">
            {view.papers.map(paper => {
              const state = paper.state === 'accepted' || paper.state === 'refused' ? paper.state : undefined
              return (
                <li key={paper.documentId}>
                  {nameOf(paper.paperId)} · <DateText value={paper.at} form="paper" />
                  {state && ` · ${t(`sheet-paper-${state}`)}`}
                </li>
              )
            })}
          </ol>
        </Part>
        <PageNotes view={view} />
        <Referred view={view} />
        <Part title={t('sheet-history')}>
          <Table
            caption={t('sheet-history')}
            rows={view.actions}
            rowId={action => String(action.seq)}
            columns={[
              {
                id: 'when',
                head: t('sheet-when'),
                tight: true,
                cell: ({ at }) => <DateText value={at} form="paper" />,
              },
              {
                id: 'who',
                head: t('sheet-who'),
                cell: ({ actor, data }) => (
                  <>
                    <Who view={view} actor={actor} />
                    <InPlaceOf view={view} staffId={data.deputyOf} />
                  </>
                ),
              },
              {
                id: 'what',
                head: t('sheet-what'),
                phone: 'line',
                cell: action => <ActTitle view={view} action={action} />,
              },
              {
                id: 'words',
                head: t('sheet-words'),
                cell: action => <ActNote view={view} action={action} bare />,
              },
            ]}
          />
        </Part>
        <Correspondence view={view} />
        <Signatures view={view} />
        <p className="xs mt-s">
          {t('sheet-printed', { name: call.visitor.name, date: '' })}{' '}
          <DateText value={page.now} form="full" />
        </p>
      </article>
    </StaffLayout>
  )
}

function Capacity({ capacity }: { capacity: RequestView['request']['capacity'] }) {
  const t = useTexts(actTexts)
  return <>{t(`capacity-${capacity}`)}</>
}
