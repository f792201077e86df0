/** Names of a note's fields. */
export const noteField = {
  document: 'note.document',
  page: 'note.page',
  place: 'note.place',
  x: 'note.x',
  y: 'note.y',
  text: 'note.text',
} as const

/** Where on a page, for who does not point: thousandths from the top left corner. */
export const places = {
  'top-right': [880, 80],
  top: [500, 80],
  'top-left': [120, 80],
  right: [880, 500],
  middle: [500, 500],
  left: [120, 500],
  'bottom-right': [880, 920],
  bottom: [500, 920],
  'bottom-left': [120, 920],
} as const
export type PlaceName = keyof typeof places
export const placeNames = Object.keys(places) as PlaceName[]
