import { usePage } from '../page.ts'

/**
 * The town's seal. A town that has set none shows a plain ring with the first letter of the last word of its name: the
 * word before it, municipality, is every town's.
 */
export function Seal() {
  const { town } = usePage()
  if (town.sealUrl) return <img className="seal" src={town.sealUrl} alt="" width="46" height="46" />
  const letter = Array.from(
    town.name.ar
      .trim()
      .split(/\s+/)
      .at(-1)
      ?.replace(/^\u0627\u0644/, '') ?? '',
  )[0]
  return (
    <svg className="seal" viewBox="0 0 48 48" aria-hidden="true">
      <circle cx="24" cy="24" r="22.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <circle cx="24" cy="24" r="19.5" fill="none" stroke="currentColor" strokeWidth="0.6" />
      <text x="24" y="30.5" textAnchor="middle" fill="currentColor" fontSize="20" fontWeight="600">
        {letter}
      </text>
    </svg>
  )
}
