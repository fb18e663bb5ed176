import { useTranslation } from 'react-i18next'
import { useRoute } from '../../store/route.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Keys } from '../../ui/kbd.tsx'
import classes from './palette.module.css'
import { type KeyLine, useKeysHere } from './use-keys-here.ts'

/** Every key that works on this screen: its own first, then those of all screens. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const screen = useRoute((route) => route.screen)
  const { here, everywhere } = useKeysHere()
  return (
    <Dialog title={t('session.keysTitle')} size="xl" onClose={onClose}>
      {here.length > 0 && (
        <Lines title={t('session.keysHere', { screen: t(`frame.screens.${screen}`) })} lines={here} />
      )}
      <Lines title={t('session.keysEverywhere')} lines={everywhere} />
      <p className="quiet small">{t('session.keysNote')}</p>
    </Dialog>
  )
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly KeyLine[] }) {
  return (
    <>
      <h3 className={classes.keysHead}>{title}</h3>
      <dl className={classes.keys}>
        {lines.map(([keys, words]) => (
          <div key={keys}>
            <dt>
              <Keys keys={keys} />
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
