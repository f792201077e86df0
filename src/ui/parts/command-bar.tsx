import type { ReactNode } from 'react'
import type { IconName } from '../icons.tsx'
import { usePage } from '../page.ts'
import { useWords } from '../words.ts'
import { Icon } from './icon.tsx'
import { Key } from './keys.tsx'
import { say } from './say.tsx'

/** One box for people, requests and services, reached by F2 from any working page. */
export function CommandBar() {
  const { navigation } = usePage()
  const word = useWords()
  if (!navigation.search) return null
  const { action, name, value } = navigation.search
  return (
    // biome-ignore lint/a11y/useSemanticElements: older browsers do not know the search element
    <form className="cmd" role="search" action={action} aria-label={word('command-label')}>
      <Icon name="search" />
      <label className="vh" htmlFor="cmd">
        {word('command-label')}
      </label>
      <input
        id="cmd"
        name={name}
        type="search"
        defaultValue={value}
        placeholder={word('command-hint')}
        autoComplete="off"
        data-key="F2"
      />
      <span className="k">
        <Key code="F2" />
      </span>
      <button className="vh" type="submit" tabIndex={-1}>
        {word('search')}
      </button>
    </form>
  )
}

export type Found = {
  id: string
  href: string
  icon: IconName
  title: ReactNode
  note?: ReactNode
  end?: ReactNode
}

/** What was found, in groups: people, requests, actions. Enter opens the first, arrows move. */
export function FoundList({ groups }: { groups: { id: string; label: ReactNode; items: Found[] }[] }) {
  return (
    <div className="pane pal-cmd" data-rows="">
      {groups.map(group => (
        <section key={group.id} aria-labelledby={`found-${group.id}`}>
          <h2 className="xs dim grp" id={`found-${group.id}`}>
            {say(group.label)}
          </h2>
          <ul className="check">
            {group.items.map(item => (
              <li key={item.id} data-row={item.id}>
                <Icon name={item.icon} />
                <div>
                  <a className="go" href={item.href}>
                    {say(item.title)}
                  </a>
                  {item.note && <small>{say(item.note)}</small>}
                </div>
                <span>{item.end}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
