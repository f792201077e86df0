import type { ReactNode } from 'react'
import { usePage } from '../page.ts'
import { useLocalized } from '../words.ts'
import { Mark } from './mark.tsx'
import { QrCode } from './qr.tsx'
import { Num, say } from './say.tsx'
import { Seal } from './seal.tsx'
import { Cut, type PaperLine, paperRows, Slip, SlipNumber } from './slip.tsx'

export type TrackProof = { url: string; title: ReactNode; note: ReactNode; label: string }

function Track({ url, title, note, label }: TrackProof) {
  return (
    <div className="qr">
      <QrCode text={url} label={label} />
      <p>
        <b>{say(title)}</b>
        <br />
        {say(note)}
      </p>
    </div>
  )
}

export type AcknowledgementProps = {
  id?: string | undefined
  title: ReactNode
  /** What the citizen keeps: 4178/2026. */
  number: string
  place?: ReactNode
  facts: PaperLine[]
  track: TrackProof
  foot?: ReactNode
}

/** «إشعار استلام» on thermal paper: the number, what was taken in, and the way to follow it. */
export const AcknowledgementSlip = ({ number, facts, track, foot, ...head }: AcknowledgementProps) => (
  <Slip {...head}>
    <SlipNumber>{number}</SlipNumber>
    <Cut />
    {paperRows(facts)}
    <Cut />
    <Track {...track} />
    {foot && (
      <>
        <Cut />
        <p className="ctr">{say(foot)}</p>
      </>
    )}
  </Slip>
)

export type RequestSheetProps = {
  id?: string | undefined
  title: ReactNode
  number: string
  place?: ReactNode
  facts: PaperLine[]
  /** Questions and answers as they were read when it was filed. */
  answers: { label: string; value: string }[]
  papersTitle: ReactNode
  papers: ReactNode[]
  track: TrackProof
  signers: [ReactNode, ReactNode]
  foot: ReactNode
}

/** The request on A5, as it was read and confirmed: for the folder, or to be signed where somebody asks for paper. */
export function RequestSheet(props: RequestSheetProps) {
  const { id = 'a5', title, number, place, facts, answers, papersTitle, papers, track, signers, foot } = props
  const { town } = usePage()
  const local = useLocalized()
  return (
    <article className="paper a5" id={id} aria-labelledby={`${id}-title`}>
      <header>
        <Seal />
        <div>
          <p className="p-town">{local(town.name)}</p>
          {place && <p>{say(place)}</p>}
        </div>
        <div className="endcol">
          <h2 id={`${id}-title`}>{say(title)}</h2>
          <p>
            <b>
              <Num>{number}</Num>
            </b>
          </p>
        </div>
      </header>
      <div className="two-f">{paperRows(facts)}</div>
      <dl className="read-out">
        {answers.map((answer, at) => (
          <div key={String(at)}>
            <dt>{say(answer.label)}</dt>
            <dd>{say(answer.value)}</dd>
          </div>
        ))}
      </dl>
      {papers.length > 0 && (
        <>
          <p>
            <b>{say(papersTitle)}</b>
          </p>
          <ul>
            {papers.map((paper, at) => (
              <li key={String(at)}>{say(paper)}</li>
            ))}
          </ul>
        </>
      )}
      <Track {...track} />
      <div className="sign">
        <div>{say(signers[0])}</div>
        <div>{say(signers[1])}</div>
      </div>
      <footer className="pfoot">
        <Mark />
        <span>{say(foot)}</span>
      </footer>
    </article>
  )
}
