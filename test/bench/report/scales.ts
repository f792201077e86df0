import { scaleLinear, scaleLog } from 'd3-scale'
import { area, curveStepAfter, line } from 'd3-shape'
import type { ToldFigure } from '../../../src/offices/oversight/measured/file.ts'

/** How many times as good as its goal a figure is: 1 is the goal, 2 twice as good, 0.5 half; undefined without a goal or a figure. */
export function timesBetter({ ratio, goal }: Pick<ToldFigure, 'ratio' | 'goal'>): number | undefined {
  if (!goal || !Number.isFinite(ratio)) return undefined
  const [over, under] = goal.least ? [ratio, goal.ratio] : [goal.ratio, ratio]
  if (over === under) return 1
  const times = over / under
  return times >= 0 ? times : undefined
}

export const widest = 8

/** Where on a strip of 100 something so many times as good ends; the goal is at 50. What is beyond eight times stays at the edge. */
export const besideGoal = scaleLog()
  .domain([1 / widest, widest])
  .range([0, 100])
  .clamp(true)

/** Where rounds lie on a strip of 100 that begins at nought. */
export function placesOfRounds(rounds: readonly number[]): number[] {
  const scale = scaleLinear()
    .domain([0, Math.max(...rounds, Number.MIN_VALUE)])
    .range([0, 98])
  return rounds.map(each => scale(each))
}

/** Outline and filling of values in even steps, in a box of 300 by 60; the highest of them. */
export function drawTimeline(values: readonly number[]): { stroke: string; fill: string; highest: number } {
  const known = values.map(each => (Number.isFinite(each) ? Math.max(0, each) : 0))
  const highest = Math.max(...known, 0)
  const x = scaleLinear([0, Math.max(1, known.length)], [0, 300])
  const y = scaleLinear([0, highest || 1], [58, 2]).clamp(true)
  const points = [...known, known.at(-1) ?? 0].map((value, at): [number, number] => [x(at), y(value)])
  return {
    stroke: line().curve(curveStepAfter)(points) ?? '',
    fill: area<[number, number]>().y0(58).curve(curveStepAfter)(points) ?? '',
    highest,
  }
}
