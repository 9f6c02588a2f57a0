/** Words of background jobs. */
export const en = {
  'jobs.attempts': 'Tried {{n}} of {{max}} times',
  'jobs.drop': 'Give up',
  'jobs.dropQuestion': 'Give this job up?',
  'jobs.dropText': 'It will not be tried again. What it was to do stays undone.',
  'jobs.givenUp': 'Given up',
  'jobs.lead': 'Work done in the background: reading mail, sending replies, reminders.',
  'jobs.next': 'next try',
  'jobs.none': 'No job is failing',
  'jobs.noneText': 'A job that fails is tried again by itself, and listed here until it succeeds.',
  'jobs.retry': 'Try now',
  'jobs.running_one': '{{count}} running',
  'jobs.running_other': '{{count}} running',
  'jobs.title': 'Background jobs',
  'jobs.waiting_one': '{{count}} waiting',
  'jobs.waiting_other': '{{count}} waiting',
} as const
