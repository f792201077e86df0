import type { ReactNode } from 'react'
import type { Money as Amount } from '../../lib/money.ts'
import { usePage } from '../page.ts'
import { useLocalized, useWords } from '../words.ts'
import { Money } from './facts.tsx'
import { Mark } from './mark.tsx'
import { QrCode } from './qr.tsx'
import { say } from './say.tsx'
import { Seal } from './seal.tsx'
import { Cut, type PaperLine, PaperRow, paperRows, Slip } from './slip.tsx'

/** One thing paid for. */
export type PaidLine = {
  id: string
  title: ReactNode
  /** Rate, agreement, what remains. */
  note?: ReactNode
  account?: string | undefined
  /** In its own currency, where it was converted. */
  original?: Amount | undefined
  amount: Amount
}

export type ReceiptProps = {
  id?: string | undefined
  /** «سند قبض» on A5, «إشعار استلام» on a thermal slip. */
  title: ReactNode
  number?: string | undefined
  /** Under the town's name: the centre and the window. */
  place?: ReactNode
  facts: PaperLine[]
  paid: PaidLine[]
  total?: Amount | undefined
  /** The sum in words. */
  inWords?: ReactNode
  /** What was received and what went back. */
  tender?: PaperLine[] | undefined
  /** Address that proves it, with the code in letters. */
  proof?: { url: string; code: string; note: ReactNode } | undefined
  signer?: ReactNode
  foot?: ReactNode
}

/** A receipt on thermal paper. */
export function ReceiptSlip(props: ReceiptProps) {
  const { number, facts, paid, total, inWords, tender = [], proof, signer, foot, ...head } = props
  const word = useWords()
  return (
    <Slip {...head}>
      {number && <PaperRow label={word('receipt-number')} value={number} strong />}
      {paperRows(facts)}
      <Cut />
      {paid.map(line => (
        <div key={line.id}>
          <p className="pl">
            <b>{say(line.title)}</b>
            <Money value={line.amount} />
          </p>
          {line.note && <p className="sub">{say(line.note)}</p>}
        </div>
      ))}
      {total && (
        <>
          <Cut />
          <PaperRow label={word('receipt-total')} value={<Money value={total} />} total />
        </>
      )}
      {inWords && <p>{say(inWords)}</p>}
      {paperRows(tender)}
      {proof && (
        <>
          <Cut />
          <Proof proof={proof} />
        </>
      )}
      {(foot || signer) && <Cut />}
      {foot && <p className="ctr">{say(foot)}</p>}
      {signer && <p className="ctr">{say(signer)}</p>}
    </Slip>
  )
}

function Proof({ proof }: { proof: { url: string; code: string; note: ReactNode } }) {
  const word = useWords()
  return (
    <div className="qr">
      <QrCode text={proof.url} label={word('receipt-qr')} />
      <p>
        <b>{word('receipt-check')}</b>
        <br />
        {say(proof.note)} <b>{say(proof.code)}</b>
      </p>
    </div>
  )
}

/** The receipt of record, A5. White in every theme. */
export function ReceiptA5(props: ReceiptProps) {
  const {
    id = 'a5',
    title,
    number,
    place,
    facts,
    paid,
    total,
    inWords,
    tender = [],
    proof,
    signer,
    foot,
  } = props
  const { town } = usePage()
  const local = useLocalized()
  const word = useWords()
  return (
    <article className="paper a5" id={id} aria-labelledby={`${id}-title`}>
      <header>
        <Seal />
        <div>
          <p className="p-town">{local(town.name)}</p>
          <p>{say(place)}</p>
        </div>
        <div className="endcol">
          <h2 id={`${id}-title`}>{say(title)}</h2>
          {number && <p>{say(word('receipt-no', { number }))}</p>}
        </div>
      </header>
      <div className="two-f">{paperRows(facts)}</div>
      <PaidTable paid={paid} total={total} />
      {inWords && (
        <p>
          <b>{say(inWords)}</b>
        </p>
      )}
      {tender.length > 0 && <div className="two-f mt-p">{paperRows(tender)}</div>}
      {proof && <Proof proof={proof} />}
      <div className="sign">
        <div>{say(signer)}</div>
        <div>{word('receipt-stamp')}</div>
      </div>
      <footer className="pfoot">
        <Mark />
        <span>{say(foot ?? word('receipt-foot'))}</span>
      </footer>
    </article>
  )
}

function PaidTable({ paid, total }: { paid: PaidLine[]; total?: Amount | undefined }) {
  const word = useWords()
  return (
    <table className="pt">
      <thead>
        <tr>
          <th className="opt-col">{word('receipt-account')}</th>
          <th>{word('receipt-what')}</th>
          <th className="opt-col">{word('receipt-original')}</th>
          <th>{word('receipt-amount')}</th>
        </tr>
      </thead>
      <tbody>
        {paid.map(line => (
          <tr key={line.id}>
            <td className="opt-col">{say(line.account)}</td>
            <td>
              {say(line.title)}
              {line.note && <span className="gr">{say(line.note)}</span>}
            </td>
            <td className="opt-col">{line.original && <Money value={line.original} />}</td>
            <td>
              <Money value={line.amount} />
            </td>
          </tr>
        ))}
      </tbody>
      {total && (
        <tfoot>
          <tr className="tot">
            <td className="opt-col" />
            <td>{word('receipt-total')}</td>
            <td className="opt-col" />
            <td>
              <Money value={total} />
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  )
}

/** Sheets beside each other on the screen; printed, only the one in the address (`#slip`, `#a5`). */
export function Sheets({ children }: { children: ReactNode }) {
  return <div className="papers2">{children}</div>
}
