import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wrap } from './cells.ts'
import { drawPath } from './layout.ts'
import type { Box, Drawing, DrawnStep, Point } from './model.ts'

const words = { yes: 'نعم', no: 'لا', start: 'يُقدَّم', end: 'يُغلق' }
const text = fc.constantFrom('تدقيق الوثائق', 'مراجعة موقع البسطة على مخطط السوق الأسبوعي', 'كشف', '')
const time = fc.constantFrom('يوم عمل', 'اليوم نفسه')
const one = fc.record({ name: text, office: text, time })

const steps: fc.Arbitrary<DrawnStep[]> = fc
  .array(
    fc.record({
      said: one,
      look: fc.constantFrom('inside', 'outside', 'waits' as const),
      condition: fc.option(
        fc.constantFrom('المكان خارج الحدود', 'المساحة أكبر من 12 مترًا أو عدد البسطات أكثر من 3'),
        { nil: undefined },
      ),
      beside: fc.option(fc.array(one, { minLength: 1, maxLength: 4 }), { nil: undefined, freq: 3 }),
      ways: fc.array(fc.nat(14), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map(list =>
    list.map(({ said, look, condition, beside, ways }, at) => ({
      id: `s${at}`,
      ...said,
      look,
      condition,
      beside: beside?.map((each, b) => ({ ...each, id: `o${b}` })),
      join: 'تكفي كل الآراء',
      ways: ways.filter(to => to < list.length).map(to => ({ to: `s${to}`, when: 'لم تُعالج' })),
    })),
  )

type Area = { left: number; right: number; top: number; bottom: number }
const area = ({ x, y, width, height }: Box): Area => ({
  left: x,
  right: x + width,
  top: y,
  bottom: y + height,
})
const meet = (a: Area, b: Area) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

/** Everything that takes room, frames as a whole. */
function areas({ boxes, forks }: Drawing): Area[] {
  const diamonds = forks.map(({ x, y, size }) => ({
    left: x - size,
    right: x + size,
    top: y - size,
    bottom: y + size,
  }))
  return [...boxes.filter(box => !box.beside).map(area), ...diamonds]
}

function segments(points: readonly Point[]): Area[] {
  return points.slice(1).map(([x, y], at) => {
    const [px, py] = points[at] as Point
    return { left: Math.min(x, px), right: Math.max(x, px), top: Math.min(y, py), bottom: Math.max(y, py) }
  })
}

describe('the drawing of a path', () => {
  test('never lays one box on another, and keeps within its sheet', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(420, 760, 1090), (list, width) => {
        const drawing = drawPath(list, words, width)
        const all = areas(drawing)
        for (const [at, each] of all.entries()) {
          expect(each.left).toBeGreaterThanOrEqual(0)
          expect(each.right).toBeLessThanOrEqual(drawing.width)
          expect(each.top).toBeGreaterThanOrEqual(0)
          expect(each.bottom).toBeLessThanOrEqual(drawing.height)
          for (const other of all.slice(at + 1)) expect(meet(each, other)).toBe(false)
        }
      }),
    )
  })

  test('keeps every opinion inside the frame of its step, apart from the others', () => {
    fc.assert(
      fc.property(steps, list => {
        const { boxes } = drawPath(list, words)
        for (const frame of boxes.filter(box => box.look === 'frame')) {
          const inside = boxes.filter(box => box.step === frame.step && box.beside).map(area)
          const whole = area(frame)
          for (const [at, each] of inside.entries()) {
            expect(each.left > whole.left && each.right < whole.right).toBe(true)
            expect(each.top > whole.top && each.bottom < whole.bottom).toBe(true)
            for (const other of inside.slice(at + 1)) expect(meet(each, other)).toBe(false)
          }
        }
      }),
    )
  })

  test('never leads a line through a box', () => {
    fc.assert(
      fc.property(steps, list => {
        const drawing = drawPath(list, words)
        const boxes = areas(drawing)
        const inner = ({ left, right, top, bottom }: Area) => ({
          left: left + 1,
          right: right - 1,
          top: top + 1,
          bottom: bottom - 1,
        })
        for (const { points } of drawing.lines)
          for (const segment of segments(points))
            for (const box of boxes) expect(meet(inner(box), segment)).toBe(false)
      }),
    )
  })

  test('shows every step once, in order, and every way it leads', () => {
    fc.assert(
      fc.property(steps, list => {
        const { boxes, lines } = drawPath(list, words)
        const shown = boxes.filter(box => !box.beside).map(box => box.step)
        expect(shown).toEqual(['start', ...list.map(step => step.id), 'end'])
        const ways = list.flatMap(step => step.ways.map(way => `${step.id} ${way.to}`))
        expect(lines.filter(line => line.kind === 'way').map(line => `${line.from} ${line.to}`)).toEqual(ways)
      }),
    )
  })

  test('breaks a long name into lines, and says with dots that more follows', () => {
    expect(wrap('مراجعة موقع البسطة على مخطط السوق', 12, 2)).toEqual(['مراجعة موقع', 'البسطة على…'])
    expect(wrap('كشف', 12, 2)).toEqual(['كشف'])
  })
})
