const DIM =
  'M26 11.9l4.1 4.1-4.1 4.1-4.1-4.1zM16 11.9l4.1 4.1-4.1 4.1-4.1-4.1zM21 16.9l4.1 4.1-4.1 4.1-4.1-4.1zM6 11.9l4.1 4.1-4.1 4.1-4.1-4.1zM11 16.9l4.1 4.1-4.1 4.1-4.1-4.1zM16 21.9l4.1 4.1-4.1 4.1-4.1-4.1z'
const LIT = 'M16 1.9l4.1 4.1-4.1 4.1-4.1-4.1zM21 6.9l4.1 4.1-4.1 4.1-4.1-4.1zM11 6.9l4.1 4.1-4.1 4.1-4.1-4.1z'

/** The mark of the platform. It signs last and small, never beside a seal. */
export function Mark({ big }: { big?: boolean | undefined }) {
  return (
    <svg className={big ? 'mark bigmark' : 'mark'} viewBox="0 0 32 32" aria-hidden="true">
      <path fill="currentColor" opacity="0.34" d={DIM} />
      <path fill="currentColor" d={LIT} />
    </svg>
  )
}
