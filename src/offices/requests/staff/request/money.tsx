import { addresses } from '../../../../lib/addresses.ts'
import { plainDate } from '../../../../lib/dates.ts'
import { formatMoney, sumByCurrency } from '../../../../lib/money.ts'
import {
  Money as Amount,
  CheckList,
  DateText,
  DuesPanel,
  type DuesVerdict,
  KeyValues,
  Pane,
  type PaneProps,
  PersonName,
  PhoneText,
  RuleBox,
  type RuleProps,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import type { Charge, Receipt } from '../../../treasury/index.ts'
import type { RequestView } from './load.ts'
import { actTexts } from './strings.ts'

type Place = { view: RequestView; order: PaneProps['order'] }

const verdicts: Record<RequestView['dues']['judgement']['outcome'], DuesVerdict> = {
  clear: 'clear',
  show: 'clear',
  warn: 'warn',
  hold: 'hold',
  'passed-by-exception': 'warn',
}

/** What the applicant owes besides, and what the service's rule makes of it. Without the right to read amounts, the rule alone. */
export function Dues({ view, order }: Place) {
  const t = useTexts(actTexts)
  const rule = useRule(view)
  const page = usePage()
  const { lines } = view.dues
  const sums = groupByLabel(lines)
  const origin = (due: Due) =>
    due.source === 'imported' &&
    due.asOf &&
    t(due.stale ? 'dues-stale' : 'dues-imported', { date: plainDate(due.asOf, page.now, page) })
  return (
    <Pane id="dues" title={t('dues')} end={t('now')} pad={false} order={order}>
      {view.rights['dues.read'] && lines.length > 0 ? (
        <DuesPanel
          lines={sums.map(({ due, count, amount }) => ({
            id: `${due.dueKind} ${due.accountId} ${amount.currency}`,
            kind: <DueLabel due={due} />,
            note: [t(due.overdue ? 'dues-overdue' : 'dues-open', { count }), origin(due)]
              .filter(Boolean)
              .join(' · '),
            amount,
          }))}
          rule={rule}
        />
      ) : (
        <RuleBox {...rule} />
      )}
    </Pane>
  )
}

type Due = RequestView['dues']['lines'][number]

function DueLabel({ due }: { due: Due }) {
  const local = useLocalized()
  return <>{local(due.label)}</>
}

function groupByLabel(lines: Due[]) {
  const groups = new Map<string, Due[]>()
  for (const due of lines) {
    const key = `${due.label.ar} ${due.accountId} ${due.amount.currency} ${due.overdue}`
    groups.set(key, [...(groups.get(key) ?? []), due])
  }
  return [...groups.values()].flatMap(each => {
    const [due] = each
    const [amount] = sumByCurrency(each.map(({ open }) => open))
    return due && amount ? [{ due, count: each.length, amount }] : []
  })
}

function useRule(view: RequestView): RuleProps {
  const t = useTexts(actTexts)
  const { locale } = usePage()
  const { judgement } = view.dues
  const amounts = judgement.because.map(({ amount }) => formatMoney(amount, locale)).join(t('and'))
  const why =
    judgement.outcome === 'clear'
      ? undefined
      : view.rights['dues.read']
        ? t('rule-because', { amounts })
        : t('rule-masked')
  return { verdict: verdicts[judgement.outcome], title: t(`rule-${judgement.outcome}`), children: why }
}

/** Fees of this request with what became of each, and the receipts. */
export function Money({ view, order }: Place) {
  const t = useTexts(actTexts)
  const local = useLocalized()
  const { charges } = view.surroundings.book
  if (charges.length === 0) return null
  const excepted = view.actions.find(({ data }) => data.exception)?.data
  const state = (charge: Charge) =>
    charge.cancelled
      ? ('not-needed' as const)
      : charge.open.minor === 0
        ? ('ok' as const)
        : ('waiting' as const)
  return (
    <Pane id="fees" title={t('fees')} pad={false} order={order}>
      <CheckList
        label={t('fees')}
        items={charges.map(charge => ({
          id: charge.id,
          state: state(charge),
          ...(state(charge) === 'waiting' && { icon: 'cash' as const }),
          title: local(charge.label),
          note: (
            <FeeNote
              charge={charge}
              view={view}
              excepted={excepted?.feePoint === charge.feePoint ? excepted?.exception : undefined}
            />
          ),
          action: <Amount value={charge.amount} />,
        }))}
      />
    </Pane>
  )
}

function FeeNote({
  charge,
  view,
  excepted,
}: {
  charge: Charge
  view: RequestView
  excepted: { by: string; reason: string } | undefined
}) {
  const t = useTexts(actTexts)
  if (charge.cancelled) return <>{t('fee-cancelled')}</>
  if (charge.open.minor > 0) return <>{excepted ? t('fee-left', { name: excepted.by }) : t('fee-open')}</>
  const receipt = view.receipts.find(({ lines }) => lines.some(({ chargeId }) => chargeId === charge.id))
  return receipt ? <ReceiptLink receipt={receipt} linked={view.rights['receipt.read']} /> : t('fee-settled')
}

function ReceiptLink({ receipt, linked }: { receipt: Receipt; linked: boolean }) {
  const t = useTexts(actTexts)
  const { url } = usePage()
  const words = t('receipt', { number: receipt.number })
  return (
    <>
      {linked ? <a href={url(addresses.receipt, { id: receipt.id })}>{words}</a> : words} ·{' '}
      <DateText value={receipt.receivedAt} form="dense" />
    </>
  )
}

/** What the request ended in. */
export function Certificates({ view, order }: Place) {
  const t = useTexts(actTexts)
  const { url } = usePage()
  if (view.certificates.length === 0) return null
  return (
    <Pane id="certificates" title={t('certificates')} pad={false} order={order}>
      <CheckList
        label={t('certificates')}
        items={view.certificates.map(certificate => ({
          id: certificate.id,
          state: certificate.state === 'valid' ? ('ok' as const) : ('not-needed' as const),
          icon: 'cert' as const,
          title: <a href={url(addresses.certificate, { id: certificate.id })}>{certificate.kept.title}</a>,
          note: t(`certificate-${certificate.state}`, {
            number: `${certificate.number}/${certificate.year}`,
            signer: certificate.signer.name,
          }),
        }))}
      />
    </Pane>
  )
}

/** Who the request is of, in which capacity, and how to reach them. */
export function Parties({ view, order }: Place) {
  const t = useTexts(actTexts)
  const { url } = usePage()
  const { contact, parties, rights, request } = view
  return (
    <Pane id="parties" title={t('parties')} order={order}>
      <KeyValues
        pairs={[
          ...parties.map(({ personId, name, capacity }) => ({
            term: t(`capacity-${capacity}`),
            value:
              rights['person.read'] && personId === request.applicantId ? (
                <a href={url(addresses.person, { person: personId })}>
                  <PersonName>{name}</PersonName>
                </a>
              ) : (
                <PersonName>{name}</PersonName>
              ),
          })),
          ...(contact?.maskedId ? [{ term: t('id-number'), value: contact.maskedId }] : []),
          ...(contact?.phone
            ? [{ term: t('phone'), value: <PhoneText value={contact.phone.e164} call /> }]
            : []),
        ]}
      />
    </Pane>
  )
}
