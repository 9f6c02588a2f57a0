import type { Clause, Content } from './contract-shapes.ts'

type Part = Clause['part']
const clause = (key: string, part: Part, text: string, promise: Clause['promise'] = null): Clause => ({
  key,
  part,
  text,
  promise,
})

type Kind = NonNullable<NonNullable<Clause['promise']>['indicator']>['kind']
const all = { all: [] }
const complaints = { field: 'kind', op: 'is', value: 'complaint' }

/** A promise that is measured: by the time it was promised, or within working days or minutes. */
const measured = (
  kind: Kind,
  target: NonNullable<NonNullable<Clause['promise']>['indicator']>['target'],
  percent: number,
  remedy: string,
  condition: NonNullable<NonNullable<Clause['promise']>['indicator']>['condition'] = all,
): NonNullable<Clause['promise']> => ({
  indicator: { kind, condition, target, percent, days: 90 },
  remedy,
  remedyMinutes: null,
})

const code = (name: string, level: Content['level'], scope: string, clauses: Clause[]): Content => ({
  name,
  level,
  scope,
  limits: '',
  definitions: '',
  contact: '',
  jurisdiction: 'uk',
  clauses,
})

const asPromised = { unit: 'as_promised' } as const
const days = (n: number) => ({ unit: 'working_days', n }) as const

/** Ready-made codes, to be edited by whoever owns them: what most organisations need before they have written any. */
export const starters: { key: string; content: Content }[] = [
  {
    key: 'telephone',
    content: code('Telephone manner', 'organisation', 'Every call with a customer or a colleague.', [
      clause('greet', 'staff', 'Say the name of the organisation and your own, then let the caller speak first.'),
      clause('hold', 'staff', 'Ask before you put somebody on hold, and come back to them within two minutes.'),
      clause('note', 'staff', 'Write down what was said and promised before you take the next call.'),
      clause('call_back', 'customers', 'When we say that we call you back, we call by the time we named.', {
        ...measured(
          'call_back',
          asPromised,
          95,
          'We call the same day, say that we are late, and put the caller first.',
        ),
        remedyMinutes: 120,
      }),
      clause(
        'upset',
        'problems',
        'A caller who is upset is heard out once without interruption; then say back what you heard.',
      ),
      clause(
        'abuse',
        'problems',
        'You may end a call after one clear warning when you are insulted or threatened. Note it, and tell your supervisor.',
      ),
    ]),
  },
  {
    key: 'appearance',
    content: code('Appearance', 'organisation', 'Everybody who meets customers face to face.', [
      clause('badge', 'staff', 'Wear your name badge where it can be read from two metres.'),
      clause(
        'clean',
        'staff',
        'Clothes and hands are clean at the beginning of the shift; protective clothing is worn where it is provided.',
      ),
      clause('place', 'staff', 'The counter is cleared and the floor in front of it free of obstacles before we open.'),
      clause(
        'belief',
        'problems',
        'Dress that belongs to somebody’s religion, health or disability is respected; talk to your line manager where safety asks for something else.',
      ),
    ]),
  },
  {
    key: 'records',
    content: code('Record keeping', 'organisation', 'Every contact, promise, payment and incident.', [
      clause(
        'same_day',
        'staff',
        'Every contact is on record the day it happens, with who, what and what was promised.',
      ),
      clause('facts', 'staff', 'Write facts as you would show them to the customer. They may ask to read them.'),
      clause(
        'access',
        'customers',
        'You may ask what we hold about you. We answer within 20 working days, free of charge.',
        {
          indicator: null,
          remedy: 'We say why it takes longer and by when, and you may go to the supervisory authority.',
          remedyMinutes: null,
        },
      ),
      clause(
        'mistake',
        'problems',
        'A record that is wrong is corrected with a note of what it said; nothing is made to disappear.',
      ),
    ]),
  },
  {
    key: 'refunds',
    content: code('Refunds', 'industry', 'Goods and services bought from us, at the counter, by telephone or online.', [
      clause('rights', 'staff', 'Say what the law gives the customer before you say what we give on top of it.'),
      clause('limits', 'staff', 'Decide within your limits; beyond them refer, and do not say no for somebody else.'),
      clause(
        'money',
        'customers',
        'Once we have agreed to a refund, the money is on its way within 5 working days, the way you paid.',
        {
          ...measured('refund_payment', days(5), 95, 'We pay the same day, and tell you why it was late.'),
          remedyMinutes: 480,
        },
      ),
      clause(
        'no_receipt',
        'problems',
        'Without a receipt other proof is looked for: a bank statement, a serial number, our own record.',
      ),
    ]),
  },
  {
    key: 'complaints',
    content: code(
      'Complaints',
      'organisation',
      'Anybody who tells us that they are not satisfied, by any way, outside or inside.',
      [
        clause(
          'welcome',
          'staff',
          'Thank whoever complains. It is recorded as a complaint when they are not satisfied, whatever they call it.',
        ),
        clause('other_person', 'staff', 'Somebody who was not involved looks into it.'),
        clause('answer', 'customers', 'We answer a complaint within 5 working days, and say what we decided and why.', {
          ...measured('first_reply', days(5), 95, 'We ring you, say how far we are, and name a new day.', complaints),
          remedyMinutes: 480,
        }),
        clause(
          'further',
          'customers',
          'When we cannot agree, we tell you in our last answer who decides outside our house and by when you can turn to them.',
        ),
        clause('retaliate', 'problems', 'Nobody is treated worse because they complained.'),
      ],
    ),
  },
  {
    key: 'confidentiality',
    content: code('Confidentiality', 'profession', 'Everything we learn of customers and colleagues.', [
      clause('need', 'staff', 'Look only at records that your work needs. Every look is on record.'),
      clause('aloud', 'staff', 'Do not say names, addresses, payments or health aloud where others can hear.'),
      clause('cards', 'staff', 'Card numbers are typed into the terminal and nowhere else, on paper least of all.'),
      clause('prove', 'customers', 'Before we speak about your matter we ask you two things that only you know.'),
      clause(
        'breach',
        'problems',
        'What went to the wrong person is reported to the data protection lead within the hour, however small.',
      ),
    ]),
  },
  {
    key: 'equality',
    content: code('Equal treatment', 'ethics', 'Everybody we deal with, under the Equality Act 2010.', [
      clause('same', 'staff', 'The same matter gets the same answer, whoever asks.'),
      clause('adjust', 'staff', 'Ask what somebody needs to be served well, write it down once, and do it every time.'),
      clause(
        'reach',
        'customers',
        'Tell us how you want to be reached and helped. We note it, and you do not have to say it twice.',
      ),
      clause(
        'third',
        'problems',
        'Harassment by customers is stopped by whoever sees it, and reported the same day: nobody has to bear it.',
      ),
    ]),
  },
  {
    key: 'safety',
    content: code('Safety', 'industry', 'Staff, customers and visitors in our rooms, and goods that leave them.', [
      clause('substances', 'staff', 'Substances are kept, labelled and used as their assessment says (COSHH 2002).'),
      clause('exits', 'staff', 'Ways out are free and unlocked as long as anybody is in.'),
      clause('incident', 'staff', 'Every accident and near miss is logged as an incident before the end of the shift.'),
      clause(
        'recall',
        'customers',
        'When a product is dangerous, we tell everybody who bought it from us within 2 working days of knowing.',
        {
          indicator: null,
          remedy: 'We say since when we have known, and take the product back wherever it was bought.',
          remedyMinutes: null,
        },
      ),
      clause('stop', 'problems', 'Anybody may stop work that looks dangerous. Nobody is blamed for stopping.'),
    ]),
  },
]
