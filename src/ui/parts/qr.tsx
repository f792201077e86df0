import qrcode from 'qrcode'

/** A square code as one crisp path with its quiet margin. Prints at 26 mm; the code in letters belongs beside it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' })
  const side = modules.size + 4
  return (
    <svg
      className="qr-code"
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect className="qr-paper" width={side} height={side} />
      <path className="qr-ink" d={path(modules.size, (x, y) => modules.get(y, x) !== 0)} />
    </svg>
  )
}

/* Dark runs of a row become one rectangle each, which keeps the path short. */
function path(size: number, dark: (x: number, y: number) => boolean): string {
  let d = ''
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (!dark(x, y)) continue
      let end = x
      while (end < size && dark(end, y)) end += 1
      d += `M${x + 2} ${y + 2}h${end - x}v1h${x - end}z`
      x = end
    }
  }
  return d
}
