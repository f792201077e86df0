/** Regions that show how a thing stands are fetched again after a while, while somebody looks and is not in the middle of them. */
export function refreshOften(): void {
  for (const region of document.querySelectorAll<HTMLElement>('[data-live-every]')) {
    const name = region.dataset.live
    setInterval(async () => {
      if (document.hidden || region.contains(document.activeElement)) return
      const answer = await fetch(location.href).catch(() => undefined)
      if (!answer?.ok) return
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const next = fresh.querySelector(`[data-live="${name}"]`)
      if (next) region.replaceChildren(...next.childNodes)
    }, Number(region.dataset.liveEvery) * 1000)
  }
}
