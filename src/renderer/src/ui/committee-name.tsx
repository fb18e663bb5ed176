import { useFormat } from '../i18n/format.ts'
import classes from './committee-name.module.css'

type CommitteeNameProps = {
  readonly code: string
  readonly name: string
  /** Where it leads, and what is said about that where the name is not enough. */
  readonly href?: string
  readonly hint?: string
}

/** A committee in a list: its code, because names begin alike, and its name. */
export function CommitteeName({ code, name, href, hint }: CommitteeNameProps) {
  const format = useFormat()
  const words = (
    <>
      <bdi className={classes.code}>{format.digitsOf(code)}</bdi> <bdi className={classes.name}>{name}</bdi>
    </>
  )
  return href === undefined ? (
    <span className={classes.committee} title={hint ?? name}>
      {words}
    </span>
  ) : (
    <a className={classes.committee} href={href} title={hint ?? name}>
      {words}
    </a>
  )
}
