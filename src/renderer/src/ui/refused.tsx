import type { ComponentProps } from 'react'
import { Hint } from './hint.tsx'

type RefusedProps = { readonly why: string | null; readonly children: ComponentProps<typeof Hint>['children'] }

/** A control that is refused stays readable and reachable, and says why on hover and focus. It carries `aria-disabled`. */
export const Refused = ({ why, children }: RefusedProps) => <Hint label={why}>{children}</Hint>
