/** Texts of whoever files for another. */
export const en = {
  title: 'If you file for somebody else, or in another capacity',
  lead: 'Write what stands on the paper that proves your capacity. We compare it with the copy you attach, and with the original at handover.',
  'principal-number': "The principal's identity number",
  'principal-family': 'Their family name, as on the card',
  number: 'Number of the paper',
  issuer: 'Issued by',
  issuedOn: 'Date',
  validUntil: 'In force until',
  share: 'Your share',
  'share-hint': 'As a fraction, such as 1/8',
} as const
