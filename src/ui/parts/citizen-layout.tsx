import type { ReactNode } from 'react'
import { namesIn } from '../../lib/arabic.ts'
import { type Navigation, usePage } from '../page.ts'
import { useLocalized, useWords } from '../words.ts'
import { AsOf } from './as-of.tsx'
import { Button, LinkButton } from './button.tsx'
import { Document } from './document.tsx'
import { PhoneText } from './facts.tsx'
import { ErrorSummary, type LabelledFault } from './fault.tsx'
import { Form } from './form.tsx'
import { LogOut } from './log-out.tsx'
import { Mark } from './mark.tsx'
import { FlashStatus } from './note.tsx'
import { say } from './say.tsx'
import { Seal } from './seal.tsx'
import { TypedWords } from './typed-words.tsx'
import { Written } from './written.tsx'

export type CitizenLayoutProps = {
  title: string
  /** Faults of the whole page: they stand first in `main` and open the title. */
  faults?: readonly LabelledFault[] | undefined
  description?: string | undefined
  unlisted?: boolean | undefined
  /** `staff`: the larger sheet of styles, on pages few people open. */
  styles?: 'staff' | undefined
  /** After so many seconds the page is read anew. */
  refreshSeconds?: number | undefined
  /** Content runs from edge to edge, as the home band does; the page sets its own `Wrap`s. */
  wide?: boolean | undefined
  children: ReactNode
}

/** A citizen page: the town first, one content, help at the foot, the platform's mark last. */
export function CitizenLayout(props: CitizenLayoutProps) {
  const { title, faults, description, unlisted, styles, refreshSeconds, wide, children } = props
  return (
    <Document
      title={title}
      side="citizen"
      faulty={!!faults?.length}
      description={description}
      unlisted={unlisted}
      styles={styles}
      refreshSeconds={refreshSeconds}
    >
      <Mast />
      <PlaceBand />
      <main id="main" className={wide ? undefined : 'wrap'}>
        <Notices faults={faults} wide={wide} />
        {children}
      </main>
      <Foot />
    </Document>
  )
}

/** Says on every page in whose place somebody acts, and leads back to their own account. */
function PlaceBand() {
  const { actor } = usePage()
  const word = useWords()
  const place = actor.kind === 'citizen' ? actor.place : undefined
  if (!place) return null
  return (
    <aside className="place-band" aria-label={word('in-place-of')}>
      <div className="wrap row">
        <p>
          {word('in-place-of')}{' '}
          <b>
            <bdi>{place.name}</bdi>
          </b>
        </p>
        <Form action={place.leave} hidden={{ mandate: '' }} inline>
          <Button variant="quiet" icon="back">
            {word('in-place-leave')}
          </Button>
        </Form>
      </div>
    </aside>
  )
}

/* What was done and what is wrong stand first; on a wide page they keep to its width. */
function Notices({ faults, wide }: Pick<CitizenLayoutProps, 'faults' | 'wide'>) {
  const { flash, asOf, typedWords } = usePage()
  const notices = (
    <>
      <FlashStatus />
      <AsOf />
      <ErrorSummary faults={faults} />
      <TypedWords words={typedWords} />
    </>
  )
  return wide && (flash || asOf || faults?.length || typedWords) ? (
    <div className="wrap top-notices">{notices}</div>
  ) : (
    notices
  )
}

/** Keeps content within the page's width, for pages laid out `wide`. */
export function Wrap({ children }: { children: ReactNode }) {
  return <div className="wrap stack-l">{children}</div>
}

function OtherLanguage({ className }: { className?: string | undefined }) {
  const { locale, navigation } = usePage()
  const word = useWords()
  if (!navigation.otherLanguage) return null
  const english = locale === 'ar'
  return (
    <a
      className={className}
      href={navigation.otherLanguage}
      lang={english ? 'en' : 'ar'}
      dir={english ? 'ltr' : 'rtl'}
    >
      {word('other-language')}
    </a>
  )
}

/** First and family name: four names would take a line of a telephone's page. */
function shortName(name: string): string {
  const names = namesIn(name)
  return names.length > 2 ? `${names[0]} ${names.at(-1)}` : name
}

function TownName() {
  const { town } = usePage()
  const local = useLocalized()
  const word = useWords()
  return (
    <>
      <Seal />
      <span>
        <b>{local(town.name)}</b>
        <small>{town.tagline ? local(town.tagline) : word('tagline')}</small>
      </span>
    </>
  )
}

function Mast() {
  const { locale, town, actor, navigation } = usePage()
  const word = useWords()
  return (
    <header className="mast">
      <div className="wrap mast-in">
        <Written as="a" className="town" href={navigation.home} part={TownName} by={{ locale, town }} />
        {navigation.links.length > 0 && (
          <nav aria-label={word('nav-portal')}>
            {navigation.links.map(link => (
              <a key={link.href} href={link.href} aria-current={link.current ? 'page' : undefined}>
                {link.label}
              </a>
            ))}
          </nav>
        )}
        <OtherLanguage className="lang" />
        {actor.kind === 'citizen' && navigation.account && (
          <LinkButton href={navigation.account} variant="quiet" icon="user">
            <bdi>{shortName(actor.name)}</bdi>
          </LinkButton>
        )}
        {actor.kind === 'anonymous' && navigation.signIn && (
          <LinkButton href={navigation.signIn} variant="quiet" icon="user">
            {word('sign-in')}
          </LinkButton>
        )}
      </div>
      <div className="sill" />
    </header>
  )
}

/** Where the town's centre is, and the ways from any page. */
function FootColumns() {
  const { town, navigation } = usePage()
  const local = useLocalized()
  const word = useWords()
  return (
    <>
      <section>
        <h2>{word('centre')}</h2>
        <ul>
          <li>{say(local(town.hours))}</li>
          <li>{say(local(town.address))}</li>
          <li>
            {word('phone')} <PhoneText value={town.phone} call />
          </li>
        </ul>
      </section>
      {navigation.footer.map(group => (
        <nav key={group.heading} aria-label={group.heading}>
          <h2>{group.heading}</h2>
          <ul>
            {group.links.map(link => (
              <li key={link.href}>
                <a href={link.href}>{link.label}</a>
              </li>
            ))}
          </ul>
        </nav>
      ))}
    </>
  )
}

function By() {
  const word = useWords()
  return (
    <>
      <Mark />
      <span>{word('by')}</span>
    </>
  )
}

function Foot() {
  const { locale, town, navigation } = usePage()
  const { footer } = navigation
  return (
    <footer className="foot">
      <div className="wrap">
        <Written
          as="div"
          className="cols"
          part={FootColumns}
          by={{ locale, town, navigation: { footer } as Navigation }}
        />
        <div className="row apart mt">
          <Written as="p" className="by" part={By} by={{ locale }} />
          <LogOut />
          <OtherLanguage />
        </div>
      </div>
    </footer>
  )
}
