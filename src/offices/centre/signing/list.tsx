import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Button,
  DateText,
  Empty,
  Form,
  Head,
  LinkButton,
  PickList,
  StaffLayout,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { asSignatory, judgeSigning } from '../../certificates/index.ts'
import { requestNumber } from '../../requests/index.ts'
import { type PaperToSign, papersToSign } from './store.ts'
import { type SigningKey, signingText, signingTexts, whyKey } from './strings.ts'

export type Waiting = { papers: PaperToSign[]; why: Map<string, SigningKey> }

/** What waits for this person's signature, and which kinds of it they may not sign today whatever it comes to. */
export async function waitingFor(call: Call): Promise<Waiting> {
  const { actor } = call.visitor
  return read(call, async tx => {
    const papers = await papersToSign(tx, await asSignatory(tx, call.town.timeZone, actor))
    const why = new Map<string, SigningKey>()
    for (const paper of new Map(papers.map(each => [kindOf(each), each])).values()) {
      const of = { staffId: staffOf(call), role: paper.signer, kind: paper.kind, amounts: [] }
      const judged = await judgeSigning(tx, call.town.timeZone, of)
      if (!judged.ok) why.set(kindOf(paper), whyKey(judged.code))
    }
    return { papers, why }
  })
}

export const kindOf = ({ signer, kind }: Pick<PaperToSign, 'signer' | 'kind'>): string => `${signer} ${kind}`

export function staffOf(call: Call): string {
  const { actor } = call.visitor
  if (actor.kind !== 'staff') throw new Error('only staff sign')
  return actor.staffId
}

/** GET: the papers, the most urgent first. */
export async function showList(call: Call, faults: Fault[] = []): Promise<Response> {
  const waiting = await waitingFor(call)
  const all = call.query.all === '1'
  const body = <List waiting={waiting} all={all} faults={faults} title={signingText(call.locale, 'title')} />
  return showPage(call, body, faults.length > 0 ? 422 : 200)
}

function List({
  waiting: { papers, why },
  all,
  faults,
  title,
}: {
  waiting: Waiting
  all: boolean
  faults: Fault[]
  title: string
}) {
  const t = useTexts(signingTexts)
  const local = useLocalized()
  const { url } = usePage()
  if (papers.length === 0) {
    return (
      <StaffLayout title={title}>
        <Head title={title} />
        <Empty
          title={t('none-title')}
          level={2}
          action={
            <LinkButton variant="quiet" href={url(addresses.inbox)}>
              {t('none-action')}
            </LinkButton>
          }
        >
          {t('none-why')}
        </Empty>
      </StaffLayout>
    )
  }
  return (
    <StaffLayout title={title} faults={faults}>
      <Head title={title} sub={t('waiting', { count: papers.length })} />
      <Form action={url(addresses.signConfirm)}>
        <PickList
          name="request"
          label={t('list-label')}
          items={papers.map(paper => {
            const closed = why.get(kindOf(paper))
            return {
              value: paper.requestId,
              href: url(addresses.signPaper, { id: paper.requestId }),
              title: t('paper', { output: local(paper.output), number: requestNumber(paper) }),
              note: <bdi>{paper.applicant}</bdi>,
              end: <DateText value={paper.openedAt} form="dense" />,
              closedBecause: closed && t(closed),
              picked: all && !closed,
            }
          })}
          bar={
            <>
              <Button icon="cert">{t('sign-picked')}</Button>
              <LinkButton variant="quiet" href={url(addresses.sign, {}, { all: all ? undefined : '1' })}>
                {t(all ? 'pick-none' : 'pick-all')}
              </LinkButton>
            </>
          }
        />
      </Form>
    </StaffLayout>
  )
}
