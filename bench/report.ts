import { type BrowserFigures, lineText } from './browser/browser.ts'
import { type Budget, budgetOf, idleMb, idleProgramMb, planningSeconds, shareOfBare, startMs } from './budgets.ts'
import type { Figures } from './measure.ts'
import type { Visitors } from './visitors.ts'

export type Row = Figures & { name: string; budget: Budget; met: boolean | null }

export type Report = {
  cases: number
  messages: number
  rows: Row[]
  filled: { seconds: number; rowsPerSecond: number } | null
  start: { ms: number; budget: number; met: boolean }
  idle: { programMb: number; databaseMb: number; budget: number; met: boolean }
  visitors: Visitors | null
  browser: BrowserFigures | null
  /** Seconds for 100,000 promises. */
  planning: number | null
  busy: { programMb: number; databaseMb: number }
  ratios: { name: string; ratio: number; budget: number | null; met: boolean | null }[]
}

/** One line of the table, with its budget beside it. */
export const rowOf = (cases: number, name: string, figures: Figures): Row => {
  const budget = budgetOf(cases, name, figures.clients)
  const kept = [
    ...(budget.p50 === undefined ? [] : [figures.p50 <= budget.p50]),
    ...(budget.p95 === undefined ? [] : [figures.p95 <= budget.p95]),
    ...(budget.perSecond === undefined ? [] : [figures.perSecond >= budget.perSecond]),
  ]
  return { name, ...figures, budget, met: kept.length === 0 ? null : kept.every(Boolean) }
}

export const startOf = (ms: number) => ({ ms, budget: startMs, met: ms <= startMs })
export const idleOf = (memory: { program: number; database: number }) => ({
  programMb: memory.program,
  databaseMb: memory.database,
  budget: idleMb,
  met: memory.program <= idleProgramMb && memory.program + memory.database <= idleMb,
})

/** How the program compares with plainer ones in the same run, on the same database. */
export const ratiosOf = (rows: readonly Row[]): Report['ratios'] =>
  [1, 8].flatMap(clients => {
    const rate = (name: string) => rows.find(row => row.name === name && row.clients === clients)?.perSecond
    const ratio = (name: string, plain: string, budget: number | null) => {
      const [own, other] = [rate(name), rate(plain)]
      if (!own || !other) return []
      return [
        { name: `${name} / ${plain} at ${clients}`, ratio: own / other, budget, met: budget && own / other >= budget },
      ]
    }
    return [
      ...ratio('create', 'ceiling: pg alone', null),
      ...ratio('create', 'ceiling: fastify + pg', shareOfBare),
      ...ratio('list recent', 'ceiling: fastify + pg, list', null),
    ].map(({ met, ...one }) => ({ ...one, met: met === null ? null : Boolean(met) }))
  })

const digits = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(1))

const budgetText = ({ perSecond, p50, p95 }: Budget): string =>
  [
    ...(perSecond === undefined ? [] : [`>= ${perSecond}/s`]),
    ...(p50 === undefined ? [] : [`p50 ${p50}`]),
    ...(p95 === undefined ? [] : [`p95 ${p95}`]),
  ].join(', ')

const verdict = (met: boolean | null): string => (met === null ? '' : met ? 'pass' : 'MISS')

/** The report as a Markdown table, which reads well on a terminal too. */
export const tableOf = (report: Report): string => {
  const head = [
    'what',
    'clients',
    'per s',
    'p50 ms',
    'p95 ms',
    'p99 ms',
    'cpu ms program',
    'cpu ms database',
    'budget',
    '',
  ]
  const lines = report.rows.map(row => [
    row.name,
    String(row.clients),
    digits(row.perSecond),
    digits(row.p50),
    digits(row.p95),
    digits(row.p99),
    row.cpu ? row.cpu.program.toFixed(2) : '',
    row.cpu ? row.cpu.database.toFixed(2) : '',
    budgetText(row.budget),
    verdict(row.met),
  ])
  const widths = head.map((title, column) => Math.max(title.length, ...lines.map(line => line[column]?.length ?? 0)))
  const pad = (line: string[]) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const rule = `|${widths.map(width => '-'.repeat(width + 2)).join('|')}|`
  const { start, idle, busy, filled, visitors, browser, planning } = report
  return [
    `${report.cases.toLocaleString('en')} cases, ${report.messages.toLocaleString('en')} messages`,
    ...(filled ? [`Built in ${filled.seconds.toFixed(0)} s: ${filled.rowsPerSecond.toLocaleString('en')} rows/s`] : []),
    '',
    pad(head),
    rule,
    ...lines.map(pad),
    '',
    ...report.ratios.map(
      ({ name, ratio, budget, met }) =>
        `${name}: ${ratio.toFixed(2)}${budget === null ? '' : ` (>= ${budget}: ${verdict(met)})`}`,
    ),
    `Start with data: ${start.ms.toFixed(0)} ms (<= ${start.budget}: ${verdict(start.met)})`,
    `Idle memory: ${idle.programMb.toFixed(0)} MB program + ${idle.databaseMb.toFixed(0)} MB database (<= ${idleProgramMb} and ${idle.budget} together: ${verdict(idle.met)})`,
    ...(visitors
      ? [
          `${visitors.open} visitors' windows: ${visitors.programMb.toFixed(0)} MB program + ${visitors.databaseMb.toFixed(0)} MB database (program <= ${visitors.budgetMb}: ${verdict(visitors.met)}), told within ${visitors.toldMs.toFixed(0)} ms`,
        ]
      : []),
    ...(planning === null
      ? []
      : [
          `100,000 promises planned in ${planning.toFixed(1)} s (<= ${planningSeconds}: ${verdict(planning <= planningSeconds)})`,
        ]),
    ...(browser ? [...browser.lines.map(lineText), `Load average at the end: ${browser.load[0]?.toFixed(1)}`] : []),
    `Memory at the end: ${busy.programMb.toFixed(0)} MB program + ${busy.databaseMb.toFixed(0)} MB database`,
  ].join('\n')
}
