/** Whether the parts a request needs answer now. */
export interface Readiness {
  add(name: string, check: () => Promise<unknown>): void
  /** From now on it is not ready, whatever answers: it was told to stop. */
  leave(): void
  /** The names of the parts that do not answer (within two seconds). */
  missing(): Promise<string[]>
}

export function createReadiness(patienceMs = 2000): Readiness {
  const checks = new Map<string, () => Promise<unknown>>()
  let leaving = false
  async function answers(check: () => Promise<unknown>): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<boolean>(resolve => {
      timer = setTimeout(resolve, patienceMs, false)
    })
    const fine = Promise.resolve()
      .then(check)
      .then(
        () => true,
        () => false,
      )
    return Promise.race([fine, late]).finally(() => clearTimeout(timer))
  }
  return {
    add: (name, check) => void checks.set(name, check),
    leave: () => {
      leaving = true
    },
    async missing() {
      if (leaving) return ['leaving']
      const results = await Promise.all(
        [...checks].map(async ([name, check]) => ((await answers(check)) ? undefined : name)),
      )
      return results.filter(name => name !== undefined)
    },
  }
}
