import type { ReactNode } from 'react'
import { usePage } from '../page.ts'
import { useLocalized } from '../words.ts'
import { Num, say } from './say.tsx'
import { Seal } from './seal.tsx'

/** A line of words and what stands at its end. */
export type PaperLine = { label: ReactNode; value: ReactNode; strong?: boolean | undefined }

export function PaperRow({ label, value, strong, total }: PaperLine & { total?: boolean | undefined }) {
  const end = say(value)
  return (
    <p className={total ? 'pl tot' : 'pl'}>
      {total ? <b>{say(label)}</b> : <span>{say(label)}</span>}
      {strong || total ? <b>{end}</b> : <span>{end}</span>}
    </p>
  )
}

export const paperRows = (lines: readonly PaperLine[]): ReactNode =>
  lines.map((line, at) => <PaperRow key={String(at)} {...line} />)

type SlipProps = {
  id?: string | undefined
  title: ReactNode
  /** Under the town's name: the centre and the window. */
  place?: ReactNode
  children: ReactNode
}

/** Thermal paper, 80 mm: the town and what the slip is, then what it says. White in every theme. */
export function Slip({ id = 'slip', title, place, children }: SlipProps) {
  const { town } = usePage()
  const local = useLocalized()
  return (
    <article className="paper slip" id={id} aria-labelledby={`${id}-title`}>
      <header>
        <Seal />
        <p className="p-town">{local(town.name)}</p>
        {place && <p>{say(place)}</p>}
      </header>
      <Cut />
      <h2 className="ctr" id={`${id}-title`}>
        {say(title)}
      </h2>
      {children}
    </article>
  )
}

/** What the citizen keeps the slip for: 4178/2026. */
export const SlipNumber = ({ children }: { children: string }) => (
  <p className="number">
    <Num>{children}</Num>
  </p>
)

/** The line between two parts of a slip. */
export const Cut = () => <div className="cut" />
