import { useWords } from '../words.ts'
import { Icon } from './icon.tsx'
import { Key } from './keys.tsx'
import { say } from './say.tsx'

export type ScanControlProps = {
  /** Name of the files in the form. */
  name: string
  id: string
  /** Where this paper is sent; the rest of the form goes along. */
  action: string
  /** Whose paper it is, for who cannot see where the button stands. */
  label: string
  /** The scan that comes next has the page's one key for it. */
  hotkey?: string | undefined
  again?: boolean | undefined
  accept?: string | undefined
  faulty?: boolean | undefined
}

/** One paper of a list, taken from the scanner or the disk, or on a telephone by its camera. With script choosing it sends it; without, the button beside it does. */
export function ScanControl(props: ScanControlProps) {
  const { name, id, action, label, hotkey, again, accept = 'image/*,.pdf,.heic,.tif,.tiff', faulty } = props
  const word = useWords()
  return (
    <span className="scan" data-drop="">
      <span className="pickfile">
        <input
          type="file"
          id={id}
          name={name}
          accept={accept}
          multiple
          aria-label={label}
          aria-invalid={faulty ? true : undefined}
          data-sends={`${id}-send`}
        />
        <label className={again ? 'btn b3' : 'btn b2'} htmlFor={id} data-key={hotkey}>
          <Icon name={again ? 'plus' : 'scan'} />
          <span>{say(word(again ? 'scan-more' : 'scan'))}</span>
          {hotkey && <Key code={hotkey} />}
        </label>
      </span>
      <span className="pickfile cam">
        <input
          type="file"
          id={`${id}-camera`}
          name={name}
          accept="image/*"
          capture="environment"
          aria-label={`${word('file-camera')}: ${label}`}
          data-sends={`${id}-send`}
        />
        <label className="btn b3" htmlFor={`${id}-camera`}>
          <Icon name="cam" />
          <span>{say(word('file-camera'))}</span>
        </label>
      </span>
      <button className="btn b3 no-js" id={`${id}-send`} type="submit" formAction={action}>
        {word('scan-send')}
      </button>
    </span>
  )
}
