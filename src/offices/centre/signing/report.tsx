import { addresses, type Query } from '../../../lib/addresses.ts'
import { isId } from '../../../lib/ids.ts'
import {
  type CheckItem,
  CheckList,
  Head,
  LinkButton,
  Pane,
  Stack,
  StaffLayout,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { certificatesByIds, type SignedPaper } from '../../certificates/index.ts'
import { requestNumbers } from '../store.ts'
import type { Outcome } from './act.ts'
import { staffOf } from './list.tsx'
import { signingText, signingTexts, whyKey } from './strings.ts'

/** The outcomes as the report's address carries them. What it shows of them is read anew. */
export function reportQuery(outcomes: readonly Outcome[]): Query {
  const signed = outcomes.flatMap(each => (each.ok ? [each.certificateId] : []))
  const refused = outcomes.flatMap(each => (each.ok ? [] : [`${each.requestId}~${each.code}`]))
  return { signed: signed.join(','), refused: refused.join(',') }
}

type Refused = { requestId: string; number: string; code: string }

/** GET: what became of the papers signed together. */
export async function showReport(call: Call): Promise<Response> {
  const signedIds = (call.query.signed ?? '').split(',').filter(isId)
  const refusals = (call.query.refused ?? '').split(',').flatMap(each => {
    const [requestId = '', code = ''] = each.split('~')
    return isId(requestId) ? [{ requestId, code }] : []
  })
  const { signed, refused } = await read(call, async tx => {
    const mine = (await certificatesByIds(tx, signedIds)).filter(each => each.signedBy === staffOf(call))
    const numbers = await requestNumbers(
      tx,
      call.visitor.actor,
      refusals.map(({ requestId }) => requestId),
    )
    const known = refusals.flatMap((each): Refused[] => {
      const number = numbers.get(each.requestId)
      return number === undefined ? [] : [{ ...each, number }]
    })
    return { signed: mine, refused: known }
  })
  const title = signingText(call.locale, 'report-title')
  return showPage(call, <Report title={title} signed={signed} refused={refused} />)
}

function Report({ title, signed, refused }: { title: string; signed: SignedPaper[]; refused: Refused[] }) {
  const t = useTexts(signingTexts)
  const { url } = usePage()
  const items: CheckItem[] = [
    ...refused.map(
      (each): CheckItem => ({
        id: each.requestId,
        state: 'missing',
        title: (
          <a href={url(addresses.officeRequest, { id: each.requestId })}>
            {t('request', { number: each.number })}
          </a>
        ),
        note: t(whyKey(each.code)),
      }),
    ),
    ...signed.map(
      (each): CheckItem => ({
        id: each.id,
        state: 'ok',
        title: <a href={url(addresses.certificate, { id: each.id })}>{each.title}</a>,
        note: (
          <>
            {t('report-number', { number: each.number })}
            {each.byHand && ` · ${t('report-by-hand')}`}
          </>
        ),
      }),
    ),
  ]
  return (
    <StaffLayout title={title}>
      <Head
        title={t('report-signed', { count: signed.length })}
        sub={refused.length > 0 && t('report-refused', { count: refused.length })}
      />
      <Stack>
        {items.length > 0 && (
          <Pane pad={false}>
            <CheckList items={items} label={title} />
          </Pane>
        )}
        <LinkButton href={url(addresses.sign)}>{t('report-rest')}</LinkButton>
      </Stack>
    </StaffLayout>
  )
}
