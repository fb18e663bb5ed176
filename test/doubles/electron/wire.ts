/** Node → the preload's world of one window. */
export type ToWorld =
  | {
      readonly t: 'event'
      readonly channel: string
      readonly args: readonly unknown[]
      readonly ports: readonly number[]
    }
  | { readonly t: 'port'; readonly id: number; readonly data: unknown }
  | { readonly t: 'port-close'; readonly id: number }

/** The preload's world → Node. */
export type FromWorld =
  | { readonly t: 'send'; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly t: 'port'; readonly id: number; readonly data: unknown }
  | { readonly t: 'preload-error'; readonly message: string }
