import { createTheme, Drawer, Modal, Tooltip } from '@mantine/core'

/**
 * Colours and sizes live in tokens.css, because a style made at run time would break the page's policy. Here only
 * behaviour: nothing locks the page's scroll (that injects a style), every tooltip also opens on focus.
 */
export const theme = createTheme({
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Modal: Modal.extend({
      defaultProps: {
        lockScroll: false,
        transitionProps: { duration: 120 },
        centered: true,
        overlayProps: { backgroundOpacity: 0.4 },
      },
    }),
    Drawer: Drawer.extend({ defaultProps: { lockScroll: false, transitionProps: { duration: 120 } } }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        events: { hover: true, focus: true, touch: true },
        openDelay: 150,
        multiline: true,
        maw: 340,
        transitionProps: { duration: 100 },
      },
    }),
  },
})
