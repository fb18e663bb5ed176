import classes from './kbd.module.css'

/** Keys as printed on them: `Ctrl K`, `g b`. Never mirrored. */
export function Keys({ keys }: { readonly keys: string }) {
  return (
    <span className={classes.keys} dir="ltr">
      {keys.split(' ').map((key, place) => (
        // A key is its place in the row: `g g` has the same letter twice.
        <kbd key={`${place}${key}`} className={classes.key}>
          {key}
        </kbd>
      ))}
    </span>
  )
}
