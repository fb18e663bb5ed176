import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { StreamState } from '../store/streams.ts'
import { ErrorState } from './state-notes.tsx'

type WhenReadyProps<T> = {
  readonly state: StreamState<T>
  readonly loading: ReactNode
  readonly children: (value: T) => ReactNode
}

/** Draws the three states every stream has: still reading, refused, here. */
export function WhenReady<T>({ state, loading, children }: WhenReadyProps<T>) {
  const { t } = useTranslation()
  if (state.is === 'ready') return children(state.value)
  if (state.is === 'refused') return <ErrorState text={t('common.error.refused')} code={state.error} />
  return (
    <div aria-busy="true">
      <span className="visually-hidden">{t('common.loading')}</span>
      {loading}
    </div>
  )
}
