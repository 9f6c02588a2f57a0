import { expect, test } from 'vitest'
import { detectLanguage, searchConfig } from './language.ts'

test.each([
  ['Hello, my parcel has not arrived yet and I am worried', 'en', 'english'],
  ['Guten Tag, mein Paket ist leider immer noch nicht angekommen', 'de', 'german'],
  ["Bonjour, je n'ai toujours pas reçu ma commande", 'fr', 'french'],
  ['Hola, todavía no he recibido mi pedido, gracias', 'es', 'spanish'],
  ['Goedemiddag, ik heb mijn bestelling nog niet ontvangen', 'nl', 'dutch'],
  ['Dzień dobry, moja paczka jeszcze nie dotarła', 'pl', 'simple'],
  ['Здравствуйте, моя посылка ещё не пришла', 'ru', 'russian'],
  ['荷物がまだ届いていません。確認してください。', 'ja', 'simple'],
])('%s', async (text, language, config) => {
  expect(await detectLanguage(text)).toBe(language)
  expect(searchConfig(language)).toBe(config)
})

test('a few letters are not enough to guess from', async () => {
  expect(await detectLanguage('ok thanks')).toBeNull()
  expect(await detectLanguage('12345678901234567890 !!!')).toBeNull()
  expect(searchConfig(null)).toBe('simple')
  expect(searchConfig('constructor')).toBe('simple')
})
