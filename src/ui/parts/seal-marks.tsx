import type { ReactNode } from 'react'
import { usePage } from '../page.ts'
import { strings } from '../strings.ts'
import { useLocalized, useRichTexts, useWords } from '../words.ts'
import { DateText } from './facts.tsx'
import { QrCode } from './qr.tsx'
import { Num, say } from './say.tsx'
import { Seal } from './seal.tsx'

/** «مقيّد في السجل المختوم»: where something stands in the town's log, and the file that proves it. Not printed. */
export function SealedLine({ number, sealedAt, proof }: { number: number; sealedAt: Date; proof: string }) {
  const word = useWords()
  const rich = useRichTexts(strings)
  return (
    <p className="sm mut no-print">
      {rich('sealed-line', { number: <Num>{number}</Num>, date: <DateText value={sealedAt} form="plain" /> })}{' '}
      <a href={proof} download>
        {word('sealed-proof')}
      </a>
    </p>
  )
}

/** A root in groups that two people can read to each other. */
export function RootGroups({ groups, large }: { groups: readonly string[]; large?: boolean | undefined }) {
  return (
    <span className={large ? 'roots large' : 'roots'} dir="ltr">
      {groups.map((group, place) => (
        <span key={String(place)}>{group}</span>
      ))}
    </span>
  )
}

/** A root as programs write it. */
export function RootText({ children }: { children: string }) {
  return (
    <bdi className="root" dir="ltr">
      {children}
    </bdi>
  )
}

export type SealSheetProps = {
  title: ReactNode
  until: ReactNode
  size: ReactNode
  groups: readonly string[]
  root: string
  /** Everything in one line, as it is read out or copied by hand. */
  line: ReactNode
  address: string
  addressLabel: string
  foot: ReactNode
}

/** The seal of a day on half an A4, for the council's wall. White in every theme. */
export function SealSheet(props: SealSheetProps) {
  const { title, until, size, groups, root, line, address, addressLabel, foot } = props
  const { town } = usePage()
  const local = useLocalized()
  return (
    <article className="paper a5 seal-sheet" id="a5" aria-labelledby="seal-title">
      <header>
        <Seal />
        <div>
          <p className="p-town">{local(town.name)}</p>
          <p>{say(until)}</p>
        </div>
      </header>
      <h2 id="seal-title">{say(title)}</h2>
      <p>{say(size)}</p>
      <p>
        <RootGroups groups={groups} large />
      </p>
      <p>
        <RootText>{root}</RootText>
      </p>
      <p>{say(line)}</p>
      <div className="qr">
        <QrCode text={address} label={addressLabel} />
        <div>
          <p>{say(foot)}</p>
          <p>
            <bdi dir="ltr">{address}</bdi>
          </p>
        </div>
      </div>
    </article>
  )
}
