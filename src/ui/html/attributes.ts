/** How attributes of parts are written as HTML. Names are React's, since the parts are typed by React's types. */

/** Attributes whose written name is not their name in lower case or as it stands. */
const renamed: Readonly<Record<string, string>> = {
  className: 'class',
  tabIndex: 'tabindex',
  autoFocus: 'autofocus',
  crossOrigin: 'crossorigin',
  htmlFor: 'for',
  httpEquiv: 'http-equiv',
  acceptCharset: 'accept-charset',
  xlinkHref: 'xlink:href',
}
/** Of pictures; written with a hyphen where React's name has a capital. */
const ofPictures = new Set(
  (
    'strokeWidth strokeLinecap strokeLinejoin strokeDasharray strokeDashoffset strokeOpacity strokeMiterlimit fillOpacity fillRule ' +
    'clipPath clipRule stopColor stopOpacity textAnchor dominantBaseline alignmentBaseline fontFamily fontSize fontStyle fontWeight ' +
    'letterSpacing paintOrder pointerEvents shapeRendering vectorEffect markerStart markerMid markerEnd transformOrigin'
  ).split(' '),
)
/** Written without a value when true, and not at all when false. */
const switches = new Set(
  (
    'allowFullScreen async autoFocus autoPlay checked controls default defer disabled formNoValidate hidden inert itemScope loop ' +
    'multiple muted noModule noValidate open playsInline readOnly required reversed selected'
  ).split(' '),
)
/** Written without a value when true, else with it. */
const maybeSwitches = new Set(['capture', 'download'])
/** Where true and false are words like any other. */
const worded = new Set(['contentEditable', 'spellCheck', 'draggable', 'focusable', 'value'])
const addressed = new Set(['href', 'src', 'action', 'formAction', 'xlinkHref'])
/** How many: at least one. */
const counts = new Set(['cols', 'rows', 'size', 'span'])
/** What the writer looks at itself, or what has no meaning in HTML. */
const unwritten = new Set([
  ...['children', 'key', 'ref', 'defaultValue', 'defaultChecked'],
  ...['suppressHydrationWarning', 'suppressContentEditableWarning'],
])

type Kind = 'plain' | 'switch' | 'maybe-switch' | 'worded' | 'count' | 'address' | 'unwritten'
type Known = { kind: Kind; open: string }

/** What an attribute is, once it was met: names are few, and stand in our sources. */
const known = new Map<string, Known>()
const sound = /^[a-zA-Z_:][-\w:.]*$/

function know(name: string): Known {
  if (!sound.test(name)) throw new TypeError(`No attribute is called ${name}`)
  if (name === 'style' || name === 'dangerouslySetInnerHTML')
    throw new TypeError(`The house writes no ${name}: see docs/guide/http.md`)
  const written =
    renamed[name] ??
    (ofPictures.has(name) ? name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`) : name)
  const met = { kind: kindOf(name), open: ` ${written}="` }
  known.set(name, met)
  return met
}

function kindOf(name: string): Kind {
  if (unwritten.has(name) || /^on/.test(name)) return 'unwritten'
  if (switches.has(name)) return 'switch'
  if (maybeSwitches.has(name)) return 'maybe-switch'
  if (addressed.has(name)) return 'address'
  if (counts.has(name)) return 'count'
  return worded.has(name) || /^(data|aria)-/.test(name) ? 'worded' : 'plain'
}

/** One attribute with the space before it; nothing where its value says that it is not there. */
export function attribute(name: string, value: unknown): string {
  if (value === undefined || value === null) return ''
  const { kind, open } = known.get(name) ?? know(name)
  switch (kind) {
    case 'unwritten':
      return ''
    case 'switch':
      return value ? `${open}"` : ''
    case 'maybe-switch':
      return value === true ? `${open}"` : plain(open, value)
    case 'worded':
      return plain(open, typeof value === 'boolean' ? String(value) : value)
    case 'count':
      return Number(value) >= 1 ? plain(open, value) : ''
    case 'address':
      return (value === '' && (name === 'href' || name === 'src')) || isScript(value)
        ? ''
        : plain(open, value)
    default:
      return plain(open, value)
  }
}

function plain(open: string, value: unknown): string {
  if (typeof value === 'string') return `${open}${escaped(value)}"`
  return typeof value === 'number' && !Number.isNaN(value) ? `${open}${value}"` : ''
}

/** An address that would run as a script; browsers drop spaces and signs of control wherever they stand in its scheme. */
const isScript = (value: unknown): boolean =>
  // Nearly all begin with a slash, which needs no second look.
  typeof value === 'string' &&
  !value.startsWith('/') &&
  /^javascript:/i.test(value.replace(/[\s\p{Cc}]/gu, ''))

const special = /["'&<>]/
const signs: Readonly<Record<string, string>> = {
  '"': '&quot;',
  "'": '&#x27;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
}

/** A text as it stands between tags or in quotes. */
export function escaped(text: string): string {
  return special.test(text) ? text.replace(/["'&<>]/g, sign => signs[sign] ?? sign) : text
}
