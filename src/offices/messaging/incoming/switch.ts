import { type Asked, type MessageKind, optionalKinds } from '../../../kernel/messages/index.ts'
import type { Write } from '../../../platform/database/index.ts'
import { kindsByConsent } from '../numbers/consent.ts'
import { optIn, optOut } from '../numbers/opt-out.ts'
import { type Worded, worded } from '../templates/registry.ts'
import type { Desk, Heard } from './model.ts'
import { ar } from './strings.ar.ts'
import { told } from './told.ts'

/** What «إيقاف» alone stops: what is said to many. What is said of one's own requests goes on, unless that is named. */
const saidToMany: readonly MessageKind[] = ['awareness', 'bill', 'reminder', 'survey']

const named: readonly [MessageKind, string][] = [
  ['step', ar['kind-step']],
  ['thread', ar['kind-thread']],
  ['bill', ar['kind-bill']],
  ['reminder', ar['kind-reminder']],
  ['survey', ar['kind-survey']],
  ['awareness', ar['kind-awareness']],
]

type Switch = Extract<Asked, { is: 'stop' | 'start' }>
/** «إيقاف» and «تشغيل», for the telephone that says so, whoever else uses it. Never of legal notices, codes and what concerns safety. */
export async function hearSwitch(
  tx: Write,
  { house }: Desk,
  { index, personId }: Pick<Heard, 'index' | 'personId'>,
  { is, kinds }: Switch,
): Promise<Worded> {
  const said = kinds === 'all' ? optionalKinds : (kinds ?? (is === 'stop' ? saidToMany : optionalKinds))
  // What needs somebody's own word to a text is not begun by a word on the telephone; stopping it is always enough.
  const answered = is === 'start' ? await kindsByConsent(tx) : new Set()
  const meant = said.filter(kind => !answered.has(kind))
  const list = named.flatMap(([kind, name]) => (meant.includes(kind) ? [name] : [])).join('، ')
  const wish = { to: [index], kinds: meant, way: 'sms', personId } as const
  const by = personId === undefined ? { kind: 'anonymous', id: 'sms' } : { kind: 'citizen', id: personId }
  await (is === 'stop' ? optOut : optIn)(tx, wish, by)
  if (is === 'start') return worded(tx, house, told.started, { list })
  const whole = kinds !== undefined
  return worded(tx, house, whole ? told.stopped : told.stoppedSome, { list })
}
