import { type ComponentType, createElement, lazy, useState } from 'react'

/**
 * A part of a screen whose code is fetched when it is first shown, or before by `preload`. Once the code is there it is
 * drawn at once, without the moment of nothing that a lazy component always begins with.
 */
export const preloadable = <P extends object>(load: () => Promise<ComponentType<P>>) => {
  let ready: ComponentType<P> | null = null
  const preload = async () => {
    ready = await load()
    return ready
  }
  const Later = lazy(async () => ({ default: await preload() })) as unknown as ComponentType<P>
  // biome-ignore lint/correctness/noComponentHookFactories: made once for each part, where its module is read
  const Shown = (props: P) => {
    // Whichever it began with it stays with: a change would lose what is in it.
    const [Component] = useState<ComponentType<P>>(() => ready ?? Later)
    return createElement(Component, props)
  }
  return Object.assign(Shown, { preload })
}
