import { aWord } from './marks.ts'

export type Hole = {
  hole: string
  who: string
  /** The addresses it is looked for at, by how they begin. */
  at: string[]
  find: 'marks' | 'rows'
}

/** The beginning of a name, as a completion asks for it. */
export const begun = aWord('a name').slice(0, 3)

/** Holes caught by a mark or a row where the reference says no. */
export const holes: Hole[] = [
  { hole: 'list', who: 'officer at works', at: ['/office/requests'], find: 'marks' },
  {
    hole: 'search',
    who: 'officer at works',
    at: [`/office/search?q=${encodeURIComponent(aWord('a name'))}`],
    find: 'marks',
  },
  {
    hole: 'autocomplete',
    who: 'head at works',
    at: [`/office/search?q=${encodeURIComponent(begun)}`],
    find: 'marks',
  },
  { hole: 'export', who: 'partner that filed nothing', at: ['/api/v1/requests'], find: 'marks' },
  { hole: 'file', who: 'stranger', at: ['/documents/'], find: 'marks' },
  { hole: 'relation', who: 'officer at electricity', at: ['/office/people/'], find: 'marks' },
  {
    hole: 'other-town',
    who: 'manager at works of another town, at this town’s door',
    at: ['/office/requests'],
    find: 'marks',
  },
  { hole: 'closed', who: 'closed out by name (mayor)', at: ['/office/requests'], find: 'marks' },
  { hole: 'complaint', who: 'complained about (manager)', at: ['/office/complaints'], find: 'marks' },
  { hole: 'mandate', who: 'agent, in the owner’s place', at: ['/my/dues'], find: 'marks' },
  { hole: 'scope', who: 'partner', at: ['/api/v1/requests'], find: 'marks' },
  { hole: 'cache', who: 'owner', at: ['/my/requests'], find: 'marks' },
  { hole: 'gate', who: 'officer at works', at: ['/counter/people/', '/office/people/'], find: 'marks' },
  { hole: 'ownership', who: 'stranger', at: ['/my/drafts/'], find: 'rows' },
]
/** Holes that show nothing of anybody, and are caught by comparing. */
export const byComparison = [
  { hole: 'count', who: 'officer at electricity', at: '/office' },
  { hole: 'sort', who: 'owner', at: '/my/requests' },
]

/** All that are planted, those of other files too. */
export const everyHole = [...[...holes, ...byComparison].map(({ hole }) => hole), 'existence', 'live']
