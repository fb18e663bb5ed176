import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { memo, type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toAscii } from '../i18n/format.ts'
import { useCommitteeNames } from '../store/committee-names.ts'
import { filtersIn, refine, useRoute } from '../store/route.ts'
import classes from './filters.module.css'
import { Keys } from './kbd.tsx'
import { ownDirection } from './own-direction.ts'

/** Letters come quicker than lists need to follow, ms. */
const TYPING_MS = 180

type FiltersProps = {
  readonly children: ReactNode
  readonly end?: ReactNode
  /** Parts of the address that are no filters. */
  readonly keep?: readonly string[]
}
const NOTHING: readonly string[] = []

/** The row above a list. Filters live in the address, so a link can carry them and Back keeps them. */
export function Filters({ children, end, keep = NOTHING }: FiltersProps) {
  const { t } = useTranslation()
  const query = useRoute((route) => route.query)
  const names = filtersIn(query, keep)
  return (
    <div className={classes.filters} role="search">
      {children}
      {names.length > 0 && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => refine(Object.fromEntries(names.map((name) => [name, null])))}
        >
          {t('common.clear')}
        </Button>
      )}
      {end && <div className={classes.end}>{end}</div>}
    </div>
  )
}

/** Takes both digit sets; what is asked for is ASCII. `/` brings the focus here. */
export function SearchFilter({ placeholder }: { readonly placeholder: string }) {
  const asked = useRoute((route) => route.query.q ?? '')
  const [text, setText] = useState(asked)
  useEffect(() => {
    // The filters were cleared, or a link brought another search.
    setText((typed) => (toAscii(typed).trim() === asked ? typed : asked))
  }, [asked])
  useEffect(() => {
    const wanted = toAscii(text).trim()
    if (wanted === asked) return
    const timer = setTimeout(() => refine({ q: wanted }), TYPING_MS)
    return () => clearTimeout(timer)
  }, [text, asked])
  return (
    <TextInput
      id="search"
      type="search"
      className={classes.search ?? ''}
      maxLength={100}
      placeholder={placeholder}
      aria-label={placeholder}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={text === '' ? <Keys keys="/" /> : null}
    />
  )
}

type ChoiceFilterProps = {
  readonly name: string
  readonly any: string
  readonly label: string
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  /** Its widest, px: choices that are names may be longer than their place. */
  readonly widest?: number
  /** It stands among buttons. */
  readonly slim?: boolean
  readonly className?: string | undefined
}

export function ChoiceFilter({ name, any, label, choices, widest, slim = false, className }: ChoiceFilterProps) {
  const value = useRoute((route) => route.query[name] ?? '')
  const chosen = choices.find((choice) => choice.value === value)?.label ?? ''
  return (
    <NativeSelect
      aria-label={label}
      className={className ?? ''}
      size={slim ? 'xs' : 'sm'}
      {...ownDirection(chosen)}
      {...(widest === undefined ? {} : { maw: widest })}
      value={value}
      onChange={(event) => refine({ [name]: event.currentTarget.value })}
      data={[{ value: '', label: any }, ...choices]}
      data-chosen={value !== '' || undefined}
    />
  )
}

/** Hundreds of choices: drawn again only when the committees are others, not with every line of the list below. */
export const CommitteeFilter = memo(function CommitteeFilter() {
  const { t } = useTranslation()
  const rows = useCommitteeNames() ?? []
  return (
    <ChoiceFilter
      name="committee"
      label={t('common.committee')}
      any={t('lists.allCommittees')}
      className={classes.committee}
      choices={rows.map((row) => ({ value: row.code, label: `${row.code} · ${row.name}` }))}
    />
  )
})

/** The value of a filter where it is one of the allowed words, else null: an address may hold anything. */
export function oneOf<T extends string>(values: readonly T[], text: string | undefined): T | null {
  return values.find((value) => value === text) ?? null
}
