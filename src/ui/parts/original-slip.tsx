import type { ReactNode } from 'react'
import { say } from './say.tsx'
import { Cut, type PaperLine, paperRows, Slip, SlipNumber } from './slip.tsx'

export type OriginalSlipProps = {
  id?: string | undefined
  title: ReactNode
  number: string
  place?: ReactNode
  facts: PaperLine[]
  foot: ReactNode
}

/** «إيصال إيداع أصل» on thermal paper: which original the town keeps, and where it asks for it back. */
export const OriginalSlip = ({ number, facts, foot, ...head }: OriginalSlipProps) => (
  <Slip {...head}>
    <SlipNumber>{number}</SlipNumber>
    <Cut />
    {paperRows(facts)}
    <Cut />
    <p className="ctr">{say(foot)}</p>
  </Slip>
)
