import type { ReactNode } from 'react'
import { usePage } from '../page.ts'
import { useWords } from '../words.ts'
import { Button, type ButtonVariant } from './button.tsx'
import { Note } from './note.tsx'

export type PasskeyButtonProps = {
  /** Makes a new key, or asks one that is there. */
  act: 'create' | 'get'
  /** Options of the browser's own call, as JSON. */
  options: unknown
  variant?: ButtonVariant | undefined
  big?: boolean | undefined
  hotkey?: string | undefined
  children: ReactNode
}

/**
 * A button that asks an authenticator for its answer and sends the form around it with the answer in `passkey`. It shows only where a
 * script runs and the browser knows passkeys: beside it there is always another way.
 */
export function PasskeyButton({
  act,
  options,
  variant = 'quiet',
  big,
  hotkey,
  children,
}: PasskeyButtonProps) {
  const page = usePage()
  const word = useWords()
  return (
    <div data-passkey={act} data-options={JSON.stringify(options)} hidden>
      <input type="hidden" name="passkey" />
      <Button type="button" variant={variant} big={big} icon="lock" hotkey={hotkey}>
        {children}
      </Button>
      <div className="mt-xs" data-role="passkey-broken" role="status" hidden>
        <Note tone="honey" small>
          {word('passkey-broken')}
        </Note>
      </div>
      <script nonce={page.nonce} src={page.asset('passkey.js')} defer />
    </div>
  )
}
