/** Which hole is open just now: set around a knock, so that what the reference says is never said by a broken module. */
export const planted = { hole: undefined as string | undefined, wallLowered: false }

export const isOpen = (hole: string): boolean => planted.hole === hole
