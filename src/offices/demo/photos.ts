import type { Chance } from './random.ts'

type Scene = (chance: Chance, mended: boolean) => string

const road = (inside: string): string =>
  `<rect width="900" height="640" fill="#a9b7bd"/><path d="M0 250 L900 210 L900 640 L0 640Z" fill="#6d6a66"/>
   <path d="M0 250 L900 210 L900 232 L0 276Z" fill="#b9b2a4"/><rect x="60" y="70" width="180" height="170" fill="#cfc2a8"/>
   <rect x="560" y="40" width="260" height="180" fill="#c3b498"/><rect x="610" y="90" width="50" height="60" fill="#7e8d92"/>${inside}`

const scenes: Record<string, Scene> = {
  pit: (chance, mended) => {
    const [x, y] = [chance.between(330, 520), chance.between(430, 500)]
    return road(
      mended
        ? `<ellipse cx="${x}" cy="${y}" rx="170" ry="60" fill="#3b3936"/><ellipse cx="${x}" cy="${y}" rx="150" ry="50" fill="#45423e"/>`
        : `<ellipse cx="${x}" cy="${y}" rx="165" ry="62" fill="#8c8379"/><ellipse cx="${x}" cy="${y + 8}" rx="140" ry="46" fill="#2c2723"/><ellipse cx="${x + 20}" cy="${y + 20}" rx="70" ry="16" fill="#57656b"/>`,
    )
  },
  light: (_chance, mended) =>
    `<rect width="900" height="640" fill="#16202c"/><path d="M0 420 L900 400 L900 640 L0 640Z" fill="#262b30"/>
     <rect x="440" y="120" width="16" height="320" fill="#59616a"/><path d="M448 120 q60 -40 120 -10" stroke="#59616a" stroke-width="12" fill="none"/>
     <circle cx="575" cy="118" r="17" fill="${mended ? '#fff4c2' : '#3a4048'}"/>${
       mended ? '<path d="M575 118 L380 560 L780 560Z" fill="#fff4c2" opacity=".22"/>' : ''
     }`,
  waste: (chance, mended) => {
    const bags = Array.from(
      { length: 9 },
      () =>
        `<circle cx="${chance.between(300, 640)}" cy="${chance.between(400, 520)}" r="${chance.between(22, 44)}" fill="${chance.pick(['#1f2022', '#3a5b8c', '#e0e0da'])}"/>`,
    ).join('')
    return road(
      `<rect x="390" y="300" width="190" height="130" rx="8" fill="#3d6f4e"/><rect x="380" y="286" width="210" height="22" rx="6" fill="#2f563c"/>${mended ? '' : bags}`,
    )
  },
  water: (chance, mended) =>
    road(
      mended
        ? '<rect x="400" y="410" width="120" height="80" fill="#55524d"/>'
        : `<path d="M${chance.between(380, 440)} 420 q120 30 40 220 l-190 0 q60 -120 60 -200z" fill="#9cc3d6" opacity=".8"/><circle cx="450" cy="418" r="20" fill="#d6e7ee"/>`,
    ),
  meter: chance =>
    `<rect width="900" height="640" fill="#b8a98f"/><rect x="240" y="120" width="420" height="400" rx="26" fill="#dfe5e6"/><circle cx="450" cy="310" r="130" fill="#f7f9f9" stroke="#3c6b86" stroke-width="14"/>
     <rect x="372" y="270" width="156" height="44" fill="#20292e"/><text x="450" y="302" font-size="32" fill="#f4f4f0" text-anchor="middle" font-family="monospace">0000${chance.between(1, 9)}</text>
     <text x="450" y="480" font-size="30" fill="#20292e" text-anchor="middle" font-family="monospace">W-${chance.between(100_000, 999_999)}</text>`,
}

/** What the kinds of a complaint look like. */
export const sceneOf = (kind: unknown): string => {
  if (kind === 'street-light') return 'light'
  if (kind === 'waste' || kind === 'nuisance') return 'waste'
  return kind === 'water-leak' || kind === 'sewage' ? 'water' : 'pit'
}

export const sceneNames = Object.keys(scenes)

/** A drawn photograph of a place, as it was found or as it is after the work. */
export async function scenePhoto(name: string, chance: Chance, mended: boolean): Promise<Buffer> {
  const inside = scenes[name]?.(chance, mended) ?? ''
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="640" viewBox="0 0 900 640">${inside}</svg>`
  const { default: sharp } = await import('sharp')
  return sharp(Buffer.from(svg)).jpeg({ quality: 70 }).toBuffer()
}
