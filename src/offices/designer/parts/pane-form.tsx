import { addresses } from '../../../lib/addresses.ts'
import {
  AddForm,
  Beside,
  Button,
  Fold,
  Form,
  Pane as Frame,
  LinkButton,
  OrderButtons,
  PickIn,
  PickInItem,
  SelectField,
  Stack,
  TextField,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { subjectsFor } from './desk.ts'
import type { Control } from './engine/control.ts'
import { ControlField, type Drawing } from './engine/fields.tsx'
import { tariffNames } from './panes/choices.ts'
import type { SubList } from './panes/model.ts'
import { openOf } from './panes/open.ts'
import { partTexts } from './strings.ts'
import type { View } from './view.ts'

/** Everything of one item, in one form; its own lists below. */
export function PaneForm({ view }: { view: View }) {
  const t = useTexts(partTexts)
  const { url, locale } = usePage()
  const { pane, read, desk, part, open } = view
  if (!pane) return null
  const { draft } = read
  const drawing: Drawing = {
    item: pane.item,
    typed: view.typed,
    faults: view.faults,
    why: view.why,
    subjects: subjectsFor(desk),
    tariffs: tariffNames(desk.content, locale),
    checkAt: url(addresses.designerFormula, { draft: draft.id }),
  }
  const usual = pane.controls.filter(control => !control.rare)
  const rare = pane.controls.filter(control => control.rare)
  const action = `${url(addresses.designerPart, { draft: draft.id, part })}#edit`
  const seldom = (list: SubList) => list.items.length === 0 && seldomLists.has(list.name)
  const shown = pane.lists.filter(list => !seldom(list))
  const unused = pane.lists.filter(seldom)
  const faulty = rare.some(control => view.faults.some(fault => fault.field.startsWith(control.name)))
  return (
    <Stack>
      <Frame
        id="edit"
        title={pane.title || t(pane.sort)}
        aside={pane.title ? t(pane.sort) : undefined}
        end={
          pane.order && (
            <LinkButton variant="plain" icon="x" href={parentOf(view, url)}>
              {t('pane-close')}
            </LinkButton>
          )
        }
      >
        <Form
          action={action}
          hidden={{ revision: String(draft.revision), open }}
          label={pane.title || t(pane.sort)}
        >
          <button className="vh" type="submit" name="do" value="save" tabIndex={-1} aria-hidden>
            {t('save')}
          </button>
          {grouped(usual).map(group => (
            <ControlGroup key={group[0]?.name} group={group} drawing={drawing} />
          ))}
          {(rare.length > 0 || (pane.order?.ids.length ?? 0) > 1) && (
            <Fold kind="rare" title={t('rare')} open={faulty}>
              {grouped(rare).map(group => (
                <ControlGroup key={group[0]?.name} group={group} drawing={drawing} />
              ))}
              <PlaceField view={view} />
            </Fold>
          )}
          {view.writable && (
            <div className="row">
              <Button name="do" value="save" icon="save" hotkey="Ctrl+Enter">
                {t('save')}
              </Button>
              {pane.removable && (
                <Button variant="stop" name="do" value="remove" icon="bin">
                  {t('remove')}
                </Button>
              )}
            </div>
          )}
        </Form>
      </Frame>
      {shown.map(list => (
        <SubListPane key={list.name} view={view} list={list} />
      ))}
      {unused.length > 0 && view.writable && (
        <Fold
          kind="rare"
          title={t('more-lists', {
            what: unused.map(list => t(list.title)).join(locale === 'ar' ? '، ' : ', '),
          })}
        >
          <Stack>
            {unused.map(list => (
              <SubListPane key={list.name} view={view} list={list} />
            ))}
          </Stack>
        </Fold>
      )}
    </Stack>
  )
}

/** Lists few steps have: behind one line while they are empty. */
const seldomLists = new Set(['proofs', 'next', 'officeWhen', 'ladder'])

/** Short controls in a row stand beside each other. */
function grouped(controls: readonly Control[]): Control[][] {
  const groups: Control[][] = []
  for (const control of controls) {
    const last = groups.at(-1)
    if (isShort(control) && last?.[0] && isShort(last[0])) last.push(control)
    else groups.push([control])
  }
  return groups
}

const isShort = ({ kind }: Control): boolean =>
  kind === 'one' || kind === 'number' || kind === 'amount' || kind === 'day'

function ControlGroup({ group, drawing }: { group: Control[]; drawing: Drawing }) {
  const fields = group.map(control => <ControlField key={control.name} control={control} drawing={drawing} />)
  return group.length > 1 ? <Beside>{fields}</Beside> : fields
}

/** Where the pane's item lies: closing it leads there. */
function parentOf({ read, part, open }: View, url: ReturnType<typeof usePage>['url']): string {
  const parts = open.split('/')
  const up =
    parts.length > 3 || (parts[0] === 'steps' && parts.length > 2) ? parts.slice(0, -2).join('/') : ''
  return url(addresses.designerPart, { draft: read.draft.id, part }, { open: up })
}

/** The keyboard's way of moving an item far: the place it shall have. */
function PlaceField({ view: { pane } }: { view: View }) {
  const t = useTexts(partTexts)
  const order = pane?.order
  if (!order || order.ids.length < 2) return null
  const at = order.ids.indexOf(pane?.path.at(-1) ?? '')
  const options = order.ids.flatMap((id, place) =>
    place === at
      ? []
      : [{ value: String(id), label: t('place-after', { what: order.labels[place] || String(place + 1) }) }],
  )
  return (
    <SelectField
      name="place"
      label={t('place')}
      value={at === 0 ? '^' : String(order.ids[at - 1])}
      none={t('place-keep')}
      options={[{ value: '^', label: t('place-first') }, ...options]}
      tight
    />
  )
}

/** What stands in an item: each opens in its own pane, and something new is named at the foot. */
export function SubListPane({ view, list }: { view: View; list: SubList }) {
  const t = useTexts(partTexts)
  const { url } = usePage()
  const { pane, read, part } = view
  if (!pane) return null
  const base = [...pane.path, list.name]
  const { draft } = read
  return (
    <Frame id={`list-${list.name}`} title={t(list.title)} level={3} pad={false}>
      {list.items.length > 0 && (
        <Form
          action={url(addresses.designerPart, { draft: draft.id, part })}
          hidden={{ revision: String(draft.revision), open: view.open, list: openOf(base) }}
          label={t(list.title)}
        >
          <PickIn label={t(list.title)}>
            {list.items.map((item, at) => (
              <PickInItem
                key={String(item.id)}
                id={String(item.id)}
                order={
                  view.writable && (
                    <OrderButtons
                      id={String(item.id)}
                      up={at > 0}
                      down={at < list.items.length - 1}
                      labels={{ up: t('up', { what: item.label }), down: t('down', { what: item.label }) }}
                    />
                  )
                }
              >
                <a
                  href={`${url(addresses.designerPart, { draft: draft.id, part }, { open: openOf([...base, item.id]) })}#edit`}
                >
                  {item.label || '…'}
                </a>
                {item.note && <small>{item.note}</small>}
              </PickInItem>
            ))}
          </PickIn>
        </Form>
      )}
      {view.writable && <NewItem view={view} list={list} base={openOf(base)} />}
    </Frame>
  )
}

/** Names something new: its words in both languages and, where there are several, its kind. */
export function NewItem({
  view,
  list,
  base,
  label,
  to,
}: {
  view: View
  list: Pick<SubList, 'name' | 'title' | 'kinds' | 'asks'>
  base: string
  label?: string
  /** What it is added to, where a page has several such forms. */
  to?: string | undefined
}) {
  const t = useTexts(partTexts)
  const { url } = usePage()
  const { read, part, open, typed, faults } = view
  const { draft } = read
  const mine = typed?.list === base && typed.do === 'add'
  const value = (name: string) => (mine ? String(typed?.[name] ?? '') : undefined)
  const fault = (name: string) => (mine ? faults.find(each => each.field === name) : undefined)
  return (
    <AddForm>
      <Form
        action={url(addresses.designerPart, { draft: draft.id, part })}
        hidden={{ revision: String(draft.revision), open, list: base, name: list.name }}
        label={to ? t('new-in', { what: t(`new-${list.name}`), to }) : t(`new-${list.name}`)}
      >
        <Beside>
          {list.asks === 'words' && (
            <TextField
              name="new.ar"
              label={label ?? t(`new-${list.name}`)}
              value={value('new.ar')}
              fault={fault('new.ar')}
              tight
            />
          )}
          {list.asks === 'words' && (
            <TextField name="new.en" label={t('in-english-short')} value={value('new.en')} ltr tight />
          )}
          {list.kinds && list.kinds.length > 0 && (
            <SelectField
              name="new.kind"
              label={t(`new-kind-${list.name === 'steps' || list.name === 'fields' ? list.name : 'other'}`)}
              options={list.kinds}
              value={value('new.kind') ?? list.kinds[0]?.value}
              width="full"
              tight
            />
          )}
          <div className="f tight">
            <Button variant="quiet" name="do" value="add" icon="plus">
              {t('add')}
            </Button>
          </div>
        </Beside>
      </Form>
    </AddForm>
  )
}
