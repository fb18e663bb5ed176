import { Tooltip } from '@mantine/core'
import { cloneElement, type HTMLAttributes, type ReactElement, type ReactNode, useEffect, useId, useState } from 'react'

/** A pointer that only passes opens nothing, ms. */
const REST_MS = 150

type HintProps = {
  /** null: there is nothing to say. */
  readonly label: ReactNode | null
  readonly children: ReactElement<HTMLAttributes<HTMLElement>>
}

/**
 * A tooltip that costs nothing until somebody points at its control or brings the keyboard's focus there: lists draw hundreds
 * of them. Escape closes it.
 */
export function Hint({ label, children }: HintProps) {
  const id = useId()
  const [at, setAt] = useState<HTMLElement | null>(null)
  const { onPointerEnter, onPointerLeave, onFocus, onBlur, onKeyDown, ...own } = children.props
  const hide = () => setAt(null)
  const child = cloneElement(children, {
    onPointerEnter(event) {
      onPointerEnter?.(event)
      setAt(event.currentTarget)
    },
    onFocus(event) {
      onFocus?.(event)
      if (event.currentTarget.matches(':focus-visible')) setAt(event.currentTarget)
    },
    onPointerLeave(event) {
      onPointerLeave?.(event)
      // A finger that is lifted has not gone elsewhere.
      if (event.pointerType !== 'touch') hide()
    },
    onBlur(event) {
      onBlur?.(event)
      hide()
    },
    onKeyDown(event) {
      onKeyDown?.(event)
      if (event.key === 'Escape') hide()
    },
    'aria-describedby': at !== null && label !== null ? id : own['aria-describedby'],
  })
  return (
    <>
      {child}
      {at !== null && label !== null && <Opening id={id} target={at} label={label} onElsewhere={hide} />}
    </>
  )
}

type OpeningProps = {
  readonly id: string
  readonly target: HTMLElement
  readonly label: ReactNode
  readonly onElsewhere: () => void
}

function Opening({ id, target, label, onElsewhere }: OpeningProps) {
  const [opened, open] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => open(true), REST_MS)
    return () => clearTimeout(timer)
  }, [])
  useEffect(() => {
    const press = (event: PointerEvent) => {
      if (event.target instanceof Node && !target.contains(event.target)) onElsewhere()
    }
    document.addEventListener('pointerdown', press)
    return () => document.removeEventListener('pointerdown', press)
  })
  return <Tooltip target={target} label={<span id={id}>{label}</span>} opened={opened} />
}
