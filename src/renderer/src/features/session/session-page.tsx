import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SessionView } from '../../../../shared/view/session.ts'
import { assertNever } from '../../../../shared/result.ts'
import { useLeave } from '../../store/leaving.ts'
import { Looks } from '../../ui/looks.tsx'
import { ConnectDialog } from './connect-dialog.tsx'
import { NoServer } from './no-server.tsx'
import classes from './session.module.css'
import { SignIn } from './sign-in.tsx'

/** What is shown while nobody is signed in: which server, then who. */
export function SessionPage({ session }: { readonly session: SessionView }) {
  const { t } = useTranslation()
  const [connecting, setConnecting] = useState(false)
  const leave = useLeave('server')
  const connect = () => leave(() => setConnecting(true))
  return (
    <div className={classes.page}>
      <main className={classes.middle}>
        <div className={`panel ${classes.card}`}>
          <Inner session={session} onConnect={connect} />
        </div>
        <details className={classes.looks}>
          <summary>{t('frame.theme')}</summary>
          <Looks />
        </details>
      </main>
      {connecting && <ConnectDialog onClose={() => setConnecting(false)} />}
    </div>
  )
}

function Inner({ session, onConnect }: { readonly session: SessionView; readonly onConnect: () => void }) {
  switch (session.state) {
    case 'no-server':
      return <NoServer session={session} onConnect={onConnect} />
    case 'signed-out':
    case 'signing-in':
    case 'signed-in':
      return <SignIn session={session} onConnect={onConnect} />
    default:
      return assertNever(session.state)
  }
}
