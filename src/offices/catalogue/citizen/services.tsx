import { addresses } from '../../../lib/addresses.ts'
import {
  CitizenLayout,
  Empty,
  Form,
  Head,
  Kinds,
  LinkList,
  Row,
  SearchBox,
  Section,
  Stack,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, read } from '../../../web/call.ts'
import { showAlike } from '../../../web/page.tsx'
import { type CatalogueService, catalogueOf } from '../shelf.ts'
import { guideTexts } from './strings.ts'
import { suggestServices } from './suggest.ts'
import { groupIcon, groupOf, groups, useTimeWords } from './words.tsx'

/** `/services`: the guide, or what a search found in it. */
export function showServices(call: Call): Promise<Response> {
  const text = (call.query.q ?? '').trim().slice(0, 100)
  return showAlike(call, async () => {
    const catalogue = await read(call, catalogueOf)
    const found = text === '' ? catalogue.offered : catalogue.search(text)
    const near = found.length > 0 ? [] : suggestServices(catalogue.offered, text)
    return { body: <ServicesPage text={text} found={found} near={near} /> }
  })
}

type Shown = { text: string; found: CatalogueService[]; near: CatalogueService[] }

function ServicesPage({ text, found, near }: Shown) {
  const t = useTexts(guideTexts)
  const { url } = usePage()
  return (
    <CitizenLayout title={t('services-title')} description={t('services-lead')}>
      <Stack gap="large">
        <div className="read">
          <Head title={t('services-title')} sub={t('services-lead')} />
          <Form action={url(addresses.services)} method="get">
            <label htmlFor="q">{t('services-search')}</label>
            <SearchBox id="q" name="q" value={text} />
          </Form>
        </div>
        {text === '' ? <AllServices found={found} /> : <Found text={text} found={found} near={near} />}
      </Stack>
    </CitizenLayout>
  )
}

function AllServices({ found }: { found: CatalogueService[] }) {
  const t = useTexts(guideTexts)
  const { url } = usePage()
  if (found.length === 0) return <Empty title={t('services-empty')}>{t('services-empty-next')}</Empty>
  const chapters = groups
    .map(group => ({
      group,
      services: found.filter(each => groupOf(each.service.definition.group) === group),
    }))
    .filter(({ services }) => services.length > 0)
  return (
    <>
      <nav aria-label={t('services-groups')}>
        <Row>
          {chapters.map(({ group, services }) => (
            <a key={group} className="nb" href={`#group-${group}`}>
              {t('group-count', { group: t(`group-${group}`), count: services.length })}
            </a>
          ))}
          <a className="nb" href={url(addresses.guideBook)}>
            {t('guide-book')}
          </a>
        </Row>
      </nav>
      {chapters.map(({ group, services }) => (
        <Section key={group} id={`group-${group}`} title={t(`group-${group}`)}>
          <ServiceKinds services={services} brief={found.length > mostTold} />
        </Section>
      ))}
    </>
  )
}

/** A list of more services than these names each and its time: told at length, nobody reads it, and a telephone pays for it. */
const mostTold = 40

function ServiceKinds({ services, brief }: { services: CatalogueService[]; brief?: boolean }) {
  const local = useLocalized()
  const t = useTexts(guideTexts)
  const time = useTimeWords()
  const { url } = usePage()
  return (
    <Kinds
      kinds={services.map(({ code, service: { definition } }) => ({
        href: url(addresses.service, { code }),
        icon: groupIcon(groupOf(definition.group)),
        title: local(definition.name),
        note: (
          <>
            {!brief && `${local(definition.summary)} `}
            <span className="dim nb">{t('row-time', { time: time(definition.guide.time) })}</span>
          </>
        ),
      }))}
    />
  )
}

function Found({ text, found, near }: Shown) {
  const t = useTexts(guideTexts)
  const local = useLocalized()
  const { url } = usePage()
  const all = <a href={url(addresses.services)}>{t('services-all')}</a>
  if (found.length > 0) {
    return (
      <Section id="found" title={t('services-found', { count: found.length, text })} actions={all}>
        <ServiceKinds services={found} />
      </Section>
    )
  }
  return (
    <Empty
      level={2}
      title={t('services-none', { text })}
      action={
        near.length > 0 ? (
          <LinkList
            links={near.map(({ code, service: { definition } }) => ({
              href: url(addresses.service, { code }),
              label: local(definition.name),
            }))}
          />
        ) : (
          all
        )
      }
    >
      {near.length > 0 ? t('services-none-near') : t('services-none-far')}
    </Empty>
  )
}
