import type { ArticleKind, ArticleSource, Audience } from '../../src/modules/knowledge/contract-shapes.ts'
import type { StaffKey } from './staff.ts'
import type { TeamKey } from './teams.ts'

/** How far an article has come; `changed` is published and being written anew. */
export type Stage = 'draft' | 'in_review' | 'returned' | 'approved' | 'published' | 'changed' | 'archived'

export type SampleArticle = {
  title: string
  summary: string
  html: string
  kind: ArticleKind
  source: ArticleSource
  audience: Audience
  team?: TeamKey
  topics: string[]
  writer: StaffKey
  checker: StaffKey
  stage: Stage
  /** Days from today until it is looked at again; before today it is overdue. */
  reviewInDays?: number
  language?: string
  /** The title of the article it is a translation of. */
  of?: string
  /** Words of the cases it answered. */
  answers?: string
  helped?: StaffKey[]
  notHelped?: StaffKey[]
}

/** What the people of the sample organisation have written down, for every house and in every state. */
export const articles: readonly SampleArticle[] = [
  {
    title: 'Returning something you bought',
    summary: 'Thirty days, in any of our shops or by post. With the receipt you get your money back.',
    html: '<p>You can bring back what you bought within <strong>thirty days</strong>.</p><h2>What to bring</h2><ul><li>the item, complete and as little used as trying it needs</li><li>the receipt, or the card you paid with</li></ul><h2>How long it takes</h2><table><tbody><tr><th>You paid</th><th>Your money is back</th></tr><tr><td>in cash</td><td>at once</td></tr><tr><td>by card</td><td>within three to five working days</td></tr><tr><td>on account</td><td>with your next statement</td></tr></tbody></table><p>Something faulty is another matter: you can bring it back after thirty days too.</p>',
    kind: 'directive',
    source: 'own_experience',
    audience: 'public',
    topics: ['return_policy'],
    writer: 'priya',
    checker: 'owen',
    stage: 'published',
    reviewInDays: 120,
    answers: 'return',
    helped: ['tom', 'marcus', 'grace'],
  },
  {
    title: 'Zurückgeben, was Sie gekauft haben',
    summary: 'Dreißig Tage, in jedem unserer Läden oder per Post.',
    html: '<p>Sie können innerhalb von <strong>dreißig Tagen</strong> zurückbringen, was Sie gekauft haben. Bitte bringen Sie den Kassenbon mit.</p>',
    kind: 'directive',
    source: 'own_experience',
    audience: 'public',
    topics: ['return_policy'],
    writer: 'jonas',
    checker: 'margaret',
    stage: 'published',
    language: 'de',
    of: 'Returning something you bought',
  },
  {
    title: 'Where is my parcel?',
    summary: 'Most parcels are there within three working days. How to follow yours, and what we do when it is late.',
    html: '<p>Parcels leave us by four in the afternoon and are with you within three working days.</p><h2>Follow it</h2><p>The number is in the mail that says it has left us.</p><h2>It is late</h2><ol><li>Ask your neighbours, and look for a card.</li><li>After five working days write to us with the number.</li><li>We ask the carrier, who has to answer within one working day.</li></ol>',
    kind: 'informative',
    source: 'customers',
    audience: 'public',
    topics: ['delivery_speed'],
    writer: 'grace',
    checker: 'helen',
    stage: 'published',
    reviewInDays: 60,
    answers: 'parcel',
    helped: ['priya', 'sam'],
    notHelped: ['tom'],
  },
  {
    title: 'The reading lamp gets warm: what is safe, and what is not',
    summary: 'A warm shade is as it should be. A smell of burning is not: switch it off and unplug it.',
    html: '<p>The shade of a reading lamp may be as warm as a cup of tea.</p><p><strong>Switch it off and unplug it</strong> when it smells of burning, flickers, or the cable is damaged. Never use a bulb of more than 40 watts. Bring the lamp to us: do not repair it yourself.</p>',
    kind: 'safety',
    source: 'supplier',
    audience: 'public',
    topics: ['product_features'],
    writer: 'tom',
    checker: 'owen',
    stage: 'published',
    reviewInDays: -12,
    answers: 'lamp',
    helped: ['priya'],
  },
  {
    title: 'Ordering a repeat prescription',
    summary: 'By form or at reception, two working days ahead. Please not by telephone.',
    html: '<p>Order with the form on our website or at reception. It is ready after <strong>two working days</strong>, from 8 in the morning.</p><p>Bring something with your name on it. Somebody else may collect it for you with a note that you have signed.</p>',
    kind: 'instructive',
    source: 'leaflet',
    audience: 'public',
    topics: ['timing'],
    writer: 'catrin',
    checker: 'nadia',
    stage: 'published',
    reviewInDays: 200,
    answers: 'prescription',
    helped: ['ellie', 'daniel'],
  },
  {
    title: 'Prescriptions that need a second look',
    summary: 'Which ones reception never hands out without asking a doctor.',
    html: '<p>Ask the doctor on duty before you hand out any of these:</p><ul><li>a first prescription after a stay in hospital</li><li>a larger amount than last time</li><li>anything for a child under two</li></ul><p>Write down whom you asked and when.</p>',
    kind: 'warning',
    source: 'own_experience',
    audience: 'team',
    team: 'surgery',
    topics: ['confidentiality'],
    writer: 'nadia',
    checker: 'ruth',
    stage: 'published',
    reviewInDays: 30,
    helped: ['ellie'],
  },
  {
    title: 'Applying for a course',
    summary: 'Dates, papers and fees, step by step.',
    html: '<ol><li>Choose a course and look at its dates.</li><li>Fill in the form. You need proof of your last school.</li><li>Pay the deposit within ten days: then the place is yours.</li></ol><p>If you need help with the fee, ask before you apply: the fund has closing dates.</p>',
    kind: 'instructive',
    source: 'brochure',
    audience: 'public',
    topics: ['catalogue'],
    writer: 'catrin',
    checker: 'margaret',
    stage: 'changed',
    reviewInDays: 45,
    answers: 'course',
    helped: ['margaret'],
  },
  {
    title: 'When the projector shows no picture',
    summary: 'Three things to try before an engineer comes.',
    html: '<ol><li>Press Source until the name of your cable shows.</li><li>Unplug the cable at both ends, wait ten seconds, plug it in again.</li><li>Try the spare cable in the drawer of the lectern.</li></ol><p>Still dark? Raise a request with the number on the projector.</p>',
    kind: 'instructive',
    source: 'own_experience',
    audience: 'staff',
    topics: ['premises'],
    writer: 'jonas',
    checker: 'margaret',
    stage: 'published',
    reviewInDays: 90,
    answers: 'projector',
    helped: ['femi', 'catrin'],
  },
  {
    title: 'Resetting a password for a colleague',
    summary: 'Who may ask, how to be sure it is them, and what never to do.',
    html: '<p>Call back on the number in the register. Never send a password by mail, and never to a private address.</p>',
    kind: 'directive',
    source: 'own_experience',
    audience: 'team',
    team: 'desk',
    topics: ['confidentiality'],
    writer: 'femi',
    checker: 'helen',
    stage: 'published',
    answers: 'password',
    helped: ['jonas'],
  },
  {
    title: 'What the papers wrote about our deliveries',
    summary: 'The report of last spring, and what we have changed since.',
    html: '<p>The report says that one parcel in ten was late. Since then a second van goes out in the afternoon.</p>',
    kind: 'informative',
    source: 'press',
    audience: 'staff',
    topics: ['delivery_speed'],
    writer: 'grace',
    checker: 'owen',
    stage: 'archived',
  },
  {
    title: 'Wrapping something as a present',
    summary: 'At the till, free of charge from twenty pounds.',
    html: '<p>Ask at the till. Large items are wrapped in cloth, which stays with the present.</p>',
    kind: 'informative',
    source: 'website',
    audience: 'public',
    topics: ['packaging'],
    writer: 'tom',
    checker: 'owen',
    stage: 'in_review',
  },
  {
    title: 'Large furniture: what to measure before delivery',
    summary: 'Doors, stairs, lift.',
    html: '<p>Measure every door on the way, at its narrowest.</p>',
    kind: 'instructive',
    source: 'customers',
    audience: 'public',
    topics: ['delivery_speed', 'product_features'],
    writer: 'grace',
    checker: 'owen',
    stage: 'returned',
  },
  {
    title: 'Statements for customers on account',
    summary: 'When they go out, and how a mistake is put right.',
    html: '<p>Statements go out on the first working day. A mistake is put right on the next one, with a note.</p>',
    kind: 'informative',
    source: 'own_experience',
    audience: 'staff',
    topics: ['accounts'],
    writer: 'marcus',
    checker: 'helen',
    stage: 'approved',
  },
  {
    title: 'Complaints at the counter: the first two minutes',
    summary: 'Listen, say it back, say what happens next.',
    html: '<p>Let people finish. Say back what you heard. Say what you will do and by when.</p>',
    kind: 'instructive',
    source: 'own_experience',
    audience: 'staff',
    topics: ['staff_attitude'],
    writer: 'priya',
    checker: 'owen',
    stage: 'draft',
  },
]

/** What was looked for and not found: by whom, and how often. */
export const searches: readonly { words: string; staff: number; others: number; dismissed?: string }[] = [
  { words: 'parking at the surgery', staff: 2, others: 7 },
  { words: 'gift vouchers', staff: 3, others: 4 },
  { words: 'sofa covers washing', staff: 1, others: 2 },
  { words: 'train tickets', staff: 0, others: 3, dismissed: 'We do not sell them; the station does.' },
]
