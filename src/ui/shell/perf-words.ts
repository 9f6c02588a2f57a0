/** Words of the overlay that shows how fast the page is. */
export const perf = {
  'perf.calls': 'Last {{n}} calls',
  'perf.callsText': 'half within {{p50}}, 95 of 100 within {{p95}}',
  'perf.close': 'Close the speed overlay',
  'perf.live': 'Live updates',
  'perf.liveText': 'last {{last}} after a change of your own, half within {{p50}}',
  'perf.longTasks': 'Long tasks',
  'perf.longTasksText': '{{n}}, the longest {{longest}}, together {{total}}',
  'perf.ms': '{{n}} ms',
  'perf.navigation': 'Last navigation',
  'perf.navigationText': '{{ms}} to {{path}}',
  'perf.none': 'none so far',
  'perf.page': 'This page',
  'perf.pageText': 'first drawn after {{ms}}',
  'perf.slowest': 'Slowest call',
  'perf.slowestText': '{{ms}}: {{path}}',
  'perf.title': 'Speed',
} as const
