import type { ReactNode } from 'react'
import { usePage } from '../page.ts'

/*
 * What a step is about, drawn in the page's own inks: `g` glass, `v` olive, `h` honey, `t` sumac, `q` quiet ground, `o` no fill, `d` a thing
 * that is not there. Drawn for reading from right to left and turned round for left to right; what is written stands in the middle.
 */
const paper = <path d="M30 5h36v62H30z" />
const phone = (
  <>
    <rect x="29" y="3" width="38" height="66" rx="5" />
    <path className="q" d="M32 10h32v49H32z" />
    <path d="M45 64h6" />
  </>
)
const lines = <path d="M60 15H40M60 22H36M60 29H44" />
const desk = (
  <>
    <path className="q" d="M4 48h88v7H4zM10 55h76v14H10z" />
    <path className="o" d="M8 48V7h36v41" />
    <circle cx="26" cy="24" r="6" />
    <path d="M15 48c0-8 5-13 11-13s11 5 11 13z" />
    <circle className="g" cx="72" cy="20" r="7" />
    <path className="g" d="M59 48c0-10 6-16 13-16s13 6 13 16z" />
  </>
)
const screen = <path d="M8 7h80v50H8zM38 57h20v8H38z" />
const nuqtas = (y: number, lit: number) =>
  [0, 1, 2, 3, 4].map(place => (
    <path key={place} className={place < lit ? 'h' : undefined} d={`M${72 - place * 12} ${y}l5 5-5 5-5-5z`} />
  ))
const square =
  'M37 36h8v8h-8zM51 36h8v8h-8zM37 50h8v8h-8zM40 39h2v2h-2zM54 39h2v2h-2zM40 53h2v2h-2zM51 50h3v3h-3zM56 53h3v5h-3zM51 55h3v3h-3zM47 37h2v5h-2zM47 46h2v4h-2z'

const pictures = {
  counter: (
    <>
      {desk}
      <path d="M44 43h12v5H44z" />
    </>
  ),
  card: (
    <>
      <rect x="14" y="14" width="68" height="44" rx="4" />
      <path className="q" d="M60 23h15v19H60z" />
      <circle className="g" cx="67.5" cy="30" r="3.5" />
      <path className="g" d="M62 42c0-5 2-7 5.5-7s5.5 2 5.5 7z" />
      <path d="M53 25H24M53 32H30M53 39H24M75 50H42" />
    </>
  ),
  pin: (
    <>
      <path d="M28 4h40v62l-5-4-5 4-5-4-5 4-5-4-5 4-5-4-5 4z" />
      <path d="M60 14H36" />
      <path className="q" d="M33 22h30v14H33z" />
      <path className="g" d="M37 29h.1M41.5 29h.1M46 29h.1M50.5 29h.1M55 29h.1M59 29h.1" strokeWidth="3.5" />
      <path d="M60 44H40M60 51H46" />
    </>
  ),
  'log-in': (
    <>
      {phone}
      <path d="M36 16h24v8H36zM36 28h24v8H36z" />
      <path className="o w" d="M57 32h.1M53 32h.1M49 32h.1M45 32h.1" />
      <path className="g" d="M40 43h20v9H40z" />
    </>
  ),
  guide: (
    <>
      {screen}
      <path className="q" d="M18 15h60v10H18z" />
      <circle className="o w" cx="25" cy="20" r="3" />
      <path className="w" d="M23 22l-3 2" />
      <path d="M72 20H56M78 33H40M78 41H48M78 49H36" />
    </>
  ),
  questions: (
    <>
      {paper}
      <path d="M60 14H40M54 24H40M54 34H40M54 44H40" />
      <circle className="g" cx="59" cy="24" r="2.5" />
      <circle cx="59" cy="34" r="2.5" />
      <circle cx="59" cy="44" r="2.5" />
      <path className="g" d="M46 53h15v8H46z" />
    </>
  ),
  photograph: (
    <>
      <path d="M10 16h32v46H10z" />
      <path d="M37 24H16M37 31H20M37 38H16M37 45H24" />
      <rect x="48" y="8" width="40" height="56" rx="5" />
      <path className="q" d="M52 14h32v36H52z" />
      <path d="M60 19h16v25H60z" />
      <path className="o w" d="M56 22v-4h4M80 22v-4h-4M56 42v4h4M80 42v4h-4" />
      <circle className="g" cx="68" cy="57" r="3.5" />
    </>
  ),
  missing: (
    <>
      <path d="M30 5h36v62H48V49H30z" />
      <path className="d" d="M30 53v14h14" />
      {lines}
      <path d="M60 36H38" />
      <path className="h" d="M39 51l6 6-6 6-6-6z" />
    </>
  ),
  message: (
    <>
      {phone}
      <path className="g" d="M36 15h25v17H45l-5 5v-5h-4z" />
      <path className="k" d="M57 20H41M57 26H46" />
    </>
  ),
  answer: (
    <>
      {phone}
      <path className="v" d="M60 34H37v14h15l5 5v-5h3z" />
      <path className="k" d="M56 41H46" />
      <path d="M60 15H42M60 22H47" />
    </>
  ),
  clock: (
    <>
      <circle cx="48" cy="36" r="28" />
      <path className="v" d="M48 36V8a28 28 0 0 1 24 42z" />
      <path className="o w" d="M48 36V16M48 36l13 8" />
    </>
  ),
  pay: (
    <>
      {desk}
      <path className="v" d="M42 40h20v8H42z" />
      <circle cx="52" cy="44" r="2" />
    </>
  ),
  receipt: (
    <>
      <path d="M28 4h40v62l-5-4-5 4-5-4-5 4-5-4-5 4-5-4-5 4z" />
      <path d="M62 14H44M62 22H48M38 22h-4M62 29H46M38 29h-4" />
      <path className="v" d="M34 37h28v11H34z" />
    </>
  ),
  choose: (
    <>
      {phone}
      <path d="M36 15h24v8H36zM36 26h24v8H36z" />
      <path className="v" d="M54 17h4v4h-4zM54 28h4v4h-4z" />
      <path d="M49 19h-9M49 30h-9" />
      <path className="g" d="M40 43h20v9H40z" />
    </>
  ),
  dues: (
    <>
      {phone}
      <path d="M59 18H46M59 26H48M59 34H44M41 18h-4M43 26h-6M40 34h-3" />
      <path className="v" d="M36 42h24v10H36z" />
      <path className="v" d="M56 47h-7M42 47h-2" />
    </>
  ),
  number: (
    <>
      {phone}
      <path d="M36 15h24v9H36zM36 28h24v9H36z" />
      <path className="o w" d="M56 19.5h-6M47 19.5h-4M56 32.5H43" />
      <path className="g" d="M40 43h20v9H40z" />
    </>
  ),
  bank: (
    <>
      {screen}
      <path className="q" d="M48 12l20 9H28z" />
      <path d="M33 21v12M43 21v12M53 21v12M63 21v12M28 34h40" />
      <path className="g" d="M34 40h28v12H34z" />
      <path className="k" d="M34 44h28" />
    </>
  ),
  way: (
    <>
      {phone}
      <path d="M58 17v32" />
      <path className="v" d="M58 13l4 4-4 4-4-4zM58 25l4 4-4 4-4-4z" />
      <path className="g" d="M58 37l4 4-4 4-4-4z" />
      <path d="M58 48l4 4-4 4-4-4zM50 17H38M50 29H41M50 41H38M50 52H43" />
    </>
  ),
  square: (
    <>
      {paper}
      <path d="M60 13H40M60 20H36M60 27H44" />
      <path className="f" d={square} />
    </>
  ),
  code: (
    <>
      {phone}
      <path d="M60 17H38" />
      <path d="M33.5 27h4v8h-4zM38.7 27h4v8h-4zM43.9 27h4v8h-4zM49.1 27h4v8h-4zM54.3 27h4v8h-4zM59.5 27h4v8h-4z" />
      <path className="g" d="M40 43h20v9H40z" />
    </>
  ),
  verdict: (
    <>
      {phone}
      <path className="v" d="M48 20l15 15-15 15-15-15z" />
      <path className="o w" d="M40 35l6 6 11-13" />
    </>
  ),
  compare: (
    <>
      <path d="M54 10h32v50H54z" />
      <path d="M80 18H62M80 25H60M80 32H66" />
      <path className="v" d="M70 42l7 7-7 7-7-7z" />
      <rect x="12" y="8" width="32" height="56" rx="5" />
      <path className="q" d="M15 14h26v40H15z" />
      <path d="M38 20H22M38 27H20M38 34H26" />
      <path className="v" d="M28 38l6 6-6 6-6-6z" />
    </>
  ),
  file: (
    <>
      {screen}
      <path className="d" d="M20 14h56v36H20z" />
      <path d="M38 17h14l7 7v23H38z" />
      <path d="M52 17v7h7M54 32H43M54 38H46" />
    </>
  ),
  door: (
    <>
      <path d="M22 4h52v50H22zM42 54h12v14H42zM32 68h32" />
      <path className="g" d="M28 10h18v12H28zM28 28h18v12H28z" />
      <path className="q" d="M50 10h18v12H50zM50 28h18v12H50z" />
      <path d="M62 47H34" />
    </>
  ),
  slip: (
    <>
      <path d="M24 6h48v58l-6-4-6 4-6-4-6 4-6-4-6 4-6-4-6 4z" />
      <path d="M60 14H36M60 50H36" />
    </>
  ),
  hall: (
    <>
      <path className="f" d="M6 5h84v42H6z" />
      <path d="M48 47v6" />
      <path d="M17 69c0-7 4-11 9-11s9 4 9 11M39 69c0-7 4-11 9-11s9 4 9 11M61 69c0-7 4-11 9-11s9 4 9 11" />
    </>
  ),
  letter: (
    <>
      <path d="M12 12h72v48H12z" />
      <path className="q" d="M12 12l36 28 36-28z" />
      <path className="g" d="M48 44l7 7-7 7-7-7z" />
    </>
  ),
  closed: (
    <>
      <path d="M12 12h72v48H12z" />
      <path className="q" d="M12 12l36 26 36-26z" />
      <path className="o w" d="M42 40v-6a6 6 0 0 1 12 0v6" />
      <path className="t" d="M38 40h20v14H38z" />
    </>
  ),
  stars: (
    <>
      {paper}
      <path className="q" d="M12 24h72v24H12z" />
      {nuqtas(31, 4)}
      <path d="M60 13H40" />
    </>
  ),
} satisfies Record<string, ReactNode>

export type HelpPictureName = keyof typeof pictures

/** Digits that make a thing known: the number on a turn's slip and on the screen that calls it. */
const written: Partial<Record<HelpPictureName, { y: number; digits: string }>> = {
  slip: { y: 39, digits: '041' },
  hall: { y: 34, digits: '041' },
}

/** A small drawing of the thing a step is about. The step says it in words, so a screen reader passes it over. */
export function HelpPicture({ name }: { name: HelpPictureName }) {
  const { dir } = usePage()
  const text = written[name]
  return (
    <svg className={`pic pic-${name}`} viewBox="0 0 96 72" aria-hidden="true">
      {dir === 'ltr' ? <g transform="matrix(-1 0 0 1 96 0)">{pictures[name]}</g> : pictures[name]}
      {text && (
        <text x="48" y={text.y} textAnchor="middle">
          {text.digits}
        </text>
      )}
    </svg>
  )
}
