/** Leads the eye and the screen reader to what must be put right. */
export function focusFaults(): void {
  document.querySelector<HTMLElement>('[data-focus]')?.focus()
}

/** A second press of a slow button sends nothing twice. The server's key guards the same without script. */
export function guardSubmits(pending: () => Promise<void> | undefined): void {
  document.addEventListener('submit', event => {
    const form = event.target as HTMLFormElement
    if (form.dataset.guard === undefined || event.defaultPrevented) return
    if (form.dataset.sent) {
      event.preventDefault()
      return
    }
    const waiting = pending()
    if (waiting) {
      const { submitter } = event
      event.preventDefault()
      void waiting.then(() => form.requestSubmit(submitter))
      return
    }
    form.dataset.sent = 'yes'
    form.setAttribute('aria-busy', 'true')
  })
  // A page that comes back from the browser's memory may be sent again.
  addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll<HTMLFormElement>('form[data-sent]')) {
      delete form.dataset.sent
      form.removeAttribute('aria-busy')
    }
  })
}

const PAUSE = 2000

/** Keeps what is typed while it is typed: a power cut or a closed telephone loses two seconds of it. */
export function saveDrafts(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-autosave]')) {
    let timer = 0
    let dirty = false
    const save = () => {
      clearTimeout(timer)
      if (!dirty || form.dataset.sent) return
      dirty = false
      const body = new URLSearchParams()
      for (const [name, value] of new FormData(form)) {
        if (typeof value === 'string' && name !== '_key') body.append(name, value)
      }
      // A key of its own: the form's key belongs to its sending.
      body.append('_key', crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random()}`)
      fetch(form.dataset.autosave as string, {
        method: 'POST',
        body,
        keepalive: true,
        redirect: 'manual',
      }).catch(() => {
        dirty = true
      })
    }
    form.addEventListener('input', () => {
      dirty = true
      clearTimeout(timer)
      timer = setTimeout(save, PAUSE)
    })
    addEventListener('online', save)
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') save()
    })
  }
}

/** Fills the two numbers of a point on the ground from the telephone. */
export function locatePoints(): void {
  if (!navigator.geolocation) return
  for (const point of document.querySelectorAll<HTMLElement>('[data-point]')) {
    const button = point.querySelector<HTMLButtonElement>('[data-locate]')
    const status = point.querySelector<HTMLElement>('[data-locate-status]')
    if (!button || !status) continue
    button.hidden = false
    const fill = (role: string, value: number) => {
      const input = point.querySelector<HTMLInputElement>(`[data-role=${role}]`)
      if (input) {
        input.value = value.toFixed(6)
        input.dispatchEvent(new Event('input', { bubbles: true }))
      }
    }
    button.addEventListener('click', () => {
      button.disabled = true
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          fill('lat', coords.latitude)
          fill('lon', coords.longitude)
          status.textContent = status.dataset.done ?? ''
          button.disabled = false
        },
        () => {
          status.textContent = status.dataset.failed ?? ''
          button.disabled = false
        },
        { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
      )
    })
  }
}
