import { confirmationsOf, doubtsOf } from '../../../src/offices/catalogue/confirm/store.ts'
import { catalogueOf, paceOf } from '../../../src/offices/catalogue/index.ts'
import { changesOf as draftChanges, openDrafts } from '../../../src/offices/designer/drafts/store.ts'
import { touchedBy } from '../../../src/offices/designer/fees/touched.ts'
import { wordsOf as draftWords } from '../../../src/offices/designer/review/store.ts'
import { type BigTown, type Lists, zone } from './town.ts'

/** Lists of the catalogue, and services being written. */
export const servicesLists = ({ person }: BigTown): Lists => ({
  'how long requests of a service took lately': tx => paceOf(tx, 'ADM-01'),
  'what the town confirmed of services': confirmationsOf,
  'what the town is still to confirm of services': doubtsOf,
  'services being written': tx => openDrafts(tx),
  'what was written in a draft of a service': tx => draftChanges(tx, person, 50),
  'what was said of a draft of a service': tx => draftWords(tx, person),
  'open requests an amount would touch': tx =>
    touchedBy(tx, { key: 'applicationFee', from: '2027-01-01', timeZone: zone }),
  'the catalogue': catalogueOf,
})
