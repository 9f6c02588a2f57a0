/** A figure that must not be passed: milliseconds at most, or a rate at least. */
export type Budget = { p50?: number; p95?: number; perSecond?: number }

type ByClients = Record<number, Budget>

/** On 2 cores at 100,000 cases, by the number of clients. */
const hundredThousand: Record<string, ByClients> = {
  create: { 1: { perSecond: 300, p95: 6 }, 8: { perSecond: 1000, p95: 15 } },
  reply: { 1: { perSecond: 300, p95: 6 }, 8: { perSecond: 1000, p95: 15 } },
  'mail accepted': { 1: { perSecond: 150 }, 8: { perSecond: 400 } },
  'mail to case': { 1: { p95: 2000 }, 8: { p95: 2000 } },
  'list recent': { 1: { p50: 5 }, 8: { p50: 15 } },
  'list queue': { 1: { p50: 5 }, 8: { p50: 15 } },
  'list queue of a team role': { 1: { p50: 5 }, 8: { p50: 15 } },
  'list promises': { 1: { p50: 5 }, 8: { p50: 15 } },
  'list late promises of a team role': { 1: { p50: 5 }, 8: { p50: 15 } },
  'list my promises': { 1: { p50: 5 }, 8: { p50: 15 } },
  'list ended promises': { 1: { p50: 5 }, 8: { p50: 15 } },
  'list referrals': { 1: { p50: 5 }, 8: { p50: 15 } },
  'list referrals by worth': { 1: { p50: 5 }, 8: { p50: 15 } },
  'list referrals that are done': { 1: { p50: 5 }, 8: { p50: 15 } },
  'list decisions': { 1: { p50: 5 }, 8: { p50: 15 } },
  'list deliveries': { 1: { p50: 5 }, 8: { p50: 15 } },
  'list demands': { 1: { p50: 5 }, 8: { p50: 15 } },
  'list articles': { 1: { p50: 5 }, 8: { p50: 15 } },
  'list products': { 1: { p50: 5 }, 8: { p50: 15 } },
  'list notifications': { 1: { p50: 5 }, 8: { p50: 15 } },
  'live update': { 1: { p95: 500 }, 8: { p95: 500 } },
  'search rare': { 1: { p50: 3 } },
  'search 1 %': { 1: { p50: 15 } },
  'search 31 %': { 1: { p50: 40 } },
}

/** At 1,000,000 cases with 10 messages each. */
const million: Record<string, ByClients> = {
  reply: { 1: { p95: 60 } },
  'list recent': { 1: { p95: 50 } },
  'list queue': { 1: { p95: 50 } },
  'list queue of a team role': { 1: { p95: 50 } },
  'list promises': { 1: { p95: 50 } },
  'list late promises of a team role': { 1: { p95: 50 } },
  'list my promises': { 1: { p95: 50 } },
  'list ended promises': { 1: { p95: 50 } },
  'list referrals': { 1: { p95: 50 } },
  'list referrals by worth': { 1: { p95: 50 } },
  'list referrals that are done': { 1: { p95: 50 } },
  'list decisions': { 1: { p95: 50 } },
  'list deliveries': { 1: { p95: 50 } },
  'list demands': { 1: { p95: 50 } },
  'list deficiencies': { 1: { p95: 50 } },
  'list a week of the diary': { 1: { p95: 50 } },
  'list articles': { 1: { p95: 50 } },
  'list products': { 1: { p95: 50 } },
  'list notifications': { 1: { p95: 50 } },
  counts: { 1: { p95: 30 } },
  'counts of a team role': { 1: { p95: 30 } },
  'open a case': { 1: { p95: 60 } },
  'search rare': { 1: { p95: 150 } },
  'search 1 %': { 1: { p95: 150 } },
  'search 31 %': { 1: { p95: 150 } },
  'mail to case': { 1: { p95: 2000 }, 8: { p95: 2000 } },
  'live update': { 1: { p95: 500 }, 8: { p95: 500 } },
}

/** For 100,000 promises, planned by the working calendar. */
export const planningSeconds = 10
export const startMs = 1500
/** Of program and database together, and of the program alone. */
export const idleMb = 250
export const idleProgramMb = 150
export const shareOfBare = 0.5

export const budgetOf = (cases: number, name: string, clients: number): Budget =>
  (cases >= 1_000_000 ? million : hundredThousand)[name]?.[clients] ?? {}
