import { type IconName, icons, pointing } from '../icons.tsx'
import { usePage } from '../page.ts'

export type IconProps = { name: IconName; flip?: boolean | undefined; label?: string | undefined }

/**
 * A picture beside words. Drawn inline: no request, no sprite to keep in step when a part of a page is swapped.
 * Pictures that point turn round by themselves under left to right; `flip` says otherwise.
 */
export function Icon({ name, flip, label }: IconProps) {
  const { dir } = usePage()
  const turned = flip ?? (dir === 'ltr' && pointing.has(name))
  const className = turned ? 'i flip' : 'i'
  if (label) {
    return (
      <svg className={className} viewBox="0 0 24 24" role="img" aria-label={label}>
        {icons[name]}
      </svg>
    )
  }
  return (
    <svg className={className} viewBox="0 0 24 24" aria-hidden="true">
      {icons[name]}
    </svg>
  )
}
