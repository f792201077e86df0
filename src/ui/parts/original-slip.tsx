import type { ReactNode } from 'react'
import { usePage } from '../page.ts'
import { useLocalized } from '../words.ts'
import type { PaperLine } from './paper.tsx'
import { Num, say } from './say.tsx'
import { Seal } from './seal.tsx'

export type OriginalSlipProps = {
  id?: string | undefined
  title: ReactNode
  number: string
  place?: ReactNode
  facts: PaperLine[]
  foot: ReactNode
}

/** «إيصال إيداع أصل» on thermal paper: which original the town keeps, and where it asks for it back. */
export function OriginalSlip({ id = 'slip', title, number, place, facts, foot }: OriginalSlipProps) {
  const { town } = usePage()
  const local = useLocalized()
  return (
    <article className="paper slip" id={id} aria-labelledby={`${id}-title`}>
      <header>
        <Seal />
        <p className="p-town">{local(town.name)}</p>
        {place && <p>{say(place)}</p>}
      </header>
      <div className="cut" />
      <h2 className="ctr" id={`${id}-title`}>
        {say(title)}
      </h2>
      <p className="number">
        <Num>{number}</Num>
      </p>
      <div className="cut" />
      {facts.map((fact, at) => (
        <p className="pl" key={String(at)}>
          <span>{say(fact.label)}</span>
          {fact.strong ? <b>{say(fact.value)}</b> : <span>{say(fact.value)}</span>}
        </p>
      ))}
      <div className="cut" />
      <p className="ctr">{say(foot)}</p>
    </article>
  )
}
