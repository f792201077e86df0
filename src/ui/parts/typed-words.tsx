import { useWords } from '../words.ts'
import { Pane, Stack } from './pane.tsx'

/** What was written in a form that is not shown again, so that nobody has to write it twice. */
export function TypedWords({ words }: { words: readonly string[] | undefined }) {
  const word = useWords()
  if (!words?.length) return null
  return (
    <div className="flash">
      <Pane id="typed-words" title={word('typed-words')} icon="doc">
        <Stack>
          <p className="sm mut">{word('typed-words-hint')}</p>
          {words.map(each => (
            <p className="written" key={each} dir="auto">
              {each}
            </p>
          ))}
        </Stack>
      </Pane>
    </div>
  )
}
