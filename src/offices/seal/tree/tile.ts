/** Tiles of C2SP tlog-tiles: 256 neighbouring hashes of one level; the last of a level may hold fewer. */
export const tileWidth = 256
/** Levels that can hold anything at all with sizes a number can be exact about. */
export const mostLevel = 6

export type Tile = { level: number; index: number; width: number }

/** How many hashes a level holds in a tree of this size. */
export const heldAt = (level: number, size: number): number => Math.floor(size / tileWidth ** level)

/** The address of a tile below the log's own: `0/x001/x234/067.p/8`. */
export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) ?? []
  const named = groups.map((group, place) => (place < groups.length - 1 ? `x${group}` : group)).join('/')
  return `${level}/${named}${width === tileWidth ? '' : `.p/${width}`}`
}

/** Reads such an address; nothing for any other spelling. */
export function readTilePath(path: string): Tile | undefined {
  const [, level = '', groups = '', , width = '256'] =
    /^([0-6])\/((?:x[0-9]{3}\/){0,3}[0-9]{3})(\.p\/([1-9][0-9]{0,2}))?$/.exec(path) ?? []
  if (level === '') return undefined
  const tile = { level: Number(level), index: Number(groups.replace(/[x/]/g, '')), width: Number(width) }
  return tile.width <= tileWidth && tilePath(tile) === path ? tile : undefined
}
