import type { Outcome, Results } from './file.ts'
import { type Measured, measuredOf, peopleAtOnce, reckonTown, slowSeconds } from './reckoning.ts'
import type { MeasuredKey } from './strings.ts'

/** A sentence of the page; the names of `parts` stand in it one after the other. */
export type Sentence = { key: MeasuredKey; values?: Record<string, number>; parts?: string[] }
export type Chapter = {
  id: string
  title: Sentence
  /** What stands large above the sentences. */
  figures?: { value: string; label: MeasuredKey }[]
  sentences: Sentence[]
}

const village = 7_000
const city = 280_000
const nation = 5_500_000

/** What a report means, chapter by chapter: the same for the page and for the sheet. */
export function chaptersOf(results: Results): Chapter[] {
  const measured = measuredOf(results)
  return [
    ...[village, city, nation].map(population => townChapter(population, measured)),
    { id: 'people', title: { key: 'people-title' }, sentences: pageSentences(measured) },
    { id: 'current', title: { key: 'current-title' }, sentences: currentSentences(measured) },
    { id: 'not', title: { key: 'not-title' }, sentences: notMeasured(results) },
    {
      id: 'assumed',
      title: { key: 'assumed-title' },
      sentences: [{ key: 'assumed-year' }, { key: 'assumed-busy' }, { key: 'assumed-pages' }],
    },
  ]
}

/** To two figures: nobody needs more of a reckoning, and more would say that it is sure. */
const about = (value: number) => Number(value.toPrecision(2))

function townChapter(population: number, measured: Measured): Chapter {
  const { requestsADay, secondsForADay, share, machines } = reckonTown(population, measured)
  const isNation = population === nation
  return {
    id: `town-${population}`,
    title: { key: isNation ? 'nation-title' : 'town-title', values: { people: population } },
    figures: [
      { value: requestsADay.toLocaleString('en'), label: 'town-figure-day' },
      ...(share === undefined
        ? []
        : [
            {
              value: share < 0.01 ? '<1%' : `${Math.ceil(share * 100)}%`,
              label: 'town-figure-share' as const,
            },
          ]),
      ...(machines === undefined
        ? []
        : [{ value: machines.toLocaleString('en'), label: 'town-figure-machines' as const }]),
    ],
    sentences: [
      { key: 'town-day', values: { count: requestsADay } },
      ...(secondsForADay === undefined ? [] : [whileTakenIn(secondsForADay)]),
      ...(share === undefined ? [] : [whileBusy(share)]),
      ...(machines === undefined
        ? [{ key: 'town-unknown' as const }]
        : [
            machines === 1
              ? { key: 'town-one' as const }
              : { key: 'town-machines' as const, values: { count: machines } },
          ]),
      ...(isNation ? [{ key: 'nation-note' as const }] : []),
    ],
  }
}

function whileTakenIn(seconds: number): Sentence {
  if (seconds < 1) return { key: 'town-moment' }
  if (seconds < 120) return { key: 'town-seconds', values: { count: Math.ceil(seconds) } }
  return { key: 'town-minutes', values: { count: Math.ceil(seconds / 60) } }
}

function whileBusy(share: number): Sentence {
  if (share < 0.01) return { key: 'town-idle' }
  if (share >= 1) return { key: 'town-over' }
  return { key: 'town-busy', values: { percent: Math.ceil(share * 100) } }
}

function signedInSentence({ people, ms }: NonNullable<Measured['signedIn']>): Sentence {
  return ms < 1000
    ? { key: 'people-signed-in', values: { people, ms: Math.ceil(ms) } }
    : { key: 'people-signed-in-slow', values: { people, seconds: Math.ceil(ms / 100) / 10 } }
}

function pageSentences(measured: Measured): Sentence[] {
  const { inboxMs, requestsInTown, signedIn, heaviestKb } = measured
  const atOnce = peopleAtOnce(measured)
  const sentences: Sentence[] = [
    ...(signedIn ? [signedInSentence(signedIn)] : []),
    ...(atOnce ? [{ key: 'people-at-once' as const, values: { count: about(atOnce) } }] : []),
    ...(inboxMs && requestsInTown
      ? [{ key: 'people-inbox' as const, values: { requests: requestsInTown, ms: Math.ceil(inboxMs) } }]
      : []),
    ...(heaviestKb
      ? [
          {
            key: 'people-weight' as const,
            values: { kb: Math.ceil(heaviestKb), tenths: about(slowSeconds(heaviestKb)) },
          },
        ]
      : []),
  ]
  return sentences.length > 0 ? sentences : [{ key: 'people-unknown' }]
}

function currentSentences({ faults, startMs }: Measured): Sentence[] {
  return [
    faults === undefined
      ? { key: 'current-unknown' }
      : faults.lost === 0
        ? { key: 'current-kept', values: { kills: faults.kills } }
        : { key: 'current-lost', values: faults },
    ...(startMs === undefined
      ? []
      : [{ key: 'current-start' as const, values: { count: Math.ceil(startMs / 1000) } }]),
    { key: 'current-again' },
  ]
}

function notMeasured({ parts }: Results): Sentence[] {
  const named = (key: MeasuredKey, of: readonly Outcome[]): Sentence[] => {
    const names = parts.flatMap(({ name, outcome }) => (of.includes(outcome) ? [name] : []))
    return names.length > 0 ? [{ key, parts: names }] : []
  }
  return [
    ...named('not-parts', ['left out']),
    ...named('not-ended', ['failed', 'cut off', 'lacking']),
    { key: 'not-network' },
    { key: 'not-people' },
  ]
}
