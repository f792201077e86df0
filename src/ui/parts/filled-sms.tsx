import type { ReactNode } from 'react'
import type { PartPrice } from '../../lib/sms/index.ts'
import { say } from './say.tsx'
import { SmsMeasure } from './sms-measure.tsx'

/** Who fills a place in a message: the town's records, the treasury, the applicant's answer, the officer. */
export type Filler = 'town' | 'money' | 'applicant' | 'staff'

/** A piece of a message: written out, or filled in. `sample`: by a value for the example. `label`: what it is called. */
export type FilledPiece = {
  text: string
  by?: Filler | undefined
  label?: string | undefined
  sample?: boolean | undefined
}

/** A message as it arrives, with who fills what in colours, its length and what it costs. */
export function FilledSms({
  pieces,
  price,
  measured = true,
}: {
  pieces: readonly FilledPiece[]
  price?: PartPrice | undefined
  /** Whether its length stands under it; where it stands already it does not. */
  measured?: boolean | undefined
}) {
  return (
    <>
      <p className="sms">
        {pieces.map(({ text, by, label, sample }, place) =>
          by ? (
            <span key={String(place)} className={`fill fill-${by}${sample ? ' sample' : ''}`} title={label}>
              {say(text)}
            </span>
          ) : (
            <span key={String(place)}>{say(text)}</span>
          ),
        )}
      </p>
      {measured && <SmsMeasure text={pieces.map(({ text }) => text).join('')} price={price} />}
    </>
  )
}

/** What the colours of a filled message mean. */
export function FilledLegend({ label, items }: { label: string; items: { by: Filler; words: ReactNode }[] }) {
  return (
    <ul className="fill-legend" aria-label={label}>
      {items.map(({ by, words }) => (
        <li key={by}>
          <span className={`fill fill-${by}`}>{words}</span>
        </li>
      ))}
    </ul>
  )
}

/** What makes one text of another, word by word: what goes is struck out, what comes is set off. */
export function TextDifference({
  pieces,
}: {
  pieces: readonly { kind: 'same' | 'gone' | 'new'; text: string }[]
}) {
  return (
    <p className="sms">
      {pieces.map(({ kind, text }, place) => {
        const key = String(place)
        if (kind === 'gone')
          return (
            <del key={key} className="fill-cut">
              {say(text)}
            </del>
          )
        if (kind === 'new')
          return (
            <ins key={key} className="fill-new">
              {say(text)}
            </ins>
          )
        return <span key={key}>{say(text)}</span>
      })}
    </p>
  )
}
