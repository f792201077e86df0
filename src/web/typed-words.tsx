import { Pane, Stack } from '../ui/parts/pane.tsx'
import type { Call, Typed } from './call.ts'
import { withoutSecrets } from './send-again.tsx'
import { doorText } from './strings.ts'

/** Three words at the least: what somebody wrote, and no id, number or name. Looks at each sign once, however long the text. */
const isProse = (text: string): boolean =>
  text
    .slice(0, 2_000)
    .split(/\s+/)
    .filter(word => /\p{L}/u.test(word)).length >= 3
/** What a form carries for itself (its key, what was shown when it was opened), and secrets by other names. */
const neverShown = /^_|\.was$|secret|pass|token|key/i

/** What somebody wrote in sentences, each once; secrets are no part of it. */
export const sentencesOf = (typed: Typed): string[] => [
  ...new Set(
    Object.entries(withoutSecrets(typed))
      .filter(([name]) => !neverShown.test(name))
      .flatMap(([, value]) => value)
      .map(value => value.trim())
      .filter(isProse),
  ),
]

/** What was written in a form that cannot be shown again, so that nobody has to write it twice. */
export function TypedWords({ call }: { call: Call }) {
  const written = sentencesOf(call.typed)
  if (written.length === 0) return null
  return (
    <div className="mt">
      <Pane id="typed-words" title={doorText(call.locale, 'typed-words')} icon="doc">
        <Stack>
          <p className="sm mut">{doorText(call.locale, 'typed-words-hint')}</p>
          {written.map(each => (
            <p className="written" key={each} dir="auto">
              {each}
            </p>
          ))}
        </Stack>
      </Pane>
    </div>
  )
}
