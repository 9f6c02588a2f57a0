import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take longest, the longest first: one that began last would run alone at the end. */
const slow = [
  'durability',
  'bulk',
  'backup-under-load',
  'messengers',
  'permissions',
  'alternatives',
  'backup',
  'sample',
  'documents',
  'conditions',
  'redact',
  'mail',
  'restore',
  'survival',
  'screens',
  'screens-phone',
  'other-ways',
  'referrals',
  'drafts',
  'search-and-views',
  'writing',
  'language',
  'knowledge',
  'joining',
  'rules',
  'quick-log',
  'main-job',
  'demand',
  'offers',
  'procedures',
]

const nameOf = ({ moduleId }: TestSpecification): string => /([^/]+)\.test\.ts$/.exec(moduleId)?.[1] ?? ''

const rankOf = (file: TestSpecification): number => {
  const at = slow.indexOf(nameOf(file))
  return at < 0 ? slow.length : at
}

export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => rankOf(a) - rankOf(b) || a.moduleId.localeCompare(b.moduleId))
  }
}
