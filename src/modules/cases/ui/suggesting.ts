import { PluginKey } from '@tiptap/pm/state'
import type { Editor, Range } from '@tiptap/react'
import { Extension } from '@tiptap/react'
import { Suggestion } from '@tiptap/suggestion'

/** Something offered while one types: a colleague, a case, a macro. */
export type Offer = {
  key: string
  label: string
  detail?: string
  /** What else happens when it is chosen. */
  effect?: string
  /** What is written in place of what was typed; or what is done instead. */
  insert: string | ((editor: Editor, range: Range) => void)
}

/** What opens a list while one writes, and what it finds. */
export type Trigger = {
  name: string
  char: string
  /** Names have blanks in them. */
  withSpaces: boolean
  find: (query: string) => Offer[] | Promise<Offer[]>
}

export type Shown = {
  trigger: string
  offers: Offer[]
  at: DOMRect | null
  active: number
  pick: (offer: Offer) => void
}

/** The open list: one at a time, shown by the screen, steered from the text. */
export const makeSuggesting = () => {
  let shown: Shown | null = null
  const watchers = new Set<() => void>()
  const set = (next: Shown | null) => {
    shown = next
    for (const watcher of watchers) watcher()
  }
  const move = (step: number) => {
    if (!shown) return
    const count = shown.offers.length
    set({ ...shown, active: (shown.active + step + count) % count })
  }
  const press = (event: KeyboardEvent): boolean => {
    if (!shown || shown.offers.length === 0) return false
    if (event.key === 'ArrowDown') move(1)
    else if (event.key === 'ArrowUp') move(-1)
    else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') {
      const offer = shown.offers[shown.active]
      if (offer) shown.pick(offer)
    } else return false
    return true
  }
  return {
    get: () => shown,
    set,
    press,
    watch: (watcher: () => void) => {
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
  }
}
export type Suggesting = ReturnType<typeof makeSuggesting>

const put = (editor: Editor, range: Range, offer: Offer) =>
  typeof offer.insert === 'string'
    ? void editor.chain().focus().insertContentAt(range, offer.insert).run()
    : offer.insert(editor, range)

/** Lists that open in the text, each with its sign. */
export const triggersOf = (triggers: () => Trigger[], suggesting: Suggesting) =>
  Extension.create({
    name: 'triggers',
    addProseMirrorPlugins() {
      return triggers().map(({ name, char, withSpaces }) =>
        Suggestion<Offer, Offer>({
          editor: this.editor,
          pluginKey: new PluginKey(`trigger-${name}`),
          char,
          allowSpaces: withSpaces,
          items: ({ query }) =>
            triggers()
              .find(one => one.name === name)
              ?.find(query) ?? [],
          command: ({ editor, range, props }) => put(editor, range, props),
          render: () => {
            const show = (props: {
              items: Offer[]
              command: (o: Offer) => void
              clientRect?: (() => DOMRect | null) | null
            }) => {
              const before = suggesting.get()
              const active = before?.trigger === name ? Math.min(before.active, props.items.length - 1) : 0
              suggesting.set({
                trigger: name,
                offers: props.items,
                at: props.clientRect?.() ?? null,
                active: Math.max(0, active),
                pick: props.command,
              })
            }
            return {
              onStart: show,
              onUpdate: show,
              onKeyDown: ({ event }) => suggesting.press(event),
              onExit: () => suggesting.get()?.trigger === name && suggesting.set(null),
            }
          },
        }),
      )
    },
  })
