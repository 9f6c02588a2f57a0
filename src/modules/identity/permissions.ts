/** Every permission there is, with what it lets somebody do. Operations name them; roles hold them. */
export const permissions = {
  'case.read': 'See cases within reach',
  'case.open': 'Open cases and log contacts',
  'case.handle': 'Answer, note and change cases',
  'case.assign': 'Give cases to colleagues and teams',
  'case.merge': 'Merge and split cases',
  'case.confidential': 'Mark cases confidential and see those of the own teams',
  'case.export': 'Export cases',
  'person.read': 'See the register of people',
  'person.edit': 'Add and change people',
  'catalogue.read': 'See products, services and what is available',
  'catalogue.stock': 'Say what is available where',
  'catalogue.edit': 'Add and change products, families and places, and bring in lists of them',
  'knowledge.read': 'Read articles',
  'knowledge.edit': 'Write articles, and decide what to write about',
  'knowledge.approve': 'Check and approve what others wrote',
  'cover.edit': 'Note who is away, and hand over what they hold',
  'demand.review': 'See what could not be supplied, and note what was done about it',
  'view.share': 'Share views with everybody',
  'settings.read': 'See settings',
  'settings.edit': 'Change the organisation, teams and working hours',
  'staff.edit': 'Add staff, give and take away access, change roles',
  'mail.read': 'See the mail log and quarantine',
  'mail.edit': 'Set up mailboxes and messengers, and decide on quarantined mail',
  'telephone.report': 'Report calls, for a telephone system',
  'jobs.read': 'See background jobs',
  'jobs.edit': 'Retry and drop background jobs',
  'audit.read': 'Read the audit trail',
  'authority.read': 'Read the register of decisions',
} as const

export type Permission = keyof typeof permissions
export const permissionNames = Object.keys(permissions) as Permission[]
