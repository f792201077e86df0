import type { ReactNode } from 'react'
import type { IconName } from '../icons.tsx'
import { Icon } from './icon.tsx'
import { Key } from './keys.tsx'
import { say } from './say.tsx'

/** Filled, outlined, bare, or outlined in sumac. One filled button on a page; no filled red one exists. */
export type ButtonVariant = 'main' | 'quiet' | 'plain' | 'stop'

/** Looks shared by buttons and by links that look like one. */
export type ButtonLook = {
  variant?: ButtonVariant | undefined
  big?: boolean | undefined
  full?: boolean | undefined
  /** Picture before the words. */
  icon?: IconName | undefined
  /** Picture after the words: where it leads. */
  iconEnd?: IconName | undefined
  /** Key bound to it (`event.code` with modifiers, such as `F8`, `KeyA`, `Ctrl+Enter`) and shown beside it. */
  hotkey?: string | undefined
  children: ReactNode
}

export type ButtonProps = ButtonLook & {
  type?: 'submit' | 'button' | undefined
  name?: string | undefined
  value?: string | undefined
  form?: string | undefined
  formAction?: string | undefined
  /** Leaves the browser's own checks aside, as «save for later» does. */
  formNoValidate?: boolean | undefined
  /** Words that say why it cannot be pressed now. A button is never closed without them. */
  disabledBecause?: ReactNode
  /** Name for screen readers where the words alone do not say it. */
  label?: string | undefined
}

export type LinkButtonProps = ButtonLook & {
  href: string
  download?: boolean | undefined
  newTab?: boolean | undefined
  label?: string | undefined
}

const CLASS: Record<ButtonVariant, string> = {
  main: 'btn',
  quiet: 'btn b2',
  plain: 'btn b3',
  stop: 'btn stop',
}

function looks({ variant = 'main', big, full }: ButtonLook): string {
  return `${CLASS[variant]}${big ? ' big' : ''}${full ? ' full' : ''}`
}

function Inside({ icon, iconEnd, hotkey, children }: ButtonLook) {
  return (
    <>
      {icon && <Icon name={icon} />}
      <span>{say(children)}</span>
      {iconEnd && <Icon name={iconEnd} />}
      {hotkey && <Key code={hotkey} />}
    </>
  )
}

/** Does something. The verb comes first in its words. */
export function Button(props: ButtonProps) {
  const { type = 'submit', name, value, form, formAction, formNoValidate, label, disabledBecause } = props
  const closed = disabledBecause !== undefined && disabledBecause !== null && disabledBecause !== false
  const button = (
    <button
      className={looks(props)}
      type={type}
      name={name}
      value={value}
      form={form}
      formAction={formAction}
      formNoValidate={formNoValidate}
      aria-label={label}
      disabled={closed}
      data-key={closed ? undefined : props.hotkey}
    >
      <Inside {...props} />
    </button>
  )
  if (!closed) return button
  return (
    <>
      {button}
      <p className="sm warn-c lockline">
        <Icon name="lock" />
        <span>{say(disabledBecause)}</span>
      </p>
    </>
  )
}

/** Leads somewhere, and looks like a button. */
export function LinkButton(props: LinkButtonProps) {
  const { href, download, newTab, label, hotkey } = props
  return (
    <a
      className={looks(props)}
      href={href}
      download={download}
      target={newTab ? '_blank' : undefined}
      rel={newTab ? 'noopener' : undefined}
      aria-label={label}
      data-key={hotkey}
    >
      <Inside {...props} />
    </a>
  )
}

/** A square button with a picture only, as in the tools of a document. Its words are read aloud. */
export function ToolButton({ icon, label, tool, href, hotkey }: ToolButtonProps) {
  if (href) {
    return (
      <a className="tool" href={href} aria-label={label} title={label} data-tool={tool} data-key={hotkey}>
        <Icon name={icon} />
      </a>
    )
  }
  return (
    <button
      className="tool"
      type="button"
      aria-label={label}
      title={label}
      data-tool={tool}
      data-key={hotkey}
    >
      <Icon name={icon} />
    </button>
  )
}

export type ToolButtonProps = {
  icon: IconName
  label: string
  /** What the enhancement does with it: `zoom-in`, `zoom-out`, `turn`, `full`, `print`, `dismiss`. */
  tool?: string | undefined
  href?: string | undefined
  hotkey?: string | undefined
}
