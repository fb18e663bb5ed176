import { Tooltip } from '@mantine/core'
import type { ReactElement } from 'react'

/** A control that is refused stays readable and reachable, and says why on hover and focus. It carries `aria-disabled`. */
export function Refused({ why, children }: { readonly why: string | null; readonly children: ReactElement }) {
  return (
    <Tooltip label={why} disabled={why === null}>
      {children}
    </Tooltip>
  )
}
