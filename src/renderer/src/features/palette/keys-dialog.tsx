import { useTranslation } from 'react-i18next'
import { SCREEN_KEY } from '../../store/keys.ts'
import { SCREENS } from '../../store/route.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Keys } from '../../ui/kbd.tsx'
import classes from './palette.module.css'

/** Every key of the console. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const rows: readonly (readonly [string, string])[] = [
    ['Ctrl K', t('session.key.palette')],
    ['?', t('session.key.help')],
    ['/', t('session.key.search')],
    ['m', t('session.key.mark')],
    ['n', t('session.key.faults')],
    ['f', t('session.key.freeze')],
    ['l', t('session.key.live')],
    ['t', t('session.key.tryNow')],
    ...SCREENS.map(
      (screen) => [`g ${SCREEN_KEY[screen]}`, t('session.goTo', { screen: t(`frame.screens.${screen}`) })] as const,
    ), // a pair, not a list
    ['Esc', t('session.key.close')],
  ]
  return (
    <Dialog title={t('session.keysTitle')} onClose={onClose}>
      <dl className={classes.keys}>
        {rows.map(([keys, words]) => (
          <div key={keys}>
            <dt>
              <Keys keys={keys} />
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet small">{t('session.keysNote')}</p>
    </Dialog>
  )
}
