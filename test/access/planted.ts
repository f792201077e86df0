/** Which hole is open just now: set around a knock, so that what the reference says is never said by a broken module. */
export const planted = { hole: undefined as string | undefined, wallLowered: false }

export const isOpen = (hole: string): boolean => planted.hole === hole

/** What is answered with a hole open; the reference is asked when it is shut again. */
export async function withHole<T>(hole: string, wallLowered: boolean, work: () => Promise<T>): Promise<T> {
  Object.assign(planted, { hole, wallLowered })
  try {
    return await work()
  } finally {
    Object.assign(planted, { hole: undefined, wallLowered: false })
  }
}
