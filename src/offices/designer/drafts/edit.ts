/**
 * Where something stands in a service: keys of mappings, ids of list items, and a number for items without an id (counted in the list with
 * its common parts written out).
 */
export type EditPath = readonly (string | number)[]

/**
 * One change of a service's text.
 * - `set`: the value at `path`, whether there was one or not.
 * - `remove`: a key or a list item, with the comment above it.
 * - `insert`: `value` as a new item of the list at `path`, before or after an item (at the end unless said).
 * - `move`: the item at `path`, before or after another of its list, or into the list `to`.
 * `expected` is what stood at `path` when the change was made; without it, what stood there in the revision it was made on.
 */
export type Edit =
  | { op: 'set'; path: EditPath; value: unknown; expected?: unknown }
  | { op: 'remove'; path: EditPath; expected?: unknown }
  | { op: 'insert'; path: EditPath; value: unknown; before?: string | number; after?: string | number }
  | { op: 'move'; path: EditPath; before?: string | number; after?: string | number; to?: EditPath }

/** A place two people changed: nothing was written, and both are shown. */
export type EditConflict = { path: EditPath; was: unknown; theirs: unknown; mine: unknown }
