/**
 * Whether a provider is given messages. `up`: as many as it takes; `down`: none, until a probe answers; `trial`: one at a time, until one of
 * them is answered. Instants are in milliseconds.
 */
export type Circuit = {
  readonly state: 'up' | 'down' | 'trial'
  readonly since: number
  readonly reason: string | undefined
  /** When a provider that is down is probed next. */
  readonly probeAt: number
  /** A provider that asked for patience gets nothing before this instant. */
  readonly quietUntil: number
  /** How often in a row it asked for patience. */
  readonly throttled: number
}

/** What was learnt of a provider: an answer of whatever kind, a refusal of everything, an answer that never came, a plea for patience, a probe. */
export type Sign =
  | { sign: 'answered' }
  | { sign: 'refused'; reason: string }
  | { sign: 'lost'; reason: string }
  | { sign: 'throttled' }
  | { sign: 'probe'; up: boolean; reason?: string | undefined }

const probeEveryMs = 5_000
/** The first lost answer may be an accident, so its provider is asked at once; each of those that follow costs a message that stays uncertain. */
const afterLostMs = { first: 500, again: 8_000 }
const patienceMs = { first: 500, most: 8_000 }

export const newCircuit = (now: number): Circuit => ({
  state: 'up',
  since: now,
  reason: undefined,
  probeAt: now,
  quietUntil: now,
  throttled: 0,
})

/** The circuit after a sign. */
export function afterSign(circuit: Circuit, sign: Sign, now: number): Circuit {
  const down = (reason: string, probeAt: number): Circuit => {
    if (circuit.state === 'down') return { ...circuit, probeAt: Math.max(circuit.probeAt, probeAt) }
    return { ...circuit, state: 'down', since: now, reason, probeAt }
  }
  switch (sign.sign) {
    case 'answered':
      // Answers to what was handed over before it went down say nothing of now.
      if (circuit.state === 'trial') return newCircuit(now)
      return circuit.throttled === 0 ? circuit : { ...circuit, throttled: 0 }
    case 'refused':
      return down(sign.reason, now + probeEveryMs)
    case 'lost':
      return down(sign.reason, now + (circuit.state === 'trial' ? afterLostMs.again : afterLostMs.first))
    case 'throttled': {
      if (now < circuit.quietUntil) return circuit
      const quietUntil = now + Math.min(patienceMs.most, patienceMs.first * 2 ** circuit.throttled)
      return { ...circuit, quietUntil, throttled: circuit.throttled + 1 }
    }
    case 'probe':
      if (circuit.state !== 'down') return circuit
      if (sign.up) return { ...circuit, state: 'trial' }
      return { ...circuit, reason: sign.reason ?? circuit.reason, probeAt: now + probeEveryMs }
  }
}

/** How many messages a provider may be given now, of so many it has under way and so many it takes at once. */
export function roomOf(circuit: Circuit, underWay: number, window: number, now: number): number {
  if (circuit.state === 'down' || now < circuit.quietUntil) return 0
  return Math.max(0, (circuit.state === 'trial' ? 1 : window) - underWay)
}
