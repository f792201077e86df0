import { delegationsFrom } from '../../../src/offices/people/index.ts'
import { apiKeys, keysMadeBy } from '../../../src/offices/people/keys/store.ts'
import { providersOf } from '../../../src/offices/people/sign-on/providers.ts'
import { formsHandedTo, formsLeftBy } from '../../../src/offices/people/staffing/forms.ts'
import { allAppointments, findHuman, listStaff } from '../../../src/offices/people/staffing/list.ts'
import { openProposals, proposalsAbout } from '../../../src/offices/people/staffing/proposals.ts'
import { waysInOf } from '../../../src/offices/people/ways-in/mine.ts'
import { type BigTown, type Lists, today } from './town.ts'

/** Lists of the staff: who they are, what they hold, by what they come in. */
export function staffLists({ officer }: BigTown): Lists {
  const me = officer.staffId
  return {
    'the staff by name': tx => listStaff(tx, { left: false, today }),
    'the next of the staff by name': tx =>
      listStaff(tx, { left: false, today, after: { name: 'س', id: me } }),
    'those who left': tx => listStaff(tx, { left: true, today }),
    'everything somebody was appointed to': tx => allAppointments(tx, me),
    'one human by login or number': tx =>
      findHuman(tx, { idIndex: Buffer.alloc(32), login: 'rana', email: undefined }),
    'proposals that wait': openProposals,
    'proposals about somebody': tx => proposalsAbout(tx, me),
    'by what somebody comes in': tx => waysInOf(tx, me),
    'forms a leaver left': tx => formsLeftBy(tx, me),
    'forms handed to somebody': tx => formsHandedTo(tx, me),
    'work that is lent': tx => delegationsFrom(tx, today),
    'work lent by or to somebody': tx => delegationsFrom(tx, today, me),
    'the keys of programs': apiKeys,
    'keys somebody made': tx => keysMadeBy(tx, me),
    'the providers of single sign-on': providersOf,
  }
}
