import type { ReactNode } from 'react'
import { addresses } from '../../../../lib/addresses.ts'
import { sumByCurrency } from '../../../../lib/money.ts'
import {
  Button,
  DuesPanel,
  FaultText,
  Form,
  Head,
  KeyValues,
  LinkButton,
  Money,
  Note,
  Pane,
  PhoneText,
  type RuleProps,
  Stack,
  SumLine,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { citizenTexts } from '../strings.ts'
import { Frame } from './frame.tsx'
import type { Summary, SummaryPart } from './summary.tsx'

/** The last page of a form. */
export function SummaryPage({ summary, back, tried }: { summary: Summary; back: string; tried: boolean }) {
  const t = useTexts(citizenTexts)
  const { url } = usePage()
  const { filing, judgement, missing } = summary
  const draft = filing.draft.id
  const held = judgement.outcome === 'hold'
  return (
    <Frame filing={filing} here={{ kind: 'summary' }} title={t('summary-title')} back={back}>
      <Head title={t('summary-title')} sub={t('summary-lead')} />
      <Stack>
        {missing.length > 0 && <Missing summary={summary} tried={tried} />}
        {summary.parts.map(part => (
          <Answered key={part.pageId} part={part} draft={draft} />
        ))}
        <Papers summary={summary} />
        <Dues summary={summary} />
        <Fees summary={summary} />
        {held ? (
          <Held tried={tried} />
        ) : (
          <Form action={url(addresses.draftSummary, { draft })}>
            <p className="sm mut">{t('confirm-words')}</p>
            <p className="row mt-s">
              <Button big iconEnd="go" disabledBecause={missing.length > 0 ? t('complete-first') : undefined}>
                {t('confirm')}
              </Button>
            </p>
          </Form>
        )}
      </Stack>
    </Frame>
  )
}

function Missing({ summary, tried }: { summary: Summary; tried: boolean }) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { filing, missing } = summary
  const { id: draft } = filing.draft
  const items = missing.map(fault => {
    const root = fault.field.split('.', 1)[0] ?? ''
    const page = filing.service.pages.find(each => each.fields.some(field => field.id === root))
    const field = page?.fields.find(each => each.id === root)
    const paper = filing.papers.find(each => each.id === fault.field)
    const href = page
      ? url(addresses.draftPage, { draft, page: page.id }, { to: 'summary' })
      : url(addresses.draftPapers, { draft })
    const name = field ? local(field.field.label) : paper ? local(paper.name) : fault.field
    return { key: `${fault.field} ${fault.code}`, href, name, fault }
  })
  return (
    <div
      className="errs"
      role={tried ? 'alert' : undefined}
      tabIndex={-1}
      data-focus={tried ? '' : undefined}
    >
      <h2>{t('missing-title', { count: items.length })}</h2>
      <ul>
        {items.map(({ key, href, name, fault }) => (
          <li key={key}>
            <a href={href}>
              {name}: <FaultText fault={fault} />
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Answered({ part, draft }: { part: SummaryPart; draft: string }) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { url } = usePage()
  const href = url(addresses.draftPage, { draft, page: part.pageId }, { to: 'summary' })
  return (
    <Pane id={`part-${part.pageId}`} title={part.title} end={<Change href={href} what={part.title} />}>
      {part.items.length > 0 ? (
        <KeyValues
          kind="answers"
          pairs={part.items.map(({ label, value }) => ({ term: label, value: <bdi>{value}</bdi> }))}
        />
      ) : (
        <p className="mut sm">{t('nothing-answered')}</p>
      )}
      {part.doubtful.map(label => (
        <div className="mt-s" key={label.ar}>
          <Note tone="honey" small title={`${local(label)}:`}>
            <FaultText fault={{ code: 'national-id-check-digit' }} />
          </Note>
        </div>
      ))}
    </Pane>
  )
}

/** The link that changes a part; read aloud it says which. */
function Change({ href, what }: { href: string; what: string }) {
  const t = useTexts(citizenTexts)
  return (
    <a href={href}>
      {t('change')}
      <span className="vh"> {what}</span>
    </a>
  )
}

function Papers({ summary: { filing, hands } }: { summary: Summary }) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { url } = usePage()
  if (hands.length === 0) return null
  const href = url(addresses.draftPapers, { draft: filing.draft.id })
  return (
    <Pane id="papers" title={t('papers-title')} end={<Change href={href} what={t('papers-title')} />}>
      <KeyValues
        pairs={hands.map(({ paper, given }) => ({
          term: local(paper.name),
          value:
            given.length > 0 ? (
              <span className="ok-c">{t('paper-given', { count: given.length })}</span>
            ) : (
              <span className={paper.optional ? 'dim' : 'stop-c'}>
                {t(paper.optional ? 'paper-none' : 'paper-missing')}
              </span>
            ),
        }))}
      />
    </Pane>
  )
}

function Dues({ summary: { dues, judgement } }: { summary: Summary }) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { outcome } = judgement
  const sums: ReactNode = judgement.because.map(({ kind, amount }, place) => (
    <span key={`${kind} ${amount.currency}`}>
      {place > 0 && '، '}
      <Money value={amount} />
    </span>
  ))
  const rules: Record<typeof outcome, RuleProps> = {
    clear: { verdict: 'clear', title: t('rule-clear') },
    show: { verdict: 'clear', title: t('rule-show'), children: t('rule-show-why') },
    warn: { verdict: 'warn', title: t('rule-warn'), children: t('rule-warn-why') },
    hold: {
      verdict: 'hold',
      title: t('rule-hold'),
      children: (
        <>
          {t('rule-hold-why')} {sums}
        </>
      ),
    },
    'passed-by-exception': {
      verdict: 'warn',
      title: t('rule-excepted'),
      children: t('rule-excepted-why'),
    },
  }
  return (
    <Pane id="dues" title={t('dues-title')} end={t('dues-now')} pad={false}>
      <DuesPanel
        lines={
          dues.length > 0
            ? dues.map(due => ({
                id: due.chargeId,
                kind: local(due.label),
                note: t('account-number', { number: due.accountNumber }),
                amount: due.amount,
              }))
            : [{ id: 'none', kind: t('dues-all') }]
        }
        rule={rules[outcome]}
      />
    </Pane>
  )
}

function Fees({ summary: { fees } }: { summary: Summary }) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  if (fees.length === 0) return <Note tone="olive">{t('no-fee')}</Note>
  const sums = sumByCurrency(fees.map(each => each.amount))
  return (
    <Pane id="fee" tone="honey" icon="cash" title={t('fee-title')}>
      {fees.map(({ fee, amount, exemption }) => (
        <SumLine
          key={fee.id}
          label={
            exemption
              ? t('fee-exempted', { fee: local(fee.fee.name), decision: exemption.decision })
              : local(fee.fee.name)
          }
          value={amount}
          total={sums.length === 0}
        />
      ))}
      {fees.length > 1 &&
        sums.map(sum => <SumLine key={sum.currency} label={t('fee-total')} value={sum} total />)}
      <p className="sm mut mt-s">{t('fee-how')}</p>
    </Pane>
  )
}

/** Why the form cannot be filed now, and what can be done about it. */
function Held({ tried }: { tried: boolean }) {
  const t = useTexts(citizenTexts)
  const { url, town } = usePage()
  return (
    <div role={tried ? 'alert' : undefined}>
      <Note tone="sumac" icon="pause" title={t('held-title')}>
        {t('held-text')}
        <ul className="lines mt-s">
          <li>{t('held-pay')}</li>
          <li>{t('held-schedule')}</li>
          <li>{t('held-except')}</li>
        </ul>
        <p className="mt-s">
          {t('held-kept')} <PhoneText value={town.phone} call />
        </p>
        <p className="row mt-s">
          <LinkButton variant="quiet" href={url(addresses.myDues)}>
            {t('to-dues')}
          </LinkButton>
        </p>
      </Note>
    </div>
  )
}
