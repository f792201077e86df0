import { toHtml } from '../html.tsx'
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
  return (
    <svg
      className={turned ? 'i flip' : 'i'}
      viewBox="0 0 24 24"
      role={label ? 'img' : undefined}
      aria-label={label || undefined}
      aria-hidden={label ? undefined : 'true'}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: our own drawing, written by React
      dangerouslySetInnerHTML={drawn(name)}
    />
  )
}

const drawings = new Map<IconName, { __html: string }>()

/** The strokes of a picture, written once. */
function drawn(name: IconName): { __html: string } {
  let drawing = drawings.get(name)
  if (!drawing) {
    drawing = { __html: toHtml(icons[name]) }
    drawings.set(name, drawing)
  }
  return drawing
}
