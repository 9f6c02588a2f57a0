import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digitsOf, luhn, plainDigits } from './digits.ts'
import { redactHtml, redactText } from './redact.ts'
import { isIban } from './redact-bank.ts'
import { cardsIn, schemeLengths } from './redact-cards.ts'

const digits = (text: string) => Array.from(text, Number)
const kinds = (text: string) => redactText(text).found.map(({ kind, last4 }) => `${kind} ${last4}`.trim())

describe('published vectors', () => {
  test.each([
    ['79927398713', true],
    ['4242424242424242', true],
    ['4111111111111111', true],
    ['5555555555554444', true],
    ['2223003122003222', true],
    ['378282246310005', true],
    ['30569309025904', true],
    ['6011111111111117', true],
    ['3530111333300000', true],
    ['4111111111111112', false],
    ['490154203237518', true],
    ['0000000000000000', true],
  ])('the Luhn check of %s is %s', (number, valid) => {
    expect(luhn(digits(number))).toBe(valid)
  })

  test.each([
    '4242424242424242',
    '4111111111111111',
    '5555555555554444',
    '2223003122003222',
    '378282246310005',
    '30569309025904',
    '6011111111111117',
    '3530111333300000',
  ])('the test number %s is removed and its last four stay', number => {
    const last4 = number.slice(-4)
    expect(redactText(`It is ${number}.`)).toEqual({
      text: `It is ${'*'.repeat(number.length - 4)}${last4}.`,
      found: [{ kind: 'card', last4 }],
    })
  })

  test.each(['490154203237518', '0000000000000000', '1234567890123456', '+44 7700 900123', '4111111111111112'])(
    '%s is no card and stays',
    number => {
      expect(redactText(`See ${number} please`)).toEqual({ text: `See ${number} please`, found: [] })
    },
  )

  test('of 20,000 random 16-digit strings 10.1 % pass Luhn and 3.7 % are taken for cards', () => {
    let seed = 20261121
    const next = () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
      return Math.floor((seed / 0x100000000) * 10)
    }
    const strings = Array.from({ length: 20_000 }, () => Array.from({ length: 16 }, next))
    const share = (test: (number: number[]) => boolean) => strings.filter(test).length / strings.length
    expect(share(number => luhn(number))).toBeCloseTo(0.1, 1.9)
    const believed = share(number => redactText(number.join('')).found.length > 0)
    expect(believed).toBeGreaterThan(0.032)
    expect(believed).toBeLessThan(0.042)
    expect(share(number => luhn(number) && schemeLengths(number).includes(16))).toBe(believed)
  })

  test.each(['GB29NWBK60161331926819', 'DE89370400440532013000', 'FR1420041010050500013M02606', 'NO9386011117947'])(
    'the registry example %s is an IBAN',
    iban => expect(isIban(iban)).toBe(true),
  )
})

describe('ways of writing a number', () => {
  test.each([
    '4242 4242-4242 4242',
    '4242.4242.4242.4242',
    '4242/4242/4242/4242',
    '4242 4242\n4242 4242',
    '4242 4242\r\n4242 4242',
    '4242 - 4242 - 4242 - 4242',
    '4242\u00A04242\u00A04242\u00A04242',
    '42\u200B42\u200D4242\uFEFF4242\u00AD4242',
    '４２４２ ４２４２ ４２４２ ４２４２',
    '٤٢٤٢ ٤٢٤٢ ٤٢٤٢ ٤٢٤٢',
    '४२४२४२४२४२४२४२४२',
    '𝟒𝟐𝟒𝟐𝟒𝟐𝟒𝟐𝟒𝟐𝟒𝟐𝟒𝟐𝟒𝟐',
    '④②④②④②④②④②④②④②④②',
    '4242–4242–4242–4242',
    'PAN4242424242424242exp',
    '4242 4242 4242 4242 12/27 123',
    'on 2026-11-21 14:30 4242424242424242',
    '00004242424242424242',
  ])('%s', text => {
    expect(kinds(text)).toEqual(['card 4242'])
    expect(digitsOf(plainDigits(redactText(text).text)).count).toBeLessThanOrEqual(12)
  })

  test('every number of a list is removed', () => {
    expect(kinds('4242424242424242 5555555555554444\n378282246310005')).toEqual(['card 4242', 'card 4444', 'card 0005'])
  })

  test('numbers in a column, decimals and telephone numbers stay', () => {
    const text = '1000234\n1000235\n1000236\n1000237\n0.5333333333333333 07700 900123 020 7946 0018 (order 12/12345678)'
    expect(redactText(text).text).toBe(text)
  })

  test('beside a card word a window and a length of 12 or 13 are believed', () => {
    expect(kinds('4222222222222')).toEqual([])
    expect(kinds('Visa 4222222222222')).toEqual(['card 2222'])
    expect(kinds('my card: 994242424242424242')).toEqual(['card 4242'])
    expect(kinds('994242424242424242')).toEqual([])
    expect(kinds(`card${'.'.repeat(60)}4222222222222`)).toEqual([])
    expect(kinds('Japan discarded 4222222222222')).toEqual([])
  })

  test('a security code is removed beside its name only, and never kept', () => {
    expect(redactText('CVV: 123, room 456')).toEqual({
      text: 'CVV: ***, room 456',
      found: [{ kind: 'cvv', last4: '' }],
    })
    expect(redactText('cvc2 is 9876').text).toBe('cvc2 is ****')
    expect(redactText('Security code - 123').text).toBe('Security code - ***')
    expect(redactText('cvv 4242 4242 4242 4242').found[0]).toEqual({ kind: 'card', last4: '4242' })
    expect(redactText('order 123').found).toEqual([])
  })

  test('IBANs and British accounts are removed', () => {
    expect(redactText('Pay GB29 NWBK 6016 1331 9268 19, thanks')).toEqual({
      text: 'Pay ***********************6819, thanks',
      found: [{ kind: 'iban', last4: '6819' }],
    })
    expect(kinds('de89370400440532013000')).toEqual(['iban 3000'])
    expect(kinds('GB28 NWBK 6016 1331 9268 19')).toEqual([])
    expect(redactText('Sort code 20-00-00, account number 55779911').text).toBe(
      'Sort code ********, account number ********',
    )
    expect(kinds('Bank: acc 55779911 sort code 200000')).toEqual(['bank', 'bank'])
    expect(kinds('My account number is 55779911')).toEqual([])
    expect(kinds('Born 20-00-00, order 55779911')).toEqual([])
  })

  test('a text that already shows a mask keeps it, and an asterisk hides nothing', () => {
    expect(kinds('************4242')).toEqual([])
    expect(kinds('**4242424242424242**')).toEqual(['card 4242'])
    expect(kinds('********\n4242 4242 4242 4242')).toEqual(['card 4242'])
    expect(kinds('************4242424242424242')).toEqual(['card 4242'])
  })
})

const fragment = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('4242424242424242', '4242 4242 4242 4242', '378282246310005', '4222222222222'),
  },
  { weight: 4, arbitrary: fc.stringMatching(/^[0-9]{1,20}$/) },
  { weight: 4, arbitrary: fc.constantFrom(' ', '-', '.', '\n', '/', '', '\u200B', '*', '********', '\u2029', 'a') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('card ', ' cvv ', 'CVC2: 123', 'security code is 1234', 'visa', 'sort code '),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'GB29 NWBK 6016 1331 9268 19',
      'DE89370400440532013000',
      '20-00-00 55779911',
      ' account ',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('𝟒𝟐𝟒𝟐', '４２４２', '٤٢', '&#52;', '&nbsp;', '<b>', '</td>', '%20', '<a title="'),
  },
  { weight: 1, arbitrary: fc.string() },
)
const messy = fc.array(fragment, { maxLength: 30 }).map(parts => parts.join(''))

describe('properties', () => {
  test('redacting twice changes nothing more, and no character moves', () => {
    fc.assert(
      fc.property(messy, text => {
        const once = redactText(text).text
        expect(once.length).toBe(text.length)
        expect(redactText(once)).toEqual({ text: once, found: [] })
      }),
      { numRuns: 20_000 },
    )
  })

  test('markup redacted twice changes nothing more', () => {
    fc.assert(
      fc.property(messy, text => {
        const once = redactHtml(text).html
        expect(redactHtml(once)).toEqual({ html: once, found: [] })
      }),
      { numRuns: 5_000 },
    )
  })

  test('a number never survives, however it is grouped', () => {
    const gap = fc.constantFrom(' ', '-', '.', '/', '\n', '\u00A0', ' - ', '\u200B')
    fc.assert(
      fc.property(
        fc.constantFrom('4242424242424242', '5555555555554444', '378282246310005'),
        gap,
        fc.integer({ min: 1, max: 8 }),
        (pan, by, size) => {
          const written = pan.match(new RegExp(`.{1,${size}}`, 'g'))!.join(by)
          expect(kinds(`is ${written}, ok`)).toEqual([`card ${pan.slice(-4)}`])
        },
      ),
    )
  })
})

test('the work grows in step with the text, whatever it is made of', () => {
  const worst = [
    '6',
    '4',
    '42',
    '5018',
    '4242424242424242',
    '4.',
    '4 ',
    '60 ',
    '50.00 ',
    'card 6',
    '4242 4242 4242 4242 ',
  ]
  for (const piece of worst) {
    const [once, twice] = [20_000, 40_000].map(length => cardsIn(piece.repeat(length / piece.length)))
    expect(once!.tried).toBeLessThanOrEqual(16 * 20_000)
    expect(twice!.tried).toBeLessThanOrEqual(2.1 * once!.tried + 100)
  }
  expect(cardsIn('6'.repeat(10_000_000)).tried).toBeLessThanOrEqual(16 * 10_000_000)
})
