import { Popover } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { keepFocus } from './keep-focus.ts'
import classes from './choice-menu.module.css'
import { Refused } from './refused.tsx'

type ChoiceMenuProps<V extends string> = {
  readonly value: V
  readonly choices: readonly V[]
  readonly words: (value: V) => string
  readonly label: string
  readonly onChoose: (value: V) => void
  /** Why this one may not be changed; null where it may. */
  readonly refusal?: string | null
}

/** A value in a row that can be changed in place, or told with the reason why it cannot. */
export function ChoiceMenu<V extends string>({ refusal = null, ...menu }: ChoiceMenuProps<V>) {
  if (refusal === null) return <OpenMenu {...menu} />
  return (
    <Refused why={refusal}>
      <button type="button" className={classes.fixed} aria-disabled aria-description={refusal}>
        {menu.words(menu.value)}
      </button>
    </Refused>
  )
}

/** Arrows move, Enter chooses, Esc leaves it as it was. */
function OpenMenu<V extends string>({ value, choices, words, label, onChoose }: ChoiceMenuProps<V>) {
  const [open, setOpen] = useState(false)
  const choose = (choice: V) => {
    setOpen(false)
    if (choice !== value) onChoose(choice)
  }
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={classes.value} aria-description={label} onClick={() => setOpen(!open)}>
          {words(value)}
          <IconChevronDown size={12} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown ref={keepFocus} aria-label={label} className={classes.choices} onKeyDown={moveFocus}>
        {choices.map((choice) => (
          <button
            key={choice}
            type="button"
            className={classes.choice}
            aria-pressed={choice === value}
            data-autofocus={choice === value || undefined}
            onClick={() => choose(choice)}
          >
            {words(choice)}
            {choice === value && <IconCheck size={14} aria-hidden />}
          </button>
        ))}
      </Popover.Dropdown>
    </Popover>
  )
}

function moveFocus(event: KeyboardEvent<HTMLElement>) {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return
  event.preventDefault()
  const buttons = [...event.currentTarget.querySelectorAll('button')]
  const now = buttons.findIndex((button) => button === document.activeElement)
  buttons[(now + step + buttons.length) % buttons.length]?.focus()
}
