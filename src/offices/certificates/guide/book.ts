import { dateIn } from '../../../lib/calendar.ts'
import { shortDate } from '../../../lib/dates.ts'
import { formatMessage } from '../../../lib/texts.ts'
import type { PrintedGuide } from '../../catalogue/index.ts'
import { initialOf, sealOf, type TownPaper } from '../paper/town.ts'
import { ar } from '../strings.ar.ts'
import { type Rendered, renderPdf } from '../typst.ts'

/** The printed guide of services: cover, contents with pages, every service under the guide's headings. The same bytes for the same guide and day. */
export function setGuide(town: TownPaper, guide: PrintedGuide, at: Date): Rendered {
  const day = dateIn(at, town.timeZone)
  const [year, month, date] = day.split('-').map(Number)
  const services = guide.groups.reduce((all, group) => all + group.services.length, 0)
  return renderPdf(
    'guide-book',
    {
      town: {
        name: town.name.ar,
        nameEn: town.name.en,
        address: town.profile.address.ar,
        phone: town.profile.phone,
        initial: initialOf(town.name.ar),
        seal: sealOf(town.profile) ?? null,
      },
      title: ar['guide-title'],
      count: formatMessage(ar['guide-count'], 'ar', { count: services }),
      date: shortDate(day, { locale: 'ar', timeZone: town.timeZone }),
      signedOn: { year, month, day: date },
      words: {
        contents: ar['guide-contents'],
        papers: ar['guide-papers'],
        who: ar['guide-who'],
        time: ar['guide-time'],
        fees: ar['guide-fees'],
        legal: ar['guide-legal'],
        procedure: ar['guide-procedure'],
        office: ar['guide-office'],
        route: ar['guide-route'],
        none: ar['guide-none'],
        free: ar['guide-free'],
      },
      guide,
    },
    new Date(`${day}T00:00:00Z`),
  )
}
