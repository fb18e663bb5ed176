import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import acts from './acts.module.css'
import { Refused, refusing } from './refused.tsx'

type SubmitProps = {
  /** Why it cannot be done now; null: it can. */
  readonly why?: string | null
  readonly busy?: boolean
  /** It takes something away. */
  readonly grave?: boolean
  readonly children: ReactNode
}

/** The button that does what a form is for, or says why it cannot. */
export function Submit({ why = null, busy = false, grave = false, children }: SubmitProps) {
  return (
    <Refused why={why}>
      <Button type="submit" loading={busy} className={grave ? (acts.grave ?? '') : ''} {...refusing(why)}>
        {children}
      </Button>
    </Refused>
  )
}
