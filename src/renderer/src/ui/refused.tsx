import type { ComponentProps } from 'react'
import { Hint } from './hint.tsx'

type RefusedProps = { readonly why: string | null; readonly children: ComponentProps<typeof Hint>['children'] }

/** A control that is refused stays readable and reachable, and says why on hover and focus. It carries `aria-disabled`. */
export const Refused = ({ why, children }: RefusedProps) => <Hint label={why}>{children}</Hint>

/** What such a control carries: it keeps the focus and its name, does nothing, and is described by the reason. */
export const refusing = (why: string | null) =>
  why === null ? {} : ({ 'aria-disabled': true, 'data-disabled': true, 'aria-description': why } as const) // true, not any boolean
