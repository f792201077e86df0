import qrcode from 'qrcode'

/** A square code as an SVG of one path, its quiet margin completed by the white of the sheet. */
export function qrSvg(text: string): string {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' })
  const side = modules.size + 4
  let d = ''
  for (let y = 0; y < modules.size; y += 1) {
    for (let x = 0; x < modules.size; x += 1) {
      if (!modules.get(y, x)) continue
      let end = x
      while (end < modules.size && modules.get(y, end)) end += 1
      d += `M${x + 2} ${y + 2}h${end - x}v1h${x - end}z`
      x = end
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path d="${d}"/></svg>`
}
