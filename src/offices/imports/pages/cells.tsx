/** Cells as they stand in a file, each kept in its own direction. */
export function Cells({ cells, most }: { cells: readonly string[]; most: number }) {
  const [first, ...rest] = [...new Set(cells.filter(cell => cell !== ''))].slice(0, most)
  return (
    <small className="plain">
      {first && <bdi>{first}</bdi>}
      {rest.map(cell => (
        <span key={cell}>
          {' · '}
          <bdi>{cell}</bdi>
        </span>
      ))}
    </small>
  )
}
