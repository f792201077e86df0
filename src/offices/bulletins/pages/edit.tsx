import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import { FileTooLarge } from '../../../platform/files/index.ts'
import { Crumbs, Head, Row, SelectLinks, Stack, StaffLayout } from '../../../ui/index.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, idParam, read, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { priceOfPart, townWords } from '../../messaging/index.ts'
import { changeBulletin, type NewFile, writeBulletin } from '../acts.ts'
import { isNoTable, lookAtNumbers } from '../audience/file.ts'
import { asTyped, inWords, readBulletin, type TypedBulletin, typedBulletin } from '../form.ts'
import { type Bulletin, mostFileMegabytes } from '../model.ts'
import { feedersOf, getBulletin } from '../store.ts'
import { bulletinText } from '../strings.ts'
import { told } from '../told.ts'
import { BulletinForm } from './form.tsx'

const empty: TypedBulletin = {
  title: '',
  kind: 'awareness',
  body: '',
  quarters: [],
  feeders: [],
  accountKinds: [],
  debt: '',
  overdue: false,
  verified: false,
  numbers: 'add',
  dropFile: false,
  expiresDays: '3',
  dailyParts: '',
}

/** Words that are ready to begin with, as the town has them now. */
async function readyWords(call: Call, asked: string | undefined): Promise<Partial<TypedBulletin>> {
  if (asked !== 'bill' && asked !== 'reminder') return {}
  const words = await readyOf(call, asked)
  return { kind: asked, body: inWords(words.body) }
}

const readyOf = (call: Call, kind: 'bill' | 'reminder') =>
  read(call, async tx => {
    const { key, body } = told[kind]
    const own = (await townWords(tx, call.house)).find(key, tx.now)
    return {
      key,
      version: own?.version ?? 1,
      from: own ? ('town' as const) : ('given' as const),
      body: own?.body ?? body,
    }
  })

/** GET: the form of a new bulletin, empty or with ready words. */
export async function showNew(call: Call): Promise<Response> {
  return show(call, undefined, { ...empty, ...(await readyWords(call, call.query.words)) })
}

/** GET: a bulletin to be changed before it is let go. */
export async function showEdit(call: Call): Promise<Response> {
  const bulletin = await read(call, tx => getBulletin(tx, idParam(call, 'bulletin')))
  return show(call, bulletin, asTyped(bulletin))
}

async function show(
  call: Call,
  bulletin: Bulletin | undefined,
  typed: TypedBulletin,
  faults?: Fault[],
): Promise<Response> {
  const { feeders, price } = await read(call, async tx => ({
    feeders: await feedersOf(tx),
    price: await priceOfPart(tx),
  }))
  const say = (key: Parameters<typeof bulletinText>[1]) => bulletinText(call.locale, key)
  const title = say(bulletin ? 'form-edit' : 'form-new')
  const ready = (['bill', 'reminder'] as const).map(kind => ({
    label: say(`ready-${kind}`),
    href: url(call, addresses.bulletinNew, {}, { words: kind }),
    current: call.query.words === kind,
  }))
  return showPage(
    call,
    <StaffLayout title={title} faults={faults}>
      <Crumbs links={[{ label: say('crumb'), href: url(call, addresses.bulletins) }]} />
      <Head title={title} sub={say('form-sub')} />
      <Stack>
        {!bulletin && (
          <Row>
            <SelectLinks label={say('ready')} links={ready} />
          </Row>
        )}
        <BulletinForm
          view={{
            bulletin,
            typed,
            faults,
            feeders,
            price,
            quarters: [...new Set([...(call.town.profile.quarters ?? []), ...typed.quarters])],
          }}
        />
      </Stack>
    </StaffLayout>,
    faults ? 422 : 200,
  )
}

/** POST: writes a bulletin, or writes it anew; its list is gathered at once. */
export async function save(call: Call): Promise<Response> {
  const id = call.params.bulletin === undefined ? undefined : idParam(call, 'bulletin')
  const before = id === undefined ? undefined : await read(call, tx => getBulletin(tx, id))
  const typed = typedBulletin(call)
  const uploaded = await takeFile(call)
  const kept = before?.file && !typed.dropFile
  const asked = readBulletin(typed, uploaded.file !== undefined || kept === true)
  const faults = [...(uploaded.fault ? [uploaded.fault] : []), ...(asked.ok ? [] : asked.faults)]
  if (!asked.ok || faults.length > 0) return show(call, before, typed, faults)
  const by = actorKey(call.visitor.actor)
  const template = await templateOf(call, asked.value)
  const input = { ...asked.value, template, file: uploaded.file ?? (typed.dropFile ? null : undefined) }
  const answer = await write(call, async tx => {
    if (id !== undefined) await changeBulletin(tx, id, input, by)
    const bulletin = id ?? (await writeBulletin(tx, input, by))
    return { redirect: url(call, addresses.bulletin, { bulletin }) }
  })
  flash(call, { text: bulletinText(call.locale, 'saved') })
  return answer
}

/** Whose words it carries where they were taken over as they are. */
async function templateOf(call: Call, { kind, body }: Pick<Bulletin, 'kind' | 'body'>) {
  if (kind !== 'bill' && kind !== 'reminder') return undefined
  const { body: ready, ...template } = await readyOf(call, kind)
  return ready === body ? template : undefined
}

/** The file of numbers that came with the form, kept and looked at. */
async function takeFile(call: Call): Promise<{ file?: NewFile; fault?: Fault }> {
  const [file] = call.files.file ?? []
  if (!file || (file.size === 0 && file.name === '')) return {}
  const wrong = (code: string): { fault: Fault } => ({
    fault: { field: 'file', code, values: { max: mostFileMegabytes } },
  })
  if (file.size === 0) return wrong('file-empty')
  const head = Buffer.from(await file.slice(0, 4).arrayBuffer())
  if (head.toString('latin1').startsWith('PK') || head.toString('hex') === 'd0cf11e0')
    return wrong('file-not-csv')
  const bytes = () => file.stream() as unknown as AsyncIterable<Uint8Array>
  try {
    const { columns, column } = await lookAtNumbers(bytes())
    if (column === undefined) return wrong('numbers-missing')
    const limit = mostFileMegabytes * 1024 * 1024
    const stored = await call.house.files.put(call.town.id, bytes(), { limit })
    return { file: { name: file.name.slice(0, 200), stored, columns: columns.slice(0, 100), column } }
  } catch (error) {
    if (error instanceof FileTooLarge) return wrong('file-too-large')
    if (isNoTable(error)) return wrong('file-not-csv')
    throw error
  }
}
