import { say } from './say.tsx'

export type Photo = {
  id: string
  /** Where it opens large. */
  href: string
  /** A small picture of it, once there is one. */
  thumbnail?: string | undefined
  label: string
}

/** Pictures side by side in the order they were made, such as before and after; each opens large. */
export function Photos({ items }: { items: readonly Photo[] }) {
  return (
    <ul className="photos">
      {items.map(({ id, href, thumbnail, label }) => (
        <li key={id}>
          <a href={href}>
            {thumbnail && <img src={thumbnail} alt="" loading="lazy" />}
            <span>{say(label)}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}
