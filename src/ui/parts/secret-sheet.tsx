import type { ReactNode } from 'react'
import { usePage } from '../page.ts'
import { useLocalized, useWords } from '../words.ts'
import { Mark } from './mark.tsx'
import { Num, say } from './say.tsx'
import { Seal } from './seal.tsx'

export type SecretSheetProps = {
  id: string
  title: ReactNode
  /** Whose it is. */
  person: ReactNode
  facts?: { label: ReactNode; value: ReactNode }[] | undefined
  /** What is shown this once: one word, or several under each other. */
  secrets: readonly string[]
  secretsLabel: string
  steps?: ReactNode[] | undefined
  foot: ReactNode
}

/** Words of somebody's log-in on A6, handed over in person and shown once. White in every theme. */
export function SecretSheet({
  id,
  title,
  person,
  facts = [],
  secrets,
  secretsLabel,
  steps = [],
  foot,
}: SecretSheetProps) {
  const { town } = usePage()
  const local = useLocalized()
  const word = useWords()
  const [only] = secrets
  return (
    <article className="paper a6" id={id} aria-labelledby={`${id}-title`}>
      <header>
        <Seal />
        <div>
          <p className="p-town">{local(town.name)}</p>
          <h2 id={`${id}-title`}>{say(title)}</h2>
        </div>
      </header>
      <p>
        <b>{say(person)}</b>
      </p>
      {facts.map((fact, at) => (
        <p key={String(at)} className="pl">
          <span>{say(fact.label)}</span>
          <span>{say(fact.value)}</span>
        </p>
      ))}
      {secrets.length === 1 ? (
        // biome-ignore lint/a11y/useSemanticElements: one word to be read out
        <p className="code secret" role="group" aria-label={secretsLabel}>
          <Num>{only ?? ''}</Num>
        </p>
      ) : (
        <ol className="secrets" aria-label={secretsLabel} dir="ltr">
          {secrets.map(each => (
            <li key={each}>
              <code>{each}</code>
            </li>
          ))}
        </ol>
      )}
      {steps.length > 0 && (
        <ol aria-label={word('how')}>
          {steps.map((step, at) => (
            <li key={String(at)}>{say(step)}</li>
          ))}
        </ol>
      )}
      <footer className="pfoot">
        <Mark />
        <span>{say(foot)}</span>
      </footer>
    </article>
  )
}
