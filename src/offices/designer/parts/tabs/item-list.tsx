import { addresses } from '../../../../lib/addresses.ts'
import { Form, OrderButtons, Pane, PickIn, PickInItem, usePage, useTexts } from '../../../../ui/index.ts'
import { valueAt } from '../engine/edits.ts'
import { said } from '../panes/model.ts'
import { pathOf } from '../panes/open.ts'
import { partTexts } from '../strings.ts'
import type { View } from '../view.ts'

type Loose = {
  id?: string
  label?: { ar?: string }
  name?: { ar?: string }
  title?: { ar?: string }
  words?: { ar?: string }
  what?: { ar?: string }
}
type Props = {
  view: View
  list: string
  title: string
  note?: (item: never) => string
  level?: 2 | 3
  empty?: string
  end?: React.ReactNode
}

/** A list of a service beside what is opened of it: links, the buttons of order, and the handle to drag by. */
export function ItemList({ view, list, title, note, level = 3, empty, end }: Props) {
  const t = useTexts(partTexts)
  const { url, locale } = usePage()
  const { read, part, open, writable } = view
  const { draft, content } = read
  const items = (valueAt(content, pathOf(list)) ?? []) as Loose[]
  const words = (item: Loose) =>
    said(item.label ?? item.name ?? item.title ?? item.words ?? item.what, locale, item.id ?? '…')
  return (
    <Pane id={`all-${list.replaceAll('/', '-')}`} title={title} level={level} pad={false} end={end}>
      {items.length === 0 && empty && <p className="pad sm mut">{empty}</p>}
      {items.length > 0 && (
        <Form
          action={url(addresses.designerPart, { draft: draft.id, part })}
          hidden={{ revision: String(draft.revision), open, list }}
          label={title}
        >
          <PickIn label={title}>
            {items.map((item, at) => {
              const id = String(item.id ?? at)
              const here = `${list}/${id}`
              return (
                <PickInItem
                  key={id}
                  id={id}
                  on={open === here || open.startsWith(`${here}/`)}
                  order={
                    writable && (
                      <OrderButtons
                        id={id}
                        up={at > 0}
                        down={at < items.length - 1}
                        labels={{
                          up: t('up', { what: words(item) }),
                          down: t('down', { what: words(item) }),
                        }}
                      />
                    )
                  }
                >
                  <a
                    href={`${url(addresses.designerPart, { draft: draft.id, part }, { open: here })}#edit`}
                    aria-current={open === here ? 'true' : undefined}
                  >
                    {words(item)}
                  </a>
                  {note && <small>{note(item as never)}</small>}
                </PickInItem>
              )
            })}
          </PickIn>
        </Form>
      )}
    </Pane>
  )
}
