import type { ReactNode } from 'react'
import { placeField, usePage } from '../page.ts'

/** Name of the hidden field that makes a form safe to repeat. */
const KEY_FIELD = '_key'
/** Name of the hidden field that proves the form is ours. */
const CSRF_FIELD = '_csrf'

export type FormProps = {
  action: string
  children: ReactNode
  id?: string | undefined
  /** Set when the form carries files. */
  files?: boolean | undefined
  /** Where what is typed is kept while it is typed (POST of the same fields). */
  autosave?: string | undefined
  /** Where the page is read again to show what an answer brings up as soon as it is given; needs `autosave`. */
  follow?: string | undefined
  /** Where files are sent in pieces that survive a broken connection (tus). */
  upload?: string | undefined
  hidden?: Record<string, string | undefined> | undefined
  /** Sits in a line, for a form of one button. */
  inline?: boolean | undefined
  /** A search: fields in the address, no key. */
  method?: 'post' | 'get' | undefined
  label?: string | undefined
}

/**
 * A form that posts. It carries a key, so that a second press or a repeated sending does nothing twice.
 * The browser's own bubbles are off: faults come back in the page, in our words, with what was typed.
 */
export function Form(props: FormProps) {
  const {
    action,
    children,
    id,
    files,
    autosave,
    follow,
    upload,
    hidden,
    inline,
    method = 'post',
    label,
  } = props
  const page = usePage()
  const post = method === 'post'
  return (
    <form
      action={action}
      method={method}
      id={id}
      className={inline ? 'inline' : undefined}
      encType={files ? 'multipart/form-data' : undefined}
      noValidate
      aria-label={label}
      role={post ? undefined : 'search'}
      data-guard={post ? '' : undefined}
      data-autosave={autosave}
      data-follow={follow}
      data-upload={upload}
    >
      {post && <input type="hidden" name={KEY_FIELD} value={page.idempotencyKey} />}
      {post && page.csrf && <input type="hidden" name={CSRF_FIELD} value={page.csrf} />}
      {post && page.actor.kind === 'citizen' && (
        <input type="hidden" name={placeField} value={page.actor.place?.mandateId ?? ''} />
      )}
      {hidden && <HiddenFields values={hidden} />}
      {children}
    </form>
  )
}

/** Values that travel with a form unseen. */
function HiddenFields({ values }: { values: Record<string, string | undefined> }) {
  return (
    <>
      {Object.entries(values).map(
        ([name, value]) =>
          value !== undefined && <input key={name} type="hidden" name={name} value={value} />,
      )}
    </>
  )
}
