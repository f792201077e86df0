/** Texts of the counter's settings. */
export const en = {
  title: 'Settings of the counter',
  confirmation: "The applicant's confirmation",
  'confirmation-why':
    'Before a request is filed at the counter the applicant confirms what was typed: it is read out, shown on the screen, signed, or confirmed by a code.',
  required: 'No request is filed at the counter before the applicant has confirmed it',
  decision: 'Number of the decision',
  save: 'Save',
  saved: 'The setting is saved and holds from today.',
  scans: 'Folders of the scanners',
  'scans-why':
    'Each window has a folder by its number. Let the scanner write there: the last scan comes up under F6 for whoever sits at the window.',
  'scans-where': 'Folder',
} as const
