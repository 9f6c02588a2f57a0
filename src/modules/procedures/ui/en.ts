/** Words of procedures. */
export const en = {
  'event.case.step_answered': 'noted for “{{step}}”: {{value}}',
  'event.case.step_done': 'did “{{step}}”',
  'event.case.step_skipped': 'left “{{step}}” out: {{note}}',
  'event.case.step_undone': 'noted that “{{step}}” was not done after all',
  'event.procedure.changed': 'changed the draft of the procedure “{{name}}”',
  'event.procedure.drafted': 'began the procedure “{{name}}”',
  'event.procedure.ended': 'took the procedure “{{name}}” out of use',
  'event.procedure.published': 'put version {{number}} of the procedure “{{name}}” in force',
  'event.procedure.restored': 'brought the procedure “{{name}}” back',
} as const
