import type { ReactNode } from 'react'
import { addresses } from '../../lib/addresses.ts'
import { usePage } from '../page.ts'
import { useWords } from '../words.ts'
import { HelpPicture, type HelpPictureName } from './help-pictures.tsx'
import { say } from './say.tsx'

/** What the help explains step by step, one page each. */
export const helpTopics = [
  'pin',
  'file',
  'paper',
  'pay',
  'follow',
  'verify',
  'turn',
  'word',
  'design',
] as const
export type HelpTopic = (typeof helpTopics)[number]

/** The question a topic answers, as it heads its page and stands on the links that lead there. */
export function useTopicTitle(): (topic: HelpTopic) => string {
  const word = useWords()
  return topic => word(`how-${topic}`)
}

/** A quiet way from a page to the help about it. */
export function HowLink({ topic }: { topic: HelpTopic }) {
  const { url } = usePage()
  const title = useTopicTitle()
  return (
    <p className="how sm no-print">
      <a href={url(addresses.helpTopic, { topic })}>{say(title(topic))}</a>
    </p>
  )
}

export type HelpStep = {
  id: string
  picture: HelpPictureName
  text: ReactNode
  /** The page where the step is done. */
  link?: { href: string; label: ReactNode } | undefined
}

/** Numbered steps, each with the thing it is about. */
export function HelpSteps({ steps }: { steps: HelpStep[] }) {
  return (
    <ol className="how-steps">
      {steps.map(({ id, picture, text, link }) => (
        <li key={id}>
          <HelpPicture name={picture} />
          <div>
            <p>{say(text)}</p>
            {link && <a href={link.href}>{say(link.label)}</a>}
          </div>
        </li>
      ))}
    </ol>
  )
}

/** The topics of the help, each by its thing. */
export function HelpDoors({
  doors,
}: {
  doors: { topic: HelpTopic; picture: HelpPictureName; note: ReactNode }[]
}) {
  const { url } = usePage()
  const title = useTopicTitle()
  return (
    <ul className="how-doors">
      {doors.map(({ topic, picture, note }) => (
        <li key={topic}>
          <HelpPicture name={picture} />
          <div>
            <a href={url(addresses.helpTopic, { topic })}>{say(title(topic))}</a>
            <p className="sm mut">{say(note)}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}
