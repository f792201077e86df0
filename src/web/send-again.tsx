import { Button } from '../ui/parts/button.tsx'
import { Note } from '../ui/parts/note.tsx'
import { Stack } from '../ui/parts/pane.tsx'
import type { Call, Typed } from './call.ts'
import { doorText } from './strings.ts'

/** What was typed, but for what nobody keeps: secrets, and the key, which belongs to one sending. */
export function withoutSecrets({ _key, pin, password, again, code, passkey, ...typed }: Typed): Typed {
  return typed
}

export function TypedFields({ typed }: { typed: Typed }) {
  return Object.entries(typed).flatMap(([name, value]) =>
    [value].flat().map(each => <input key={`${name}=${each}`} type="hidden" name={name} value={each} />),
  )
}

/**
 * A form that could not be taken in, as it was typed, under the key it had: whether the first sending was written down before the trouble or
 * not, it is done once. Files are not part of a page; the browser's way back still has them.
 */
export function SendAgain({ call }: { call: Call }) {
  const { _key } = call.typed
  const hadFiles = Object.values(call.files)
    .flat()
    .some(({ size }) => size > 0)
  return (
    <div className="mt">
      <Stack>
        <Note tone="honey" icon={hadFiles ? 'doc' : undefined}>
          {doorText(call.locale, hadFiles ? 'again-files' : 'again-kept')}
        </Note>
        {!hadFiles && (
          <form action={call.town.prefix + call.here} method="post" noValidate data-guard="">
            {typeof _key === 'string' && <input type="hidden" name="_key" value={_key} />}
            <TypedFields typed={withoutSecrets(call.typed)} />
            <Button big>{doorText(call.locale, 'again-send')}</Button>
          </form>
        )}
      </Stack>
    </div>
  )
}
