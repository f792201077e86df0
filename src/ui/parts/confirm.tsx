import type { ReactNode } from 'react'
import { useWords } from '../words.ts'
import { Button, LinkButton } from './button.tsx'
import { Form } from './form.tsx'
import { say } from './say.tsx'

export type ConfirmProps = {
  /** The question, with the number of what it is about. */
  title: ReactNode
  /** What happens next, to whom. */
  children?: ReactNode
  action: string
  /** The verb. */
  verb: ReactNode
  stops?: boolean | undefined
  back: string
  /** Reason and other fields. */
  fields?: ReactNode
  hidden?: Record<string, string | undefined> | undefined
}

/** Asks before what cannot be undone. A page of its own, so that it works anywhere and the way back is plain. */
export function Confirm({ title, children, action, verb, stops, back, fields, hidden }: ConfirmProps) {
  const word = useWords()
  return (
    <div className="pane confirm">
      <h1 className="h-big">{say(title)}</h1>
      {children && <p className="mut mt-xs">{say(children)}</p>}
      <Form action={action} hidden={hidden}>
        <div className="mt-s">{fields}</div>
        <div className="row">
          <Button variant={stops ? 'stop' : 'main'}>{verb}</Button>
          <LinkButton href={back} variant="plain" hotkey="Escape">
            {word('back')}
          </LinkButton>
        </div>
      </Form>
    </div>
  )
}
