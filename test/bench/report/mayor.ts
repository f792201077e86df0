import { longDate } from '../../../src/lib/dates.ts'
import type { TextValue } from '../../../src/lib/texts.ts'
import { translate } from '../../../src/lib/texts.ts'
import { chaptersOf, type Sentence } from '../../../src/offices/oversight/measured/chapters.ts'
import type { Results } from '../../../src/offices/oversight/measured/file.ts'
import { measuredTexts, partNames } from '../../../src/offices/oversight/measured/strings.ts'

const locale = 'ar'
const say = (
  key: Parameters<typeof translate<keyof (typeof measuredTexts)['ar']>>[2],
  values?: Record<string, TextValue>,
) => translate(measuredTexts, locale, key, values)

/** The page `/open/proof` of a report as a sheet of Markdown, in Arabic. */
export function mayorSheet(results: Results): string {
  const date = longDate(new Date(results.began), { locale, timeZone: 'Asia/Hebron' })
  const { machine } = results
  return [
    ...results.caveats.map(each => `> **${say(`caveat-${each}`)}**\n`),
    `# ${say('title')}\n`,
    `${say('intro')}\n`,
    `${say('run-on', { date, cores: machine.cores, memory: Math.round(machine.memoryMb / 1024) })}\n`,
    ...chaptersOf(results).flatMap(({ title, sentences }) => [
      `## ${sentence(title)}\n`,
      ...sentences.map(each => `- ${sentence(each)}`),
      '',
    ]),
    `## ${say('again-title')}\n`,
    `${say('again')}\n`,
    '```sh\nnpm run bench\n```\n',
  ].join('\n')
}

function sentence({ key, values, parts }: Sentence): string {
  return say(key, parts === undefined ? values : { ...values, parts: partNames(parts, locale) }).replaceAll(
    /[<>|*_`\\[\]]/g,
    '\\$&',
  )
}
