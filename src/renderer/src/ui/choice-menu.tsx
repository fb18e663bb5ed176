import { Menu } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './list-page.module.css'

type ChoiceMenuProps<V extends string> = {
  readonly value: V
  readonly choices: readonly V[]
  readonly words: (value: V) => string
  readonly label: string
  readonly icon?: ReactNode
  readonly onChoose: (value: V) => void
}

/** A value in a row that can be changed in place. */
export function ChoiceMenu<V extends string>({ value, choices, words, label, icon, onChoose }: ChoiceMenuProps<V>) {
  return (
    <Menu position="bottom-start" shadow="md" keepMounted={false} width={180}>
      <Menu.Target>
        <button type="button" className={classes.choice} aria-description={label}>
          {icon}
          {words(value)}
          <IconChevronDown size={12} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map((choice) => (
          <Menu.Item
            key={choice}
            aria-current={choice === value || undefined}
            rightSection={choice === value ? <IconCheck size={14} aria-hidden /> : null}
            onClick={() => (choice === value ? undefined : onChoose(choice))}
          >
            {words(choice)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
