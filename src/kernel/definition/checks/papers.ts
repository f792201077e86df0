import type { Finding } from '../faults.ts'
import type { Capacity, Paper, ServiceDefinition } from '../model.ts'
import type { Search } from './cases/search.ts'

/** Kinds the town issues itself or reads in its own books: they stand under `known`. */
const ofTheTown: readonly string[] = [
  'dues-clearance',
  'dues-statement',
  'clearance',
  'building-licence',
  'crafts-licence',
  'site-plan',
  'town-contract',
  'town-receipt',
  'residence-certificate',
  'electricity-contract',
  'water-contract',
]

/** Papers that show in which capacity somebody acts, and the capacities they are asked of. */
const ofParties: Readonly<Record<string, readonly Capacity[]>> = {
  'power-of-attorney': ['agent', 'representative'],
  guardianship: ['guardian'],
  'inheritance-certificate': ['heir'],
  'partners-consent': ['partner'],
  lease: ['tenant'],
}
/** Without the paper anybody could act so for another. */
const needed: Partial<Record<Capacity, string>> = {
  agent: 'power-of-attorney',
  guardian: 'guardianship',
  heir: 'inheritance-certificate',
}

/** Papers asked twice, of the wrong party, or that the town has itself. */
export function checkPapers(definition: ServiceDefinition, search: Search): Finding[] {
  const { papers } = definition
  return [
    ...papers.flatMap((paper, p) => [
      ...checkTown(definition, paper, p),
      ...papers.slice(0, p).flatMap(other => checkTwice(paper, other, p, search)),
      ...checkParty(definition, paper, p, search),
    ]),
    ...checkProof(definition),
    ...checkAsking(definition),
  ]
}

const whens = (...papers: Paper[]): string[] => papers.flatMap(({ when }) => when ?? [])

function checkTown({ known }: ServiceDefinition, { id, kind }: Paper, p: number): Finding[] {
  if (known.some(other => other.id === kind || other.id === id)) {
    return [{ path: ['papers', p, 'kind'], code: 'paper-known', values: { kind } }]
  }
  return ofTheTown.includes(kind)
    ? [{ path: ['papers', p, 'kind'], code: 'paper-town-knows', values: { kind } }]
    : []
}

function checkTwice(paper: Paper, other: Paper, p: number, search: Search): Finding[] {
  if (paper.kind !== other.kind) return []
  const together = search.possible(whens(paper, other), [], new Set())
  const values = { kind: paper.kind, other: other.id }
  return together === true ? [{ path: ['papers', p, 'kind'], code: 'paper-twice', values }] : []
}

/** Asked by the capacity alone, a paper of one party must not be asked of another; an answer may well call for it. */
function checkParty({ applicants }: ServiceDefinition, paper: Paper, p: number, search: Search): Finding[] {
  const theirs = ofParties[paper.kind]
  if (!theirs) return []
  const names = paper.when === undefined ? [] : search.namesOf(paper.when)
  if (!names || names.some(name => name !== 'capacity' && name !== 'channel' && name !== 'today')) return []
  const strange = applicants
    .filter(capacity => !theirs.includes(capacity))
    .find(capacity => search.possible([...whens(paper), `capacity = "${capacity}"`], [], new Set()) === true)
  if (!strange) return []
  const path = ['papers', p, paper.when === undefined ? 'kind' : 'when']
  return [{ path, code: 'paper-wrong-party', values: { kind: paper.kind, capacity: strange } }]
}

function checkProof({ applicants, papers }: ServiceDefinition): Finding[] {
  return applicants.flatMap((capacity, i): Finding[] => {
    const kind = needed[capacity]
    if (kind === undefined || papers.some(paper => paper.kind === kind)) return []
    const values = { capacity }
    return [{ path: ['applicants', i], code: 'paper-party-unproven', values, severity: 'warning' }]
  })
}

/** Asking for papers leads nowhere where there are none to name. */
const checkAsking = ({ papers, steps }: ServiceDefinition): Finding[] =>
  papers.length > 0
    ? []
    : steps.flatMap((step, s): Finding[] => {
        const act = step.acts.indexOf('ask-papers')
        return act < 0 ? [] : [{ path: ['steps', s, 'acts', act], code: 'papers-none' }]
      })
