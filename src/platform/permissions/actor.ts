/** How far a role sees: everything, the work of the own teams, own work, or nothing. */
export type Visibility = 'all' | 'team' | 'own' | 'none'

/** Whoever does something: a member of staff, the program itself, a customer with a signed link, or nobody known. */
export type Actor = {
  kind: 'staff' | 'system' | 'customer' | 'anonymous'
  /** Staff: id of the member of staff. Customer: id of the person. */
  id: number | null
  name: string
  role: string
  permissions: ReadonlySet<string>
  visibility: Visibility
  teams: readonly number[]
  /** Set when a program acts for a member of staff. */
  tokenId?: number
  sessionToken?: string
  language: string
}

const none: ReadonlySet<string> = new Set()

/** Nobody who is known. */
export const anonymous: Actor = {
  kind: 'anonymous',
  id: null,
  name: 'Somebody',
  role: 'anonymous',
  permissions: none,
  visibility: 'none',
  teams: [],
  language: 'en',
}

/** The program itself: jobs, mail, clean-up. Sees all, because whom it acts for is checked where it was asked. */
export const system: Actor = { ...anonymous, kind: 'system', name: 'Rapport', role: 'system', visibility: 'all' }

/** The member of staff who acts, by their id; null where it is nobody of the house. */
export const staffIdOf = (actor: Actor): number | null => (actor.kind === 'staff' ? actor.id : null)

export const mayDo = (actor: Actor, permission: string): boolean => {
  if (permission === 'public') return true
  if (actor.kind === 'system') return true
  if (permission === 'signed-in') return actor.kind === 'staff'
  return actor.kind === 'staff' && actor.permissions.has(permission)
}
