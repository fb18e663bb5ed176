import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SessionView } from '../../../../shared/view/session.ts'
import { useCall } from '../../store/core-context.tsx'
import { useLeave } from '../../store/leaving.ts'
import { say } from '../../ui/say.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { ForgetServer } from './forget-server.tsx'
import classes from './session.module.css'

/** Servers this desk has been connected to; each keeps its own journal. */
export function KnownServers({ session }: { readonly session: SessionView }) {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  const leave = useLeave('server')
  const others = session.servers.filter((server) => server.id !== session.server?.id)
  if (others.length === 0) return null
  const choose = async (id: string) => {
    const result = await call('server.choose', { id })
    if (!result.ok) say(failure(result.error), 'failed')
  }
  return (
    <section className={classes.known} aria-labelledby="known-servers">
      <h2 id="known-servers">{t('session.known')}</h2>
      <ul>
        {others.map((server) => (
          <li key={server.id}>
            <span>
              <bdi className={classes.name}>{server.name}</bdi> · {t(`session.mode_${server.mode}`)}{' '}
              <bdi dir="ltr" className="quiet">
                {server.url}
              </bdi>
            </span>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`${t('session.use')} ${server.name}`}
              onClick={() => leave(() => void choose(server.id))}
            >
              {t('session.use')}
            </Button>
            <ForgetServer id={server.id} name={server.name} />
          </li>
        ))}
      </ul>
    </section>
  )
}
