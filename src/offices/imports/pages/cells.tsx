/** Cells as they stand in a file, each kept in its own direction. */
export function Cells({ cells, most }: { cells: readonly string[]; most: number }) {
  const [first, ...rest] = [...new Set(cells.filter(cell => cell !== ''))].slice(0, most)
  return (
    <small className="plain">
      {first && <bdi dir={directionOf(first)}>{first}</bdi>}
      {rest.map(cell => (
        <span key={cell}>
          {' · '}
          <bdi dir={directionOf(cell)}>{cell}</bdi>
        </span>
      ))}
    </small>
  )
}

/** Figures with their signs run left to right, whatever stands around them. */
const directionOf = (cell: string) => (/\p{Script=Arabic}/u.test(cell) ? undefined : 'ltr')
