import classes from './evidence.module.css'

/** Light squares around a sign: readers need four. */
const QUIET = 4

/** A QR sign from its squares, black on white in every theme: telephones do not read it the other way round. */
export function QrSign({ squares, label }: { readonly squares: readonly string[]; readonly label: string }) {
  const size = squares.length + 2 * QUIET
  const path = squares.flatMap((row, y) =>
    [...row].flatMap((square, x) => (square === '1' ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])),
  )
  return (
    <svg
      className={classes.sign}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} className={classes.light} />
      <path d={path.join('')} className={classes.dark} />
    </svg>
  )
}
