import { expect, test } from 'vitest'
import { lanesOf } from './lanes.ts'

const mail = (name: string, headers: string) => ({ name, raw: Buffer.from(`${headers}\r\n\r\nText`) })
const names = (lanes: { name: string }[][]) => lanes.map(lane => lane.map(({ name }) => name).join(' ')).toSorted()

test('strangers do not wait for each other', () => {
  const lanes = lanesOf([
    mail('a', 'From: Ada <ada@x.test>\r\nTo: help@our.test'),
    mail('b', 'From: Bob <bob@x.test>\r\nTo: help@our.test'),
  ])
  expect(names(lanes)).toEqual(['a', 'b'])
})

test('mails of one sender, one thread, one token or one number stay in the order they came', () => {
  const lanes = lanesOf([
    mail('a', 'From: ada@x.test\r\nMessage-ID: <1@x.test>'),
    mail('b', 'From: bob@x.test\r\nTo: help+abc@our.test'),
    mail('c', 'From: Ada <ADA@x.test>'),
    mail('d', 'From: cid@x.test\r\nReferences: <0@x.test>\r\n <1@x.test>'),
    mail('e', 'From: dan@x.test\r\nCc: help+ABC@our.test'),
    mail('f', 'From: eve@x.test\r\nSubject: Re: cup [#1001]'),
    mail('g', 'From: fay@x.test\r\nSubject: cup [#1001]'),
  ])
  expect(names(lanes)).toEqual(['a c d', 'b e', 'f g'])
})

test('a mail that ties two threads together comes after both', () => {
  const lanes = lanesOf([
    mail('a', 'From: ada@x.test\r\nMessage-ID: <1@x.test>'),
    mail('b', 'From: bob@x.test\r\nMessage-ID: <2@x.test>'),
    mail('c', 'From: cid@x.test\r\nReferences: <2@x.test> <1@x.test>'),
  ])
  expect(names(lanes)).toEqual(['a b c'])
})
