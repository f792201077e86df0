import type { IconName } from '../icons.tsx'
import { usePage } from '../page.ts'
import { useWords } from '../words.ts'
import { Icon } from './icon.tsx'
import { say } from './say.tsx'

/** Where a request stands. */
export type StateId =
  | 'submitted'
  | 'awaiting-fee'
  | 'in-process'
  | 'awaiting-papers'
  | 'awaiting-outside'
  | 'awaiting-answer'
  | 'in-review'
  | 'done'
  | 'rejected'
  | 'withdrawn'

type StateLook = { icon: IconName; tone: string; pip: string }

/** Colour says whose turn it is: ours is glass, yours honey and sumac, another body's fig, done is olive. */
export const stateLooks: Record<StateId, StateLook> = {
  submitted: { icon: 'dot', tone: 'st', pip: 'c' },
  'awaiting-fee': { icon: 'cash', tone: 'st st-fee', pip: 'h' },
  'in-process': { icon: 'half', tone: 'st', pip: 'c' },
  'awaiting-papers': { icon: 'gap', tone: 'st st-stop', pip: 'x' },
  'awaiting-outside': { icon: 'out', tone: 'st st-out', pip: 'o' },
  'awaiting-answer': { icon: 'chat', tone: 'st st-fee', pip: 'h' },
  'in-review': { icon: 'lens', tone: 'st', pip: 'c' },
  done: { icon: 'ok', tone: 'st st-done', pip: 'd' },
  rejected: { icon: 'no', tone: 'st st-no', pip: 'x' },
  withdrawn: { icon: 'no', tone: 'st st-no', pip: 'n' },
}

/** The state of a request: picture, word and colour, never colour alone. */
export function StateBadge({ state, bare }: { state: StateId; bare?: boolean | undefined }) {
  const word = useWords()
  const look = stateLooks[state]
  return (
    <span className={bare ? `${look.tone} lone` : look.tone}>
      <Icon name={look.icon} />
      {word(`state-${state}`)}
    </span>
  )
}

/** Thin progress of a request: a nuqta for each step, and the words that say the same. */
export function Pips({ step, of, state }: { step: number; of: number; state: StateId }) {
  const word = useWords()
  const at = state === 'done' ? of + 1 : step
  return (
    <span className="pips-line">
      <span className="pips" aria-hidden="true">
        {Array.from({ length: of }, (_, place) => (
          <i
            key={String(place)}
            className={place + 1 < at ? 'd' : place + 1 === at ? stateLooks[state].pip : ''}
          />
        ))}
      </span>
      {state !== 'done' && <span>{say(word('step-of', { step, of }))}</span>}
    </span>
  )
}

/** How a clock stands: `fine` in time, `near` its end, `late`, or `held` while another must act. */
export type ClockState =
  | { kind: 'fine' | 'near'; remaining: number; total: number; unit: 'days' | 'hours' | 'minutes' }
  | { kind: 'late'; over: number; unit: 'days' | 'hours' | 'minutes' }
  | { kind: 'held' }

const AROUND = 2 * Math.PI * 8

/** The promise kept so far: a ring of what is left, and words. `children` replaces the words. */
export function Clock({ clock, children }: { clock: ClockState; children?: string | undefined }) {
  const text = useClockWords()
  return (
    <span className={`due ${clock.kind}`}>
      {clock.kind === 'late' ? (
        <Icon name="warn" />
      ) : clock.kind === 'held' ? (
        <Icon name="pause" />
      ) : (
        <Ring clock={clock} />
      )}
      <span>{say(children ?? text(clock))}</span>
    </span>
  )
}

function Ring({ clock }: { clock: { remaining: number; total: number } }) {
  const { dir } = usePage()
  const share = Math.min(1, Math.max(0.06, clock.total > 0 ? clock.remaining / clock.total : 0))
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className={dir === 'ltr' ? 'ring-ltr' : undefined}>
      <circle cx="10" cy="10" r="8" />
      <circle className="a" cx="10" cy="10" r="8" strokeDasharray={`${(share * AROUND).toFixed(1)} 50.3`} />
    </svg>
  )
}

/** Words of a clock: «3 أيام», «تنتهي اليوم», «تأخر يومين», «متوقفة». */
function useClockWords(): (clock: ClockState) => string {
  const word = useWords()
  return clock => {
    if (clock.kind === 'held') return word('clock-held')
    if (clock.kind === 'late') return word(`clock-late-${clock.unit}`, { count: clock.over })
    if (clock.unit === 'days' && clock.remaining < 1) return word('clock-today')
    return word(`clock-left-${clock.unit}`, { count: clock.remaining })
  }
}
