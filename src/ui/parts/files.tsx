import type { ReactNode } from 'react'
import { useWords } from '../words.ts'
import { Button } from './button.tsx'
import { useFaultText } from './fault.tsx'
import { controlAttributes, FieldNotes, type FieldProps, OptionalMark } from './field.tsx'
import { Icon } from './icon.tsx'
import { ProgressBar } from './note.tsx'
import { say } from './say.tsx'

/** The fate of one page that was sent. */
export type SentFile = {
  id: string
  title: ReactNode
  size?: ReactNode
  fate: 'arrived' | 'refused' | 'sending'
  /** 0 to 1 while it is sent. */
  share?: number | undefined
  thumbnail?: string | undefined
  href?: string | undefined
  /** What can be done with it: usually `Button`s named `replace` or `remove`. */
  action?: ReactNode
}

export type FileFieldProps = Omit<FieldProps, 'value'> & {
  files?: SentFile[] | undefined
  accept?: string | undefined
  multiple?: boolean | undefined
  /** A scan or a PDF rather than a photo: no camera. */
  noCamera?: boolean | undefined
  /** Where this paper's pages are sent in pieces; the form's own `upload` unless given. */
  upload?: string | undefined
  /** Words of the limit, such as 10 megabytes a page. */
  limit?: ReactNode
}

/* What the archive may say of a file that was sent by script, worded beforehand. */
const REFUSALS = [
  'file-empty',
  'file-too-large',
  'file-type-refused',
  'pdf-active-content',
  'pdf-unreadable',
  'image-unreadable',
  'image-too-large',
]

/**
 * A paper, page by page: the camera first, then a file. Without script both are plain file inputs and the form carries
 * them; with script photos shrink before they are sent and a broken sending goes on where it stopped.
 */
export function FileField({
  files = [],
  accept = 'image/*,.pdf',
  multiple,
  noCamera,
  upload,
  limit,
  ...field
}: FileFieldProps) {
  const word = useWords()
  const faultText = useFaultText()
  const faultWords = Object.fromEntries(
    REFUSALS.map(code => [code, faultText({ code, values: { max: '{max}' } })]),
  )
  const attributes = controlAttributes({ ...field, hint: field.hint ?? limit })
  const label = `${attributes.id}-label`
  return (
    // biome-ignore lint/a11y/useSemanticElements: a legend would not wrap beside the camera on old WebViews
    <div className={`f${field.fault ? ' bad' : ''}`} role="group" aria-labelledby={label}>
      <span className="lbl" id={label}>
        {say(field.label)}
        {field.optional && <OptionalMark />}
      </span>
      <FieldNotes {...field} hint={field.hint ?? limit} />
      <div className="cap" data-drop="" data-files={field.name} data-upload={upload}>
        <ul data-sent="">
          {files.map(file => (
            <FileRow key={file.id} file={file} />
          ))}
        </ul>
        <template>
          <li className="file">
            <Thumb />
            <div>
              <b data-file="name" /> <span className="mut sm nb" data-file="fate" />
              <ProgressBar share={0} />
              <span className="sm dim" data-file="note">
                {word('file-resumes')}
              </span>
            </div>
          </li>
        </template>
        <div className="row">
          {!noCamera && (
            <span className="pickfile">
              <input
                type="file"
                accept="image/*"
                capture="environment"
                name={field.name}
                id={`${attributes.id}-camera`}
                aria-labelledby={`${label} ${attributes.id}-camera-word`}
              />
              <label
                className="btn b2"
                htmlFor={`${attributes.id}-camera`}
                id={`${attributes.id}-camera-word`}
              >
                <Icon name="cam" />
                <span>{word('file-camera')}</span>
              </label>
            </span>
          )}
          <span className="pickfile">
            <input
              {...attributes}
              type="file"
              accept={accept}
              multiple={multiple}
              aria-labelledby={`${label} ${attributes.id}-word`}
            />
            <label
              className={noCamera ? 'btn b2' : 'btn b3'}
              htmlFor={attributes.id}
              id={`${attributes.id}-word`}
            >
              <Icon name="doc" />
              <span>{word('file-choose')}</span>
            </label>
          </span>
          <span className="sm dim only-drop">{word('file-drop')}</span>
        </div>
        <p
          className="sm mut chosen"
          role="status"
          data-chosen=""
          data-sending={word('file-sending')}
          data-arrived={word('file-arrived')}
          data-refused={word('file-refused')}
          data-offline={word('file-offline')}
          data-faults={JSON.stringify(faultWords)}
        />
      </div>
    </div>
  )
}

function FileRow({ file }: { file: SentFile }) {
  const word = useWords()
  const tone = { arrived: 'ok-c', refused: 'stop-c', sending: 'mut' }[file.fate]
  return (
    <li className="file">
      <Thumb src={file.thumbnail} refused={file.fate === 'refused'} />
      <div>
        <b>{file.href ? <a href={file.href}>{say(file.title)}</a> : say(file.title)}</b>{' '}
        <span className={`${tone} sm nb`}>{word(`file-${file.fate}`)}</span>
        {file.size && <span className="sm dim file-size">{say(file.size)}</span>}
        {file.fate === 'sending' && <ProgressBar share={file.share ?? 0} />}
      </div>
      {file.action}
    </li>
  )
}

function Thumb({ src, refused }: { src?: string | undefined; refused?: boolean | undefined }) {
  if (src) return <img className="thumb" src={src} alt="" />
  return (
    <svg className="thumb" viewBox="0 0 46 58" aria-hidden="true">
      {refused ? (
        <path className="thumb-no" d="m17 23 12 12m0-12-12 12" />
      ) : (
        <path
          className="thumb-lines"
          d="M8 9h30v2H8zM8 15h30v1.5H8zM8 20h30v1.5H8zM8 25h22v1.5H8zM8 33h30v1.5H8zM8 38h26v1.5H8z"
        />
      )}
    </svg>
  )
}

/** A button that acts on one sent file. */
export function FileAction({ name, value, children }: { name: string; value: string; children: ReactNode }) {
  return (
    <Button variant="plain" name={name} value={value} formNoValidate>
      {children}
    </Button>
  )
}
