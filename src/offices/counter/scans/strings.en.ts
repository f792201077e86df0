/** Texts of the scanner's folder. */
export const en = {
  'take-last': 'Take the last scan: {name}, {at}',
  'take-last-pages': 'Take the last scan: {name}, {count, plural, one {one page} other {# pages}}',
  waiting: '{count} files wait at the scanner.',
  refused: '“{name}” from the scanner was not taken.',
  'scan-taken': 'This scan has been attached already. Take the next one.',
} as const
