import { createContext, useContext } from 'react'

export type ShellActions = { logContact: () => void; search: () => void; shortcuts: () => void }

export const ShellContext = createContext<ShellActions>({ logContact: () => {}, search: () => {}, shortcuts: () => {} })

/** What the shell does for any screen: open the log, the search, the list of keys. */
export const useShell = () => useContext(ShellContext)
