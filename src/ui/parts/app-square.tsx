import type { ReactNode } from 'react'
import { QrCode } from './qr.tsx'
import { say } from './say.tsx'

/** What an authenticator app is given: a square to scan, and beside it the same in letters for who has no camera. */
export function AppSquare({
  address,
  letters,
  label,
  lettersLabel,
}: {
  address: string
  letters: string
  label: string
  lettersLabel: ReactNode
}) {
  return (
    <div className="app-square">
      <QrCode text={address} label={label} />
      <p>
        <span className="sm mut">{say(lettersLabel)}</span>
        <code dir="ltr">{letters.match(/.{1,4}/g)?.join(' ') ?? ''}</code>
      </p>
    </div>
  )
}
