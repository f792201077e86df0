import { type AccessName, type Actor, may } from '../kernel/access/index.ts'
import { type Address, addresses } from '../lib/addresses.ts'

const homes: readonly { address: Address; may: AccessName }[] = [
  { address: addresses.floor, may: 'floor.read' },
  { address: addresses.today, may: 'today.read' },
  { address: addresses.inbox, may: 'request.act' },
  { address: addresses.officeRequests, may: 'request.read' },
  { address: addresses.designer, may: 'catalogue.write' },
]

/** Where one of the staff starts: their tasks, the requests they may read, or the settings, which all of them may read. */
export const staffHome = (actor: Actor): Address =>
  homes.find(home => may(actor, home.may))?.address ?? addresses.manage
