import { Button, Form, Pane, useTexts } from '../../../ui/index.ts'
import type { CopyFile } from './store.ts'
import { copyTexts } from './strings.ts'

const megabytes = (size: number) => Math.max(size / 1_048_576, 0.1).toFixed(1)

/** The files of an open copy, a button each. */
export function FileList({
  files,
  until,
  action,
}: {
  files: readonly CopyFile[]
  until: string | undefined
  action: (no: number) => string
}) {
  const t = useTexts(copyTexts)
  return (
    <Pane id="files" icon="dl" title={until}>
      <ul className="lines">
        {files.map(file => {
          const beside = files.filter(each => each.kind === file.kind)
          const part = beside.indexOf(file) + 1
          const many = beside.length > 1 && file.kind !== 'json'
          const name =
            many && file.kind !== 'json' ? t(`kind-${file.kind}-part`, { part }) : t(`kind-${file.kind}`)
          return (
            <li key={file.no}>
              <b>{name}</b>
              <small className="mut line-note">
                {t('size', { megabytes: megabytes(file.size) })}
                {file.downloads > 0 && ` · ${t('downloaded', { count: file.downloads })}`}
              </small>
              <Form action={action(file.no)}>
                <Button variant="quiet" icon="dl">
                  {t('download')} <span className="vh">{name}</span>
                </Button>
              </Form>
            </li>
          )
        })}
      </ul>
    </Pane>
  )
}
