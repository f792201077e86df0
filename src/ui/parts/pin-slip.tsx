import type { ReactNode } from 'react'
import { usePage } from '../page.ts'
import { useLocalized, useWords } from '../words.ts'
import { PersonName } from './facts.tsx'
import { Mark } from './mark.tsx'
import { Num, say } from './say.tsx'
import { Seal } from './seal.tsx'
import { type PaperLine, paperRows } from './slip.tsx'

export type PinSlipProps = {
  id?: string | undefined
  title: ReactNode
  person: string
  facts: PaperLine[]
  pin: string
  codeLabel: string
  /** Where to fold, first and second. */
  folds: [ReactNode, ReactNode]
  steps: ReactNode[]
  foot: ReactNode
  /** Digits without a meaning, in lines: they cover the code from behind when the sheet is held against the light. */
  cover: string[]
}

/**
 * The slip that folds shut, on A5 in three: the name and the window outside, the code inside, and over it a part of digits that mean nothing.
 * On the screen the code is covered: it is read on paper alone.
 */
export function PinSlip(props: PinSlipProps) {
  const { id = 'pin', title, person, facts, pin, codeLabel, folds, steps, foot, cover } = props
  const { town } = usePage()
  const local = useLocalized()
  const word = useWords()
  return (
    <article className="paper a5 folded" id={id} aria-labelledby={`${id}-title`}>
      <section className="outside">
        <header>
          <Seal />
          <div>
            <p className="p-town">{local(town.name)}</p>
            <h2 id={`${id}-title`}>{say(title)}</h2>
          </div>
        </header>
        <p>
          <PersonName strong>{person}</PersonName>
        </p>
        {paperRows(facts)}
      </section>
      <p className="fold">{say(folds[1])}</p>
      <section className="inside">
        {/* biome-ignore lint/a11y/useSemanticElements: the digits are one thing to be read out */}
        <p className="code" role="group" aria-label={codeLabel}>
          <Num>{`${pin.slice(0, 3)} ${pin.slice(3)}`}</Num>
        </p>
        <ol aria-label={word('how')}>
          {steps.map((step, at) => (
            <li key={String(at)}>{say(step)}</li>
          ))}
        </ol>
      </section>
      <p className="fold">{say(folds[0])}</p>
      <section className="cover" aria-hidden="true">
        {cover.map((line, at) => (
          <p key={String(at)} dir="ltr">
            {line}
          </p>
        ))}
        <footer className="pfoot">
          <Mark />
          <span>{say(foot)}</span>
        </footer>
      </section>
    </article>
  )
}
