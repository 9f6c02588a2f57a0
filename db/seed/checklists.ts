import type { addProcedure } from '../../src/modules/procedures/index.ts'

type Content = Parameters<typeof addProcedure>[1]
type Step = Content['steps'][number]
type More = Partial<Pick<Step, 'help' | 'required' | 'act' | 'when'>>

const step = (key: string, part: Step['part'], title: string, answer: Step['answer'], more: More = {}): Step => ({
  key,
  part,
  title,
  help: '',
  required: true,
  answer,
  act: null,
  when: null,
  ...more,
})
const told: Step['answer'] = { type: 'text', choices: [] }
const day: Step['answer'] = { type: 'date', choices: [] }
const yesNo: Step['answer'] = { type: 'yes_no', choices: [] }
const only: Step['answer'] = { type: 'none', choices: [] }
const oneOf = (...choices: string[]): Step['answer'] => ({ type: 'choice', choices })
const after = (key: string, value: string | boolean): Pick<More, 'when'> => ({
  when: { field: `answer.${key}`, op: 'is', value },
})
const promise = (kind: 'call_back' | 'follow_up' | 'next_update' | 'delivery', title: string, withinMinutes: number) =>
  ({ act: { does: 'promise', kind, title, withinMinutes } }) satisfies More
const kind = (...kinds: string[]): Content['condition'] => ({ field: 'kind', op: 'one_of', value: kinds })

const phrases: Content['phrases'] = [
  { tone: 'listening', text: 'Please tell me from the beginning. I am taking notes.' },
  { tone: 'listening', text: 'Let me say it back, so that I have it right.' },
  { tone: 'concern', text: 'I can see why that is a nuisance, {{customer.first_name}}.' },
  { tone: 'apology', text: 'I am sorry that this happened to you.' },
  { tone: 'apology', text: 'We got that wrong. I will put it right and tell you when it is done.' },
  { tone: 'calm', text: 'I want to sort this out with you. Give me a moment to look it up.' },
]

const what = step('what', 'facts', 'What happened', told)
const when = step('when', 'facts', 'When it happened', day)
const receipt = step('receipt', 'facts', 'Is there a receipt', yesNo)
const proof = step('proof', 'facts', 'What else shows that it is ours', told, {
  help: 'A bank statement, the serial number, the box, or our own record.',
  ...after('receipt', false),
})
const wish = step(
  'wish',
  'options',
  'What the customer wants',
  oneOf('Money back', 'A new one', 'A repair', 'An explanation'),
)
const told_ = step('told', 'check', 'Told the customer what happens next and by when', only)

const complaint: Content = {
  name: 'Complaint',
  condition: kind('complaint'),
  phrases,
  steps: [
    step('listen', 'listen', 'Let them finish, then say it back', only, { help: 'Do not explain yet.' }),
    what,
    when,
    step('where', 'facts', 'Where, and with whom', told, { required: false }),
    receipt,
    proof,
    step('sorry', 'concern', 'Said that we are sorry', only),
    wish,
    step('refer', 'options', 'Ask whoever may decide', only, {
      act: { does: 'refer' },
      when: { field: 'severity', op: 'at_least', value: 3 },
    }),
    step('offer', 'options', 'Offer what is yours to give', only, {
      act: { does: 'offer' },
      required: false,
      ...after('wish', 'Money back'),
    }),
    step('call', 'act', 'Promise an answer', only, promise('next_update', 'An answer to the complaint', 960)),
    told_,
  ],
}

const returns: Content = {
  name: 'Return',
  condition: kind('return'),
  phrases,
  steps: [
    step('item', 'facts', 'Which article', told),
    step(
      'why',
      'facts',
      'Why it comes back',
      oneOf('Faulty', 'Not as described', 'Changed their mind', 'Wrong article sent'),
    ),
    receipt,
    proof,
    step('used', 'facts', 'In what state it is', oneOf('Unused, in its box', 'Opened', 'Used', 'Damaged')),
    step('bought', 'facts', 'When it was bought', day),
    step('wish', 'options', 'What the customer wants', oneOf('Money back', 'Exchange', 'Repair', 'Credit')),
    step('offer', 'act', 'Give or refer it', only, { act: { does: 'offer' } }),
    told_,
  ],
}

const fault: Content = {
  name: 'Fault',
  condition: kind('fault', 'incident'),
  phrases,
  steps: [
    what,
    step('danger', 'facts', 'Could anybody be hurt', yesNo, { help: 'Smoke, heat, shock, sharp edges, gas.' }),
    step('stop', 'act', 'Told them to switch it off and leave it', only, after('danger', true)),
    step('boss', 'act', 'Tell whoever is in charge', only, { act: { does: 'refer' }, ...after('danger', true) }),
    step('serial', 'facts', 'Serial number or batch', told, { required: false }),
    step('ask', 'facts', 'Ask for a picture', only, {
      required: false,
      act: {
        does: 'ask',
        text: 'Dear {{customer.name}},\n\ncould you send us a picture of it, and of the label with the number?',
      },
    }),
    wish,
    step('visit', 'act', 'Promise a call from the workshop', only, promise('call_back', 'The workshop calls', 480)),
    told_,
  ],
}

const delivery: Content = {
  name: 'Delivery problem',
  condition: kind('delivery_problem', 'order_problem'),
  phrases,
  steps: [
    step('order', 'facts', 'Number of the order', told),
    step('problem', 'facts', 'What is wrong', oneOf('Late', 'Missing', 'Damaged', 'Wrong address', 'Incomplete')),
    step('where', 'facts', 'Where it should have gone', told),
    step('carrier', 'act', 'Asked the carrier', only, after('problem', 'Missing')),
    step('sorry', 'concern', 'Said that we are sorry', only),
    step('again', 'act', 'Promise when it comes', only, promise('delivery', 'It is delivered', 1440)),
    told_,
  ],
}

const enquiry: Content = {
  name: 'Enquiry',
  condition: kind('enquiry', 'advice'),
  phrases: phrases.slice(0, 2),
  steps: [
    step('need', 'listen', 'What they need it for', told, {
      help: 'The need behind the question: it may have another answer.',
    }),
    step('answered', 'act', 'Answered from an article or a colleague', only),
    step('enough', 'check', 'Asked whether that answers it', yesNo),
    step('more', 'act', 'Promise the rest', only, {
      ...promise('follow_up', 'The rest of the answer', 960),
      ...after('enough', false),
    }),
  ],
}

const request: Content = {
  name: 'Request',
  condition: kind('request'),
  phrases: phrases.slice(0, 2),
  steps: [
    step('what', 'facts', 'What is asked for', told),
    step('by', 'facts', 'By when they need it', day, { required: false }),
    step('may', 'options', 'Is it ours to grant', yesNo),
    step('refer', 'options', 'Ask whoever may grant it', only, { act: { does: 'refer' }, ...after('may', false) }),
    step('done', 'act', 'Promise it', only, {
      ...promise('follow_up', 'What was asked for', 1440),
      ...after('may', true),
    }),
    told_,
  ],
}

/** Checklists for what comes in most. */
export const procedures: Content[] = [complaint, returns, fault, delivery, enquiry, request]
