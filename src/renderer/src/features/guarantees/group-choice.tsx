import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { GroupId } from '../../../../shared/model/ids.ts'
import { useValue } from '../../store/core-context.tsx'
import { ownDirection } from '../../ui/own-direction.ts'

type GroupChoiceProps = { readonly value: GroupId | null; readonly onChange: (group: GroupId | null) => void }

/** As a choice writes it: empty is none. */
export const groupOf = (id: string): GroupId | null => (id === '' ? null : (GroupId.safeParse(Number(id)).data ?? null))

/** One of the collector's own groups, or none. Nothing to choose where there is none yet. */
export function GroupChoice({ value, onChange }: GroupChoiceProps) {
  const { t } = useTranslation()
  const groups = useValue('guarantee-choices')?.groups ?? []
  if (groups.length === 0) return null
  return (
    <NativeSelect
      label={t('lists.guarantees.group')}
      {...ownDirection(groups.find(({ id }) => id === value)?.name ?? '')}
      value={value === null ? '' : String(value)}
      onChange={({ currentTarget: { value: id } }) => onChange(groupOf(id))}
      data={[
        { value: '', label: t('lists.guarantees.noGroup') },
        ...groups.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
    />
  )
}
