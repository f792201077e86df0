import type { ReactNode } from 'react'
import { usePage, useTexts } from '../../../ui/index.ts'
import { partTexts } from '../parts/strings.ts'
import { drawPath } from './layout.ts'
import type { Box, Drawing, DrawnStep, Line, Point } from './model.ts'

type Props = {
  steps: readonly DrawnStep[]
  name: string
  chosen?: string | undefined
  at?: (step: string) => string
}

/** The path of a request, drawn on the server: each box leads to where its step is edited. */
export function PathDrawing({ steps, name, chosen, at }: Props) {
  const t = useTexts(partTexts)
  const { dir } = usePage()
  const words = { yes: t('yes-way'), no: t('no-way'), start: t('path-start'), end: t('path-end') }
  const drawing = drawPath(steps, words)
  const number = new Map(steps.map((step, place) => [step.id, place + 1]))
  // Drawn right to left; under a language of the other direction it is turned round.
  const x = (value: number) => (dir === 'rtl' ? value : drawing.width - value)
  const label = (box: Box) =>
    t('path-box', {
      number: number.get(box.step) ?? 0,
      words: box.lines
        .map(line => line.text)
        .filter(Boolean)
        .join(' '),
    })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than its pane is scrolled by the keyboard as well
    <section className="scroll pad" tabIndex={0} aria-label={t('path-region')}>
      <svg className="flow" viewBox={`0 0 ${drawing.width} ${drawing.height}`} aria-labelledby="path-name">
        <title id="path-name">{t('path-name', { name, count: steps.length })}</title>
        {drawing.lines.map((line, place) => (
          <LineShape key={String(place)} line={line} x={x} />
        ))}
        {drawing.forks.map(fork => (
          <Fork key={fork.step} fork={fork} x={x} name={t('path-fork', { words: fork.lines.join(' ') })} />
        ))}
        {drawing.boxes.map(box => {
          const shape = <BoxShape box={box} x={x} chosen={box.step === chosen && !box.beside} />
          const key = `${box.step} ${box.beside ?? ''}`
          if (!at || box.look === 'start' || box.look === 'end') return <g key={key}>{shape}</g>
          return (
            <a
              key={key}
              href={at(box.beside ? `${box.step}/opinions/${box.beside}` : box.step)}
              aria-label={label(box)}
              aria-current={box.step === chosen ? 'true' : undefined}
            >
              {shape}
            </a>
          )
        })}
        {drawing.labels.map((each, place) => (
          <text key={String(place)} className="t3 halo" x={x(each.x)} y={each.y} textAnchor="middle">
            {each.text.length > 44 ? `${each.text.slice(0, 43)}…` : each.text}
          </text>
        ))}
      </svg>
    </section>
  )
}

const looks: Record<Box['look'], string> = {
  inside: 'box',
  outside: 'ext',
  waits: 'wait-b box-w',
  frame: 'frame-b',
  start: 'end-b',
  end: 'end-b',
}

function BoxShape({
  box,
  x,
  chosen,
}: {
  box: Box
  x: (value: number) => number
  chosen: boolean
}): ReactNode {
  const middle = x(box.x + box.width / 2)
  const left = Math.min(x(box.x), x(box.x + box.width))
  const lines = box.lines.filter(line => line.text !== '')
  const round = box.look === 'start' || box.look === 'end' ? box.height / 2 : 3
  const top = box.look === 'frame' ? box.y + 18 : box.y + (box.height - lines.length * 18) / 2 + 13
  return (
    <>
      <rect
        className={`${looks[box.look]}${chosen ? ' sel' : ''}`}
        x={left}
        y={box.y}
        width={box.width}
        height={box.height}
        rx={round}
      />
      {lines.map((line, place) => (
        <text
          key={String(place)}
          className={line.strong ? undefined : 't2'}
          x={middle}
          y={top + place * 18}
          textAnchor="middle"
        >
          {`${line.text} `}
        </text>
      ))}
    </>
  )
}

function Fork({
  fork,
  x,
  name,
}: {
  fork: Drawing['forks'][number]
  x: (value: number) => number
  name: string
}) {
  const { y, size, lines } = fork
  const middle = x(fork.x)
  return (
    <g>
      <title>{name}</title>
      <path className="cond" d={`M${middle} ${y - size}l${size} ${size}-${size} ${size}-${size}-${size}z`} />
      <text x={middle} y={y + 5} textAnchor="middle">
        {'؟'}
      </text>
      {lines.map((line, place) => (
        <text key={line} className="t3" x={middle} y={y + size + 14 + place * 14} textAnchor="middle">
          {line}
        </text>
      ))}
    </g>
  )
}

const classes: Record<Line['kind'], string> = { on: 'ln', skip: 'ln ln-skip', way: 'ln ln-way' }

function LineShape({ line, x }: { line: Line; x: (value: number) => number }) {
  const points = line.points.map(([px, py]): Point => [x(px), py])
  return (
    <g>
      <path
        className={classes[line.kind]}
        d={points.map(([px, py], at) => `${at === 0 ? 'M' : 'L'}${px} ${py}`).join('')}
      />
      <path className="ar" d={arrow(points)} />
    </g>
  )
}

/** A head at the end of a line, in the direction it came. */
function arrow(points: readonly Point[]): string {
  const [end, before] = [points.at(-1), points.at(-2)]
  if (!end || !before) return ''
  const [x, y] = end
  const [dx, dy] = [Math.sign(x - before[0]), Math.sign(y - before[1])]
  return dx !== 0 ? `M${x} ${y}l${-8 * dx}-4.5v9z` : `M${x} ${y}l-4.5 ${-8 * dy}h9z`
}
