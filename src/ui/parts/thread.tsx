import type { ReactNode } from 'react'
import { useWords } from '../words.ts'
import { Button } from './button.tsx'
import { Form } from './form.tsx'
import { say } from './say.tsx'

export type ThreadItem = {
  id: string
  from: ReactNode
  when: ReactNode
  about?: ReactNode
  mine?: boolean | undefined
  text: string
  /** What came with it. */
  file?: { href: string; label: string } | undefined
}

/** A conversation on a request, oldest first. What people wrote is theirs: set apart, never reworded. */
export function Thread({ items }: { items: ThreadItem[] }) {
  return (
    <ol className="thread">
      {items.map(item => (
        <li key={item.id} className={item.mine ? 'me' : 'them'}>
          <small>
            {say(item.from)}
            {' \u00b7 '}
            {say(item.when)}
            {item.about && (
              <>
                {' \u00b7 '}
                {say(item.about)}
              </>
            )}
          </small>
          <bdi className="written">{say(item.text)}</bdi>
          {item.file && (
            <a className="sm" href={item.file.href}>
              {item.file.label}
            </a>
          )}
        </li>
      ))}
    </ol>
  )
}

/** The box that answers in a conversation. */
export function Reply({
  action,
  name = 'text',
  value,
  placeholder,
}: {
  action: string
  name?: string | undefined
  value?: string | undefined
  placeholder?: string | undefined
}) {
  const word = useWords()
  return (
    <Form action={action}>
      <div className="reply">
        <label className="vh" htmlFor="reply">
          {word('reply-label')}
        </label>
        <textarea
          className="in"
          id="reply"
          name={name}
          rows={2}
          defaultValue={value}
          placeholder={placeholder ?? word('reply-placeholder')}
        />
        <Button variant="quiet">{word('reply-send')}</Button>
      </div>
    </Form>
  )
}
