import type { TextKey } from '../language/index.ts'

type Page = { path: string; label: TextKey; permission?: string; group: TextKey }

/** The settings, in the order in which a new organisation needs them. Only what one may read is shown. */
export const organisationPages: Page[] = [
  { path: 'general', label: 'general.title', group: 'settings.us' },
  { path: 'hours', label: 'hours.title', group: 'settings.us' },
  { path: 'teams', label: 'teams.title', group: 'settings.us' },
  { path: 'staff', label: 'staff.title', group: 'settings.us' },
  { path: 'roles', label: 'roles.title', group: 'settings.us' },
  { path: 'mailboxes', label: 'mailboxes.title', permission: 'settings.read', group: 'settings.mail' },
  { path: 'mail', label: 'mail.title', permission: 'mail.read', group: 'settings.mail' },
  { path: 'messengers', label: 'messengers.title', permission: 'settings.read', group: 'settings.mail' },
  { path: 'telephone', label: 'telephone.title', permission: 'settings.read', group: 'settings.mail' },
  { path: 'portal', label: 'portal.title', permission: 'settings.read', group: 'settings.mail' },
  { path: 'widget', label: 'widget.title', permission: 'settings.read', group: 'settings.mail' },
  { path: 'macros', label: 'macros.title', permission: 'case.handle', group: 'settings.cases' },
  { path: 'procedures', label: 'procedures.title', permission: 'knowledge.read', group: 'settings.cases' },
  { path: 'rules', label: 'rules.title', permission: 'settings.read', group: 'settings.cases' },
  { path: 'assignment', label: 'assign.title', permission: 'settings.read', group: 'settings.cases' },
  { path: 'workloads', label: 'work.title', permission: 'case.assign', group: 'settings.cases' },
  { path: 'levels', label: 'levels.title', permission: 'case.read', group: 'settings.cases' },
  { path: 'resources', label: 'resources.title', permission: 'case.read', group: 'settings.cases' },
  { path: 'appointments', label: 'types.title', permission: 'case.read', group: 'settings.cases' },
  { path: 'offers', label: 'offers.title', group: 'settings.cases' },
  { path: 'fields', label: 'fields.title', group: 'settings.cases' },
  { path: 'families', label: 'families.title', permission: 'catalogue.read', group: 'settings.cases' },
  { path: 'places', label: 'places.title', permission: 'catalogue.read', group: 'settings.cases' },
  { path: 'returns', label: 'returnPolicy.title', permission: 'return.handle', group: 'settings.cases' },
  { path: 'groups', label: 'groups.title', permission: 'person.read', group: 'settings.cases' },
  { path: 'decisions', label: 'decisions.title', permission: 'authority.read', group: 'settings.system' },
  { path: 'jobs', label: 'jobs.title', permission: 'jobs.read', group: 'settings.system' },
  { path: 'audit', label: 'audit.title', permission: 'audit.read', group: 'settings.system' },
]
