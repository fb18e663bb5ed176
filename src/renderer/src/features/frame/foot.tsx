import { Tooltip } from '@mantine/core'
import { IconKey, IconKeyOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useValue } from '../../store/core-context.tsx'
import classes from './foot.module.css'
import { MessagesChip } from './messages.tsx'

/** The last line: which server, where the sign-in is kept, what of yours is still on its way. */
export function Foot({ yours }: { readonly yours: ReactNode }) {
  const server = useValue('session')?.server ?? null
  return (
    <footer className={classes.foot}>
      {server && (
        <span>
          {server.name !== server.url && (
            <>
              <bdi>{server.name}</bdi>
              {' · '}
            </>
          )}
          <bdi dir="ltr">{server.url}</bdi>
        </span>
      )}
      <Vault />
      <span className={classes.grow} />
      <MessagesChip />
      {yours}
    </footer>
  )
}

function Vault() {
  const { t } = useTranslation()
  const session = useValue('session')
  if (session?.state !== 'signed-in') return null
  // A rehearsal's sign-in is kept in memory on purpose: nothing there needs anybody.
  const weak = session.vault !== 'keychain' && session.mode !== 'rehearsal'
  const Icon = weak ? IconKeyOff : IconKey
  return (
    <Tooltip label={t(`frame.vault.${session.vault}`)}>
      <button
        type="button"
        className={classes.vault}
        data-weak={weak || undefined}
        aria-description={t(`frame.vault.${session.vault}`)}
      >
        <Icon size={14} aria-hidden />
        {t(`frame.vaultShort.${session.vault}`)}
      </button>
    </Tooltip>
  )
}
