/** Words of service levels: the times that are promised by rule. */
export const en = {
  'event.level.added': 'added the service level “{{name}}”',
  'event.level.changed': 'changed the service level “{{name}}”',
  'event.level.ended': 'ended the service level “{{name}}”',
  'event.level.ordered': 'changed the order of the service levels for: {{kind}}',
  'event.level.replanned': 'planned {{looked}} open promises anew: {{moved}} moved',
}
