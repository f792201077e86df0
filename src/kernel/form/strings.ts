import { texts } from '../../lib/texts.ts'

/** Words a frozen answer needs of its own. */
export const strings = texts({
  ar: {
    yes: 'نعم',
    no: 'لا',
    and: '، ',
    block: 'حوض {value}',
    quarter: '{value}',
    parcel: 'قطعة {value}',
    landmark: '{value}',
    nationalId: 'هوية {value}',
    row: '{label} {number}',
  },
  en: {
    yes: 'Yes',
    no: 'No',
    and: ', ',
    block: 'block {value}',
    quarter: '{value}',
    parcel: 'parcel {value}',
    landmark: '{value}',
    nationalId: 'ID {value}',
    row: '{label} {number}',
  },
})
